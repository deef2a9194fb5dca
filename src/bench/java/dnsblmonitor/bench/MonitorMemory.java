package dnsblmonitor.bench;

import dnsblmonitor.testing.MonitorProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What one run of the distribution needed.
 *
 * @param liveBytes the least that lived in the server's heap while its last rows were looked up:
 *     between two chunks there is less than within one
 * @param peakRssKib of the server
 */
record MonitorMemory(int rows, int listed, Duration wall, long liveBytes, long peakRssKib) {

  private static final String ROW_DONE = "\"event\":\"ip_checked\"";

  /** The heap is looked at after so many twentieths of the rows. */
  private static final List<Integer> SAMPLES = List.of(14, 15, 16, 17, 18);

  private static final int ROWS_A_LOOK = 100;

  /**
   * One run over a table of so many rows, of which so many are listed.
   *
   * @throws IllegalStateException where the run fails or does not check them all
   */
  static MonitorMemory ofRun(Map<String, String> environment, int rows, int listed)
      throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    Process launcher =
        MonitorProcess.command(MonitorProcess.distribution(), environment)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      Watch watch = new Watch(launcher, rows);
      watch.untilItsEnd();
      if (launcher.waitFor() != 0 || watch.checked != rows || watch.neverSawTheHeap()) {
        throw new IllegalStateException(
            "%d of %d rows were checked; the last line was %s"
                .formatted(watch.checked, rows, watch.last));
      }
      Duration wall = Duration.ofNanos(System.nanoTime() - startNanos);
      return new MonitorMemory(rows, listed, wall, watch.liveBytes, watch.peakRssKib);
    } finally {
      launcher.descendants().forEach(ProcessHandle::destroyForcibly);
      launcher.destroyForcibly();
    }
  }

  /** Reads what a run prints and looks at its server meanwhile. */
  private static final class Watch {

    private final Process launcher;
    private final int rows;
    private int checked;
    private long server;
    private long liveBytes = Long.MAX_VALUE;
    private long peakRssKib;
    private String last = "";

    Watch(Process launcher, int rows) {
      this.launcher = launcher;
      this.rows = rows;
    }

    void untilItsEnd() throws IOException, InterruptedException {
      try (BufferedReader output = launcher.inputReader()) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          last = line;
          look(line.contains(ROW_DONE));
        }
      }
    }

    private void look(boolean rowIsDone) throws IOException, InterruptedException {
      if (rowIsDone && checked++ == 0) {
        server = server();
      }
      if (server != 0 && (!rowIsDone || checked % ROWS_A_LOOK == 0)) {
        peakRssKib = Math.max(peakRssKib, Memory.peakKibOf(server));
      }
      if (rowIsDone && isSample()) {
        liveBytes = Math.min(liveBytes, Memory.liveBytesOf(server).orElse(Long.MAX_VALUE));
      }
    }

    boolean neverSawTheHeap() {
      return liveBytes == Long.MAX_VALUE;
    }

    private boolean isSample() {
      return checked * 20 % rows == 0 && SAMPLES.contains(checked * 20 / rows);
    }

    /** The only JVM that the launcher's started. */
    private long server() {
      return launcher
          .descendants()
          .filter(child -> child.info().command().orElse("").endsWith("/java"))
          .map(ProcessHandle::pid)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no server runs"));
    }
  }

  double liveMib() {
    return liveBytes / (1024.0 * 1024);
  }

  double peakMib() {
    return peakRssKib / 1024.0;
  }

  String row(int zones) {
    return "| %,d | %,d | %,d | %.1f | %.1f | %.0f |"
        .formatted(rows, listed, (long) rows * zones, wall.toMillis() / 1e3, liveMib(), peakMib());
  }
}
