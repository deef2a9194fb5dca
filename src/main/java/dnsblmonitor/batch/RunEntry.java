package dnsblmonitor.batch;

import dnsblmonitor.report.FatalError;
import java.time.Instant;
import java.util.Optional;

/**
 * A run in the list of the last ones.
 *
 * @param remark what is particular about it, e.g. that it is over a part of the zones
 * @param end empty while it is under way
 */
public record RunEntry(
    RunNumbers numbers,
    String runId,
    Instant startedAt,
    boolean dryRun,
    Optional<String> remark,
    Optional<RunEnd> end) {

  static RunEntry refused(RunNumbers numbers, Opening.Refused refused) {
    return failed(numbers, refused.runId(), refused.at(), refused.error());
  }

  /** A run that did not begin. */
  static RunEntry failed(RunNumbers numbers, String runId, Instant at, FatalError error) {
    return new RunEntry(
        numbers,
        runId,
        at,
        false,
        Optional.empty(),
        Optional.of(new RunEnd(at, RunClosing.FAILED, Optional.of(error.message()))));
  }

  RunEntry ended(RunEnd how) {
    return new RunEntry(numbers, runId, startedAt, dryRun, remark, Optional.of(how));
  }
}
