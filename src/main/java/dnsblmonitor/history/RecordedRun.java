package dnsblmonitor.history;

import dnsblmonitor.domain.RunTotals;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as the history keeps it.
 *
 * @param runId the {@code job_run_id} of its log events
 * @param partial whether it was limited to some zones or addresses
 * @param complete whether it looked up every address in every zone
 * @param totals its figures; in a dry run, of what it would have done
 */
public record RecordedRun(
    long id,
    String runId,
    Instant startedAt,
    RunRecord.StartedBy startedBy,
    boolean dryRun,
    boolean partial,
    boolean complete,
    RunEnd end,
    Optional<String> remark,
    RunTotals totals,
    int ticketsCreated,
    int ticketsUpdated) {

  /**
   * Which runs to read; an empty field does not limit.
   *
   * @param since only those that started then or later
   * @param until only those that started before
   */
  public record Filter(
      Optional<RunEnd.Outcome> outcome,
      Optional<RunRecord.StartedBy> startedBy,
      Optional<Boolean> dryRun,
      Optional<Instant> since,
      Optional<Instant> until) {

    public static final Filter ALL =
        new Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Filter ofOutcome(RunEnd.Outcome wanted) {
      return new Filter(Optional.of(wanted), startedBy, dryRun, since, until);
    }

    public Filter ofStartedBy(RunRecord.StartedBy wanted) {
      return new Filter(outcome, Optional.of(wanted), dryRun, since, until);
    }

    public Filter ofDryRuns(boolean wanted) {
      return new Filter(outcome, startedBy, Optional.of(wanted), since, until);
    }

    public Filter between(Optional<Instant> from, Optional<Instant> to) {
      return new Filter(outcome, startedBy, dryRun, from, to);
    }
  }
}
