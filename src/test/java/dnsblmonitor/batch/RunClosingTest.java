package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.dnsbl.DnsSettings;
import dnsblmonitor.dnsbl.DnsblLookups;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.jira.DryRunTicketDesk;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.postal.RunLock.Taken;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.LogLevel;
import dnsblmonitor.report.RunLog;
import dnsblmonitor.testing.EventSchema;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R4, R5: the exit code and the last lines, for every way that a run can end. */
class RunClosingTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");
  private static final FatalError ERROR = new FatalError(ErrorType.JIRA_UNREACHABLE, "no answer");

  private final List<String> lines = new ArrayList<>();
  private final DnsblLookups lookups =
      new DnsblLookups(
          new DnsSettings(
              List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
              Duration.ofSeconds(1),
              1,
              0,
              false));
  private final Run run = new Run(parts());

  @AfterEach
  void everyLineIsAsTheSchemaSays() {
    lookups.close();
    assertThat(lines).allSatisfy(line -> assertThat(EventSchema.faults(line)).isEmpty());
  }

  @Test
  void aRunThatDidAllEndsWithZeroAndASummary() {
    run.rowsAreDone();

    assertThat(new RunClosing(run).close()).isZero();
    assertThat(lines).singleElement().asString().contains("job_summary", "\"exit_code\":0");
  }

  @Test
  void aFailureAfterTheRowsHasASummaryAndAFatalError() {
    run.rowsAreDone();
    run.failed(ERROR);
    run.failed(new FatalError(ErrorType.INTERNAL_ERROR, "the first reason counts"));

    assertThat(new RunClosing(run).close()).isEqualTo(1);
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains("job_summary", "\"exit_code\":1");
    assertThat(lines.getLast()).contains("fatal_error", "JiraUnreachable");
  }

  @Test
  void aFailureBeforeTheRowsHasAFatalErrorOnly() {
    run.failed(ERROR);

    assertThat(new RunClosing(run).close()).isEqualTo(1);
    assertThat(lines).singleElement().asString().contains("fatal_error");
  }

  @Test
  void aRunThatWasToldToStopHasASummaryWith143() {
    run.stop(StopReason.REQUESTED);
    run.failed(ERROR);

    assertThat(new RunClosing(run).close()).isEqualTo(143);
    assertThat(lines).singleElement().asString().contains("job_summary", "\"exit_code\":143");
  }

  @Test
  void aRunPastItsDeadlineAndOneWithoutItsLockFail() {
    run.stop(StopReason.DEADLINE);
    run.stop(StopReason.LOCK_LOST);
    assertThat(new RunClosing(run).close()).isEqualTo(1);
    assertThat(lines).singleElement().asString().contains("DeadlineExceeded");

    lines.clear();
    Run other = new Run(parts());
    other.stop(StopReason.LOCK_LOST);
    assertThat(new RunClosing(other).close()).isEqualTo(1);
    assertThat(lines).singleElement().asString().contains("LockLost");
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
    Run skipped = new Run(parts());
    skipped.lockIsTaken(taken);
    return new RunClosing(skipped).close();
  }

  @SuppressWarnings("NullAway") // no table: nothing here touches it
  private RunParts parts() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    String runId = "6f1e9c9e-7a43-4a0e-8e4f-0b5d3d3f7b11";
    return new RunParts(
        runId,
        new RunLog(lines::add, clock, runId, LogLevel.INFO, false, 0),
        clock,
        NOW,
        false,
        ZoneList.parse("zen.example"),
        Duration.ofSeconds(1),
        true,
        1,
        new TransitionRules(0, 50),
        50,
        lookups,
        new DatabaseSettings(
            DatabaseKind.POSTGRESQL,
            "jdbc:postgresql://127.0.0.1:1/x",
            "u",
            new Secret("p"),
            "postal"),
        null,
        DryRunTicketDesk.withoutJira(),
        new TicketLabels("postal"),
        Duration.ofMinutes(14),
        Optional.empty());
  }
}
