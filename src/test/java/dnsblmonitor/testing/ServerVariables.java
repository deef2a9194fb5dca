package dnsblmonitor.testing;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Loaded into a server under test as an agent: replaces the variables that its next runs see. They
 * become system properties, which MicroProfile Config prefers to environment variables.
 */
public final class ServerVariables {

  /** The system property that names those of the last replacement. */
  private static final String REPLACED = "dnsblmonitor.testing.variables";

  private ServerVariables() {}

  /** Called by the JVM with the path of a properties file. */
  public static void agentmain(String file) throws IOException {
    Properties wanted = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      wanted.load(reader);
    }
    for (String name : System.getProperty(REPLACED, "").split(",", -1)) {
      if (!name.isEmpty()) {
        System.clearProperty(name);
      }
    }
    wanted.stringPropertyNames().forEach(it -> System.setProperty(it, wanted.getProperty(it)));
    System.setProperty(REPLACED, String.join(",", wanted.stringPropertyNames()));
  }
}
