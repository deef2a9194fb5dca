package dnsblmonitor.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
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
  public synchronized void add(RunEntry entry) {
    entries.put(entry.numbers().execution(), entry);
    if (entries.size() > KEPT) {
      entries.pollFirstEntry();
    }
  }

  /**
   * A run has ended; one that looked at no row leaves what the one before it found.
   *
   * @param found empty if it found nothing to show
   */
  public synchronized void ended(RunEntry entry, Optional<RunResult> found) {
    entries.replace(entry.numbers().execution(), entry);
    found
        .filter(result -> result.totals().rows() > 0 || latest.isEmpty())
        .ifPresent(result ->
            latest = Optional.of(latest.map(shown -> shown.followedBy(result)).orElse(result)));
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
