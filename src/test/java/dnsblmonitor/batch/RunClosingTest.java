package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.ReportedState;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketRecord;
import dnsblmonitor.domain.TicketText;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.postal.RunLock.Taken;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.RunLog.JiraAction;
import dnsblmonitor.testing.EventSchema;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R4, R5: the exit code and the last lines, for every way that a run can end. */
class RunClosingTest {

  private static final Ipv4Address ADDRESS = Ipv4Address.of("203.0.113.7");
  private static final Ipv4Address OTHER = Ipv4Address.of("203.0.113.8");
  private static final FatalError ERROR = new FatalError(ErrorType.JIRA_UNREACHABLE, "no answer");

  private final TestRuns runs = new TestRuns(Clock.fixed(TestRuns.NOW, ZoneOffset.UTC));
  private final List<String> lines = runs.lines();
  private final Run run = runs.run();

  @AfterEach
  void everyLineIsAsTheSchemaSays() {
    runs.close();
    assertThat(lines).allSatisfy(line -> assertThat(EventSchema.faults(line)).isEmpty());
  }

  @Test
  void aRunThatDidAllEndsWithZeroAndASummary() {
    run.rowsAreDone();

    assertThat(new RunClosing(run).close(_ -> {}).exitCode()).isZero();
    assertThat(lines).singleElement().asString().contains("job_summary", "\"exit_code\":0");
  }

  /** R3: job_summary counts what was written, ip_checked says what would have been. */
  @Test
  void aDryRunNamesItsJiraActionsAndCountsNone() {
    Run dry = runs.run(2, true, RunScope.all(ZoneList.parse("zen.example")));
    dry.jira()
        .add(
            new TicketAction.Create(
                ADDRESS,
                "summary",
                TicketText.of(),
                Set.of(),
                TicketRecord.of(new ReportedState.Clean())));
    dry.jira()
        .add(
            new TicketAction.CommentOnTicket(
                OTHER,
                "OPS-1",
                Optional.empty(),
                Optional.empty(),
                TicketRecord.of(new ReportedState.Clean()),
                Optional.empty()));
    dry.rowsAreDone();

    new RunClosing(dry).close(_ -> {});

    assertThat(dry.jira().actionOf(ADDRESS)).isEqualTo(JiraAction.CREATED_ISSUE);
    assertThat(dry.jira().actionOf(OTHER)).isEqualTo(JiraAction.UPDATED_ISSUE);
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("job_summary", "\"jira_created\":0", "\"jira_updated\":0");
  }

  @Test
  void aFailureAfterTheRowsHasASummaryAndAFatalError() {
    run.rowsAreDone();
    run.failed(ERROR);
    run.failed(new FatalError(ErrorType.INTERNAL_ERROR, "the first reason counts"));

    assertThat(new RunClosing(run).close(_ -> {}).exitCode()).isEqualTo(1);
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains("job_summary", "\"exit_code\":1");
    assertThat(lines.getLast()).contains("fatal_error", "JiraUnreachable");
  }

  @Test
  void aFailureBeforeTheRowsHasAFatalErrorOnly() {
    run.failed(ERROR);

    assertThat(new RunClosing(run).close(_ -> {}).exitCode()).isEqualTo(1);
    assertThat(lines).singleElement().asString().contains("fatal_error");
  }

  @Test
  void aRunThatWasToldToStopHasASummaryWith143() {
    run.stop(StopReason.REQUESTED);
    run.failed(ERROR);

    RunEnd end = new RunClosing(run).close(_ -> {});

    String stopped = "stopped on request before it had finished; the next run continues";
    assertThat(end.exitCode()).isEqualTo(143);
    assertThat(end.message()).as("what failed because of the stop is no failure").contains(stopped);
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("job_summary", "\"exit_code\":143", stopped);
  }

  @Test
  void whatFailedBeforeTheStopIsSaidAsWell() {
    run.failed(ERROR);
    run.stop(StopReason.REQUESTED);

    assertThat(new RunClosing(run).close(_ -> {}).message())
        .hasValueSatisfying(said ->
            assertThat(said).startsWith("stopped on request").endsWith("; " + ERROR.message()));
  }

  @Test
  void aRunPastItsDeadlineAndOneWithoutItsLockFail() {
    run.stop(StopReason.DEADLINE);
    run.stop(StopReason.LOCK_LOST);
    assertThat(new RunClosing(run).close(_ -> {}).exitCode()).isEqualTo(1);
    assertThat(lines).singleElement().asString().contains("DeadlineExceeded");

    lines.clear();
    Run other = runs.run();
    other.stop(StopReason.LOCK_LOST);
    assertThat(new RunClosing(other).close(_ -> {}).exitCode()).isEqualTo(1);
    assertThat(lines).singleElement().asString().contains("LockLost");
  }

  /** A database that is gone ends the run by its statement; the lock's session is gone as well. */
  @Test
  void whatFailedBeforeTheLockWasLostIsTheReason() {
    run.failed(ERROR);
    run.stop(StopReason.LOCK_LOST);

    assertThat(new RunClosing(run).close(_ -> {}).exitCode()).isEqualTo(1);
    assertThat(lines.getLast()).contains(ERROR.message());
  }

  @Test
  void aTakenLockIsNoFailureUnlessItsHolderIsOlderThanTheDeadline() {
    Duration deadline = run.parts().deadline();

    assertThat(closedWith(new Taken("holder-1", Optional.of(deadline)))).isZero();
    assertThat(closedWith(new Taken("holder-1", Optional.empty()))).isZero();
    assertThat(closedWith(new Taken("holder-1", Optional.of(deadline.plusSeconds(1)))))
        .isEqualTo(1);
    assertThat(lines)
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("run_skipped", "holder-1"));
    assertThat(lines.getLast()).contains("longer than RUN_DEADLINE");
  }

  private int closedWith(Taken taken) {
    Run skipped = runs.run();
    skipped.lockIsTaken(taken);
    return new RunClosing(skipped).close(_ -> {}).exitCode();
  }
}
