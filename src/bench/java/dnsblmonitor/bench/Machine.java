package dnsblmonitor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the benchmark runs on, in a few words. */
final class Machine {

  private Machine() {}

  static String text() {
    return "%d CPUs (%s), Linux %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            cpuModel(),
            System.getProperty("os.version"),
            Runtime.version());
  }

  private static String cpuModel() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("of an unknown model");
    } catch (IOException _) {
      return "of an unknown model";
    }
  }
}
