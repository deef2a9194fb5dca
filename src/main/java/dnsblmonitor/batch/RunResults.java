package dnsblmonitor.batch;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.StandingTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last runs of this process, and what the latest full one found: for people, in a server that
 * stays. Safe for use by any thread.
 */
@ApplicationScoped
public class RunResults {

  /** As many as people look through. */
  static final int KEPT = 20;

  private final NavigableMap<Long, RunEntry> entries = new TreeMap<>();
  private Optional<RunResult> latest = Optional.empty();

  /** A run begins, or was refused before it could. */
  synchronized void add(RunEntry entry) {
    entries.put(entry.numbers().execution(), entry);
    if (entries.size() > KEPT) {
      entries.pollFirstEntry();
    }
  }

  /** A run has ended; one that looked at no row leaves what the one before it found. */
  synchronized void ended(Run run, RunEnd end) {
    RunTotals totals = run.report().totals();
    RunEntry ended = run.entry().ended(end, totals);
    entries.replace(ended.numbers().execution(), ended);
    if (totals.rows() > 0 || (latest.isEmpty() && run.areRowsDone())) {
      run.parts().standings().map(table -> found(ended, run, totals, table)).ifPresent(this::show);
    }
  }

  /** A full run is replaced by a full one alone: any other leaves most of the table out. */
  private void show(RunResult result) {
    latest =
        Optional.of(
            latest
                .filter(shown -> shown.full() && !result.full())
                .map(shown -> shown.updated(result))
                .orElse(result));
  }

  private RunResult found(RunEntry ended, Run run, RunTotals totals, StandingTable standings) {
    return new RunResult(
        ended,
        run.isFull(),
        Optional.empty(),
        run.parts().scope(),
        totals,
        standings,
        run.health(),
        run.report().listedOrChanged().stream()
            .filter(Checked::isChanged)
            .limit(RunResult.CHANGES)
            .map(RowChange::of)
            .toList(),
        tickets(run));
  }

  private SortedMap<Ipv4Address, Ticket> tickets(Run run) {
    SortedMap<Ipv4Address, Ticket> known = new TreeMap<>();
    latest.ifPresent(before -> known.putAll(before.tickets()));
    run.jira()
        .tickets()
        .ifPresent(found -> {
          known.keySet().removeIf(run.parts().scope()::covers);
          known.putAll(found);
        });
    return known;
  }

  /** The last runs, the newest first. */
  public synchronized List<RunEntry> runs() {
    return new ArrayList<>(entries.descendingMap().values());
  }

  /**
   * What the latest full run found, brought up to date by later ones over a part; before the first
   * full run what the latest run found that looked at the table; empty before the first.
   */
  public synchronized Optional<RunResult> latest() {
    return latest;
  }
}
