package dnsblmonitor.history;

import dnsblmonitor.domain.RunTotals;
import java.time.Instant;
import java.util.Optional;

/**
 * A run in the list of recent runs.
 *
 * @param remark further information, e.g. that it is a partial run
 * @param end empty while it is running
 * @param totals its figures; empty while it is running or if it was refused
 */
public record RunEntry(
    RunNumbers numbers,
    String runId,
    Instant startedAt,
    boolean dryRun,
    Optional<String> remark,
    Optional<RunEnd> end,
    Optional<RunTotals> totals) {

  public RunEntry ended(RunEnd how, RunTotals figures) {
    return new RunEntry(
        numbers, runId, startedAt, dryRun, remark, Optional.of(how), Optional.of(figures));
  }
}
