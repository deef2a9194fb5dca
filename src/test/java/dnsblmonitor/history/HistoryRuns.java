package dnsblmonitor.history;

import dnsblmonitor.domain.Redaction;
import dnsblmonitor.testing.TestHistory;
import java.util.Set;

/** Runs for tests of other packages. */
public final class HistoryRuns {

  private HistoryRuns() {}

  /** Writes a run that finds 192.0.2.1 listed by one zone, as the monitor's user. */
  public static void write(TestHistory history, String runId) {
    new HistoryWriter(history.settings(), Redaction.NONE, Set.of())
        .write(
            Records.at("2026-11-30T10:00:00Z", "a.example,b.example")
                .id(runId)
                .row("192.0.2.1", "LN")
                .record());
  }
}
