package dnsblmonitor.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code mvn -Pdemo,world verify}: a world left running, for runs of the distribution by hand. Its
 * environment stands in {@code target/world.env}; it ends with the Maven that started it.
 */
public final class LocalWorld {

  private static final Path ENVIRONMENT = Path.of("target/world.env");

  private LocalWorld() {}

  public static void main(String[] args) throws IOException {
    try (World world = World.with("zen.example,bl.example")) {
      world.database().insert("203.0.113.6", 50, 1);
      world.database().insert("203.0.113.7", 80, 1);
      world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2", "https://zen.example/why");
      Map<String, String> variables = world.environment();
      Files.writeString(ENVIRONMENT, environment(variables));
      System.out.println(
          "The world is up: " + ENVIRONMENT + " points the monitor at it. End it with Ctrl-C.");
      ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
    }
    System.exit(0); // the embedded PostgreSQL has threads that would stay
  }

  /** For a shell to source; nothing in it holds a single quote. */
  private static String environment(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(variable -> "%s='%s'\n".formatted(variable.getKey(), variable.getValue()))
        .collect(
            Collectors.joining("", "JAVA_HOME='" + System.getProperty("java.home") + "'\n", ""));
  }
}
