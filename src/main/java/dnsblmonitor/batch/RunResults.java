package dnsblmonitor.batch;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.StandingTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last runs of this process, and what the latest that looked at the table found: for people, in
 * a server that stays. Safe for use by any thread.
 */
@ApplicationScoped
public class RunResults {

  /** As many as people look through. */
  static final int KEPT = 20;

  private final NavigableMap<Long, RunEntry> entries = new TreeMap<>();
  private Optional<RunResult> latest = Optional.empty();

  /** A run begins, or was refused before it could. */
  synchronized void add(RunEntry entry) {
    entries.put(entry.execution(), entry);
    if (entries.size() > KEPT) {
      entries.pollFirstEntry();
    }
  }

  /** A run has ended; one that looked at no row leaves what the one before it found. */
  synchronized void ended(Run run, RunEnd end) {
    RunEntry ended = run.entry().ended(end);
    entries.replace(ended.execution(), ended);
    RunTotals totals = run.report().totals();
    if (totals.rows() > 0 || (latest.isEmpty() && run.areRowsDone())) {
      latest = run.parts().standings().map(table -> found(ended, run, totals, table));
    }
  }

  private static RunResult found(
      RunEntry ended, Run run, RunTotals totals, StandingTable standings) {
    return new RunResult(
        ended,
        run.parts().scope(),
        totals,
        standings,
        run.health(),
        run.report().listedOrChanged().stream().filter(Checked::isChanged).toList(),
        run.jira().tickets());
  }

  /** The last runs, the newest first. */
  public synchronized List<RunEntry> runs() {
    return new ArrayList<>(entries.descendingMap().values());
  }

  /** What the latest run found that looked at the table; empty before the first. */
  public synchronized Optional<RunResult> latest() {
    return latest;
  }
}
