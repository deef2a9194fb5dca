package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.ZoneHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run leaves in the history (R36).
 *
 * @param runId the {@code job_run_id} of its log events
 * @param complete whether it looked up every address in every zone
 * @param scope the zones that it queried
 * @param health of the zones that it queried; empty if it made no lookup
 * @param changes the rows that it changed, or in a dry run would have changed
 * @param answers its answers
 * @param tickets the open tickets of addresses, as far as it knows
 * @param phases how long each phase took that it reached
 */
public record RunRecord(
    String runId,
    Instant startedAt,
    StartedBy startedBy,
    boolean dryRun,
    boolean complete,
    RunEnd end,
    Optional<String> remark,
    RunScope scope,
    RunTotals totals,
    int ticketsCreated,
    int ticketsUpdated,
    List<ZoneHealth> health,
    List<RowChange> changes,
    RunAnswers answers,
    Map<Ipv4Address, Ticket> tickets,
    RunFindings findings,
    Map<Phase, Duration> phases) {

  /** What started a run. */
  public enum StartedBy {
    /** {@code dnsbl-monitor run}, by a CronJob or by hand. */
    COMMAND,
    /** The schedule of {@code serve} (R40). */
    SCHEDULE,
    /** A user of {@code serve}, on the page or by REST. */
    USER
  }

  public RunRecord {
    health = List.copyOf(health);
    changes = List.copyOf(changes);
    tickets = Map.copyOf(tickets);
    phases = Map.copyOf(phases);
  }

  /** The record of a run that was refused before it did anything. */
  public static RunRecord refused(
      String runId,
      Instant startedAt,
      StartedBy startedBy,
      boolean dryRun,
      RunEnd end,
      RunScope scope) {
    return new RunRecord(
        runId,
        startedAt,
        startedBy,
        dryRun,
        false,
        end,
        Optional.empty(),
        scope,
        RunTotals.NONE,
        0,
        0,
        List.of(),
        List.of(),
        new RunAnswers(),
        Map.of(),
        RunFindings.NONE,
        Map.of());
  }

  /**
   * Whether it speaks for the deployment in metrics and notifications (R39): it is real, not
   * partial, and was not skipped.
   */
  public boolean isReported() {
    return !dryRun && !scope.isPart() && !end.isSkipped();
  }

  /** Whether it can tell that a zone or a row is gone: it is real, whole, and read the table. */
  boolean endsWhatIsGone() {
    return !dryRun && !scope.isPart() && (complete || totals.rows() > 0);
  }
}
