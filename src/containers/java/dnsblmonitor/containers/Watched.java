package dnsblmonitor.containers;

import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * A run of the image, and what its control group said meanwhile.
 *
 * @param peakBytes the most memory, as R34 counts it, of all looks
 * @param last the last look before the group was gone
 * @param oomKilled what the engine says of it
 */
record Watched(Ended ended, long peakBytes, Cgroup.Reading last, boolean oomKilled) {

  /** Runs the image to its end, with as little on this machine beside it as can be. */
  static Watched run(Path folder, Map<String, String> environment) {
    String name = "dnsbl-monitor-" + UUID.randomUUID();
    MonitorProcess process = MonitorImage.start(folder, environment, "--name " + name);
    try {
      Looks looks = Looks.at(name);
      Ended ended = process.awaitEnd();
      looks.end();
      boolean oomKilled =
          MonitorImage.docker("inspect", "--format", "{{.State.OOMKilled}}", name).equals("true");
      return new Watched(ended, looks.peakBytes(), looks.last(), oomKilled);
    } finally {
      MonitorImage.docker("rm", "--force", name);
    }
  }

  /** The share of the CPU limit's periods in which the limit was reached, 0 to 1. */
  double throttledShare() {
    return (double) last.throttledPeriods() / last.periods();
  }
}
