package dnsblmonitor.containers;

import dnsblmonitor.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Looks at the control group of a container until it is gone, on a thread of its own. */
final class Looks {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Thread thread;
  private volatile long peakBytes;
  private volatile Cgroup.Reading last = new Cgroup.Reading(0, Duration.ZERO, 0, 0, 0);

  private Looks(Cgroup group) {
    thread = Thread.ofPlatform().daemon().start(() -> look(group));
  }

  /** Begins as soon as the container of that name runs. */
  static Looks at(String name) {
    String[] running = {"ps", "--quiet", "--filter", "name=" + name};
    Await.until("the container runs", () -> !MonitorImage.docker(running).isEmpty());
    String pid = MonitorImage.docker("inspect", "--format", "{{.State.Pid}}", name);
    try {
      return new Looks(Cgroup.of(Long.parseLong(pid)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void look(Cgroup group) {
    long peak = 0;
    Optional<Cgroup.Reading> reading = group.read();
    while (reading.isPresent()) {
      last = reading.get();
      peak = Math.max(peak, last.memoryBytes());
      peakBytes = peak;
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      reading = group.read();
    }
  }

  /** The most memory of all looks so far, as R34 counts it. */
  long peakBytes() {
    return peakBytes;
  }

  /** The last look so far. */
  Cgroup.Reading last() {
    return last;
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
