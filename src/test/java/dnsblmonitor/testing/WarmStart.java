package dnsblmonitor.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What makes the process tests' starts of the built distribution cheap: trains it, and starts its
 * {@code serve} once in the same work folder. That is of one JDK and one build.
 */
public final class WarmStart {

  private static final Path DISTRIBUTION = MonitorProcess.distribution();
  private static final Path TRAINED = DISTRIBUTION.resolve("trained");
  private static final Path OUTPUT = TRAINED.resolve("work");

  /** Which JDK the rest is of; written last. */
  private static final Path MADE_WITH = TRAINED.resolve("jdk");

  private WarmStart() {}

  /** Trains it, unless that of an earlier build fits. */
  public static void main(String[] args) throws IOException {
    if (fits()) {
      System.out.println("The distribution is trained for this JDK and this build.");
      return;
    }
    Training.train();
    startServe();
    Files.writeString(MADE_WITH, jdk());
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

  /** What the distribution itself does not look at. */
  private static String jdk() {
    return System.getProperty("java.home") + " " + System.getProperty("java.vm.version");
  }

  /** The launcher says on standard error if it was trained with something else. */
  private static boolean fits() throws IOException {
    return Files.exists(MADE_WITH)
        && Files.readString(MADE_WITH).equals(jdk())
        && MonitorProcess.start(Map.of(), "run").awaitEnd().standardError().isEmpty();
  }
}
