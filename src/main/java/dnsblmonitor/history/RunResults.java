package dnsblmonitor.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The recent runs of this process and the result of the latest full one, for the page of {@code
 * serve}. Thread-safe.
 */
@ApplicationScoped
public class RunResults {

  /** The number of runs that are kept. */
  static final int KEPT = 20;

  private final NavigableMap<Long, RunEntry> entries = new TreeMap<>();
  private Optional<RunResult> latest = Optional.empty();

  /** A run starts, or was refused. */
  public synchronized void add(RunEntry entry) {
    entries.put(entry.numbers().execution(), entry);
    if (entries.size() > KEPT) {
      entries.pollFirstEntry();
    }
  }

  /**
   * A run has ended; one that processed no row does not replace the previous result.
   *
   * @param found empty if there is nothing to show
   */
  public synchronized void ended(RunEntry entry, Optional<RunResult> found) {
    entries.replace(entry.numbers().execution(), entry);
    found
        .filter(result -> result.totals().rows() > 0 || latest.isEmpty())
        .ifPresent(result ->
            latest = Optional.of(latest.map(shown -> shown.followedBy(result)).orElse(result)));
  }

  /** The recent runs, newest first. */
  public synchronized List<RunEntry> runs() {
    return new ArrayList<>(entries.descendingMap().values());
  }

  /**
   * The result of the latest full run, updated by later partial runs; before the first full run,
   * the latest result of any run; empty before the first run.
   */
  public synchronized Optional<RunResult> latest() {
    return latest;
  }
}
