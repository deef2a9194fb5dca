package dnsblmonitor.containers;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A run of the image, and what its control group said meanwhile.
 *
 * @param peakBytes the most memory, as R34 counts it, of all looks
 * @param last the last look before the group was gone
 * @param oomKilled what the engine says of it
 */
record Watched(Ended ended, long peakBytes, Cgroup.Reading last, boolean oomKilled) {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /** Runs the image to its end, with as little on this machine beside it as can be. */
  static Watched run(Path folder, Map<String, String> environment) {
    String name = "dnsbl-monitor-" + UUID.randomUUID();
    MonitorProcess process = MonitorImage.start(folder, environment, "--name " + name);
    try {
      Looks looks = new Looks(cgroup(name));
      Ended ended = process.awaitEnd();
      looks.end();
      boolean oomKilled =
          MonitorImage.docker("inspect", "--format", "{{.State.OOMKilled}}", name).equals("true");
      return new Watched(ended, looks.peakBytes, looks.last, oomKilled);
    } finally {
      MonitorImage.docker("rm", "--force", name);
    }
  }

  /** The share of the CPU limit's periods in which the limit was reached, 0 to 1. */
  double throttledShare() {
    return (double) last.throttledPeriods() / last.periods();
  }

  private static Cgroup cgroup(String name) {
    String[] running = {"ps", "--quiet", "--filter", "name=" + name};
    Await.until("the container runs", () -> !MonitorImage.docker(running).isEmpty());
    String pid = MonitorImage.docker("inspect", "--format", "{{.State.Pid}}", name);
    try {
      return Cgroup.of(Long.parseLong(pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at a group until it is gone, on a thread of its own. */
  private static final class Looks {
    private final Thread thread;
    private long peakBytes;
    private Cgroup.Reading last = new Cgroup.Reading(0, Duration.ZERO, 0, 0, 0);

    Looks(Cgroup group) {
      thread = Thread.ofPlatform().daemon().start(() -> look(group));
    }

    private void look(Cgroup group) {
      Optional<Cgroup.Reading> reading = group.read();
      while (reading.isPresent()) {
        last = reading.get();
        peakBytes = Math.max(peakBytes, last.memoryBytes());
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        reading = group.read();
      }
    }

    /** Returns when the group is gone, which the container's end is. */
    void end() {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
  }
}
