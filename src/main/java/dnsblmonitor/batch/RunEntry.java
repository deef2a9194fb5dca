package dnsblmonitor.batch;

import java.time.Instant;
import java.util.Optional;

/**
 * A run in the list of the last ones.
 *
 * @param execution the number of its job execution
 * @param remark what is particular about it, e.g. that it is over a part of the zones
 * @param end empty while it is under way
 */
public record RunEntry(
    long execution,
    String runId,
    Instant startedAt,
    boolean dryRun,
    Optional<String> remark,
    Optional<RunEnd> end) {

  static RunEntry refused(long execution, Opening.Refused refused) {
    return new RunEntry(
        execution,
        refused.runId(),
        refused.at(),
        false,
        Optional.empty(),
        Optional.of(
            new RunEnd(refused.at(), RunClosing.FAILED, Optional.of(refused.error().message()))));
  }

  RunEntry ended(RunEnd how) {
    return new RunEntry(execution, runId, startedAt, dryRun, remark, Optional.of(how));
  }
}
