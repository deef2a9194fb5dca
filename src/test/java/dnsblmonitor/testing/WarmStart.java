package dnsblmonitor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes the process tests' starts of the built distribution cheap: trains it, and starts its
 * {@code serve} once in the same work folder. That is of one JDK and of one Liberty at one path.
 */
public final class WarmStart {

  private static final Path DISTRIBUTION = MonitorProcess.distribution();
  private static final Path TRAINED = DISTRIBUTION.resolve("trained");
  private static final Path OUTPUT = TRAINED.resolve("work");

  /** Says what the rest was made with; written last. */
  private static final Path MADE_WITH = TRAINED.resolve("made-with");

  private WarmStart() {}

  /** Trains it, unless that of an earlier build fits. */
  public static void main(String[] args) throws IOException {
    if (Files.exists(MADE_WITH) && Files.readString(MADE_WITH).equals(atHand())) {
      System.out.println("The distribution is trained for this JDK and this Liberty.");
      return;
    }
    Training.train();
    startServe();
    Files.writeString(MADE_WITH, atHand());
    System.exit(0); // the embedded PostgreSQL has threads that would stay
  }

  private static void startServe() {
    try (World world = World.with("zen.example").set("WLP_OUTPUT_DIR", OUTPUT.toString());
        ServeProcess server = ServeProcess.start(world)) {
      server.process().terminate();
      server.process().awaitEnd().expectExit(143);
    }
    for (String folder : List.of("logs", "tranlog")) {
      Path left = OUTPUT.resolve("dnsbl-monitor-serve").resolve(folder);
      if (Files.exists(left)) {
        new ServerFolder(left).close();
      }
    }
  }

  /**
   * The JVM refuses a cache if a jar of Liberty has another size or time, and says nothing of it.
   * What the build puts into {@code usr} may differ: its classes are compared one by one.
   */
  private static String atHand() {
    Path liberty = DISTRIBUTION.resolve("wlp");
    try (Stream<Path> jars =
        Files.find(liberty, 9, (file, attributes) -> isJar(file, attributes))
            .filter(jar -> !jar.startsWith(liberty.resolve("usr")))) {
      return Stream.concat(
              Stream.of(
                  System.getProperty("java.home"),
                  System.getProperty("java.vm.version"),
                  liberty.toString(),
                  options(liberty)),
              jars.sorted().map(WarmStart::sizeAndTime))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the server that the cache is made of: some must be the same when it is used. */
  private static String options(Path liberty) {
    try {
      return Files.readString(liberty.resolve("usr/servers/dnsbl-monitor/jvm.options"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isJar(Path file, BasicFileAttributes attributes) {
    return attributes.isRegularFile() && file.toString().endsWith(".jar");
  }

  private static String sizeAndTime(Path jar) {
    try {
      return "%s %d %s".formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
