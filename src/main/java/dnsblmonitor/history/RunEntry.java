package dnsblmonitor.history;

import dnsblmonitor.domain.RunTotals;
import java.time.Instant;
import java.util.Optional;

/**
 * A run in the list of the last ones.
 *
 * @param remark what is particular about it, e.g. that it is over a part of the zones
 * @param end empty while it is under way
 * @param totals its figures; empty while it is under way, and if it was refused
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
