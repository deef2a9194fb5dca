package dnsblmonitor.testing;

import dnsblmonitor.testing.MonitorProcess.Ended;
import java.util.List;

/**
 * {@code dnsbl-monitor train} in a world on loopback in which all that a run does has to be done:
 * of its two runs the first finds a new listing, the second another one and one that ended, and a
 * zone is dead.
 */
public final class Training {

  private Training() {}

  /** For the container's image. */
  public static void main(String[] args) {
    train();
    System.exit(0); // the embedded PostgreSQL has threads that would stay
  }

  /** Leaves the folder {@code trained} in the distribution. */
  static void train() {
    try (World world = World.with("zen.example,bl.example,dead.example")) {
      world.dns().zone("dead.example").silent();
      for (int i = 1; i <= 40; i++) {
        world.database().insert("203.0.113." + i, 50, i % 3);
      }
      world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2", "https://zen.example/?ip=7");
      MonitorProcess train = MonitorProcess.start(world.environment(), "train");
      Await.until("its first run has ended", () -> summaries(train.linesSoFar()) == 1);
      world.dns().unlist("zen.example", "203.0.113.7");
      world.dns().lists("bl.example", "203.0.113.9", "127.0.0.3", "sent to a spam trap");
      Ended ended = train.awaitEnd();
      ended.expectExit(0);
      if (ended.standardError().contains("[aot") || !ended.standardError().contains("trained; ")) {
        throw new AssertionError(ended.standardError());
      }
      if (summaries(ended.lines()) != 2 || world.jira().issues().size() != 2) {
        throw new AssertionError(String.join("\n", ended.lines()));
      }
    }
  }

  private static long summaries(List<String> lines) {
    return lines.stream().filter(line -> line.contains("\"event\":\"job_summary\"")).count();
  }
}
