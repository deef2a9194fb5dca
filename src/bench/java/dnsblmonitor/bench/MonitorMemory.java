package dnsblmonitor.bench;

import dnsblmonitor.testing.MonitorProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run of the distribution needed.
 *
 * @param liveBytes of the server's heap when nine tenths of the rows were done
 * @param peakRssKib of the server
 */
record MonitorMemory(int rows, Duration wall, long liveBytes, long peakRssKib) {

  private static final String ROW_DONE = "\"event\":\"ip_checked\"";
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  /**
   * One run over a table of so many rows.
   *
   * @throws IllegalStateException where the run fails or does not check them all
   */
  static MonitorMemory ofRun(Map<String, String> environment, int rows)
      throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    Process launcher =
        MonitorProcess.command(MonitorProcess.distribution(), environment)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = launcher.inputReader()) {
      int checked = 0;
      long liveBytes = 0;
      long peakRssKib = 0;
      String last = "";
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        last = line;
        if (line.contains(ROW_DONE) && ++checked == rows / 10 * 9) {
          liveBytes = liveBytes(server(launcher));
        }
        if (line.contains(ROW_DONE) && checked % 100 == 0) {
          peakRssKib = Math.max(peakRssKib, Memory.peakKibOf(server(launcher)));
        }
      }
      if (launcher.waitFor() != 0 || checked != rows) {
        throw new IllegalStateException("%d of %d rows: %s".formatted(checked, rows, last));
      }
      Duration wall = Duration.ofNanos(System.nanoTime() - startNanos);
      return new MonitorMemory(rows, wall, liveBytes, peakRssKib);
    } finally {
      launcher.descendants().forEach(ProcessHandle::destroyForcibly);
      launcher.destroyForcibly();
    }
  }

  /** The launcher's only child that is a JVM. */
  private static long server(Process launcher) {
    return launcher
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/java"))
        .map(ProcessHandle::pid)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the server is gone"));
  }

  private static long liveBytes(long pid) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = jcmd.inputReader()) {
      Matcher total = TOTAL.matcher(String.join("\n", output.lines().toList()));
      if (!jcmd.waitFor(1, TimeUnit.MINUTES) || !total.find()) {
        throw new IllegalStateException("jcmd did not tell the heap of the server");
      }
      return Long.parseLong(total.group(1));
    }
  }

  double liveMib() {
    return liveBytes / (1024.0 * 1024);
  }

  double peakMib() {
    return peakRssKib / 1024.0;
  }

  String row(int zones) {
    return "| %,d | %,d | %.1f | %.1f | %.0f |"
        .formatted(rows, (long) rows * zones, wall.toMillis() / 1e3, liveMib(), peakMib());
  }
}
