package dnsblmonitor.batch;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.ZoneHealth;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.postal.RunLock;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.RunLog;
import dnsblmonitor.report.RunSummary;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Writes the final events of a run and determines its exit code (R4). */
final class RunClosing {

  private static final int OK = 0;
  static final int FAILED = 1;
  private static final int TERMINATED = 143;

  /** An error that no listener was notified of: out of memory, a step that could not be set up. */
  private static final FatalError UNSEEN =
      new FatalError(
          ErrorType.INTERNAL_ERROR,
          "a step ended before all rows were done; see the server's log lines above");

  /** The message of a run that was stopped by a user. */
  private static final String STOPPED =
      "stopped on request before it had finished; the next run continues";

  private final Run run;
  private final RunLog log;

  RunClosing(Run run) {
    this.run = run;
    this.log = run.parts().log();
  }

  /**
   * Writes the events that are still due.
   *
   * @param record records the end, before the final event
   */
  RunEnd close(Consumer<RunEnd> record) {
    if (run.lockTaken().isPresent()) {
      return skipped(run.lockTaken().get(), record);
    }
    run.report()
        .listedOrChanged()
        .forEach(checked -> log.ipChecked(checked, run.jira().actionOf(checked.address())));
    if (run.report().totals().lookups() > 0) {
      run.reportHealth();
    }
    boolean terminated = isTerminated();
    Optional<FatalError> error =
        run.failure()
            .or(this::stopped)
            .or(() -> run.areRowsDone() || terminated ? Optional.empty() : Optional.of(UNSEEN));
    int exitCode = terminated ? TERMINATED : error.isPresent() ? FAILED : OK;
    Stream<String> said =
        Stream.concat(
            terminated ? Stream.of(STOPPED) : Stream.empty(),
            error.map(FatalError::message).stream());
    RunEnd end = end(exitCode, said.reduce((a, b) -> a + "; " + b), error);
    record.accept(end);
    if (terminated || run.areRowsDone()) {
      log.summary(summary(exitCode));
    }
    if (!terminated) {
      error.ifPresent(what -> log.fatalError(what, exitCode));
    }
    return end;
  }

  /** The result if the final events could not be written. */
  static RunEnd broken(Run run) {
    return new RunClosing(run)
        .end(
            FAILED,
            Optional.of("the result could not be logged; see the server's log"),
            Optional.of(UNSEEN));
  }

  private RunEnd end(int exitCode, Optional<String> message, Optional<FatalError> error) {
    return new RunEnd(
        run.parts().clock().instant(),
        exitCode,
        message,
        error.filter(_ -> exitCode == FAILED).map(it -> it.type().label()));
  }

  private boolean isTerminated() {
    return run.stopReason().filter(reason -> reason == StopReason.REQUESTED).isPresent();
  }

  private Optional<FatalError> stopped() {
    return run.stopReason()
        .flatMap(reason ->
            switch (reason) {
              case REQUESTED, WATCH_FAILED -> Optional.empty();
              case DEADLINE ->
                  Optional.of(
                      new FatalError(
                          ErrorType.DEADLINE_EXCEEDED,
                          "the run exceeded RUN_DEADLINE (%s) and was stopped; the next run continues"
                              .formatted(run.parts().deadline())));
              case LOCK_LOST ->
                  Optional.of(
                      new FatalError(
                          ErrorType.LOCK_LOST,
                          "the database session that held the run lock was lost, so another run may have started. This run was stopped; the next one continues"));
            });
  }

  private RunEnd skipped(RunLock.Taken taken, Consumer<RunEnd> record) {
    Duration deadline = run.parts().deadline();
    boolean overdue = taken.age().filter(age -> age.compareTo(deadline) > 0).isPresent();
    String age = taken.age().map(a -> ", for " + a.toSeconds() + " s").orElse("");
    String overdueRemark = overdue ? ", longer than RUN_DEADLINE. Stop that run" : "";
    String holder = taken.holder() + age + overdueRemark;
    RunEnd end =
        end(
            overdue ? FAILED : OK,
            Optional.of("skipped, another run is in progress: " + holder),
            Optional.empty());
    record.accept(end);
    log.runSkipped(holder);
    return end;
  }

  private RunSummary summary(int exitCode) {
    RunParts parts = run.parts();
    return new RunSummary(
        run.report().totals(),
        run.poolsExhausted(),
        run.jira().created(),
        run.jira().updated(),
        run.report().listedOrChanged().stream().filter(RunClosing::reliesOnLastKnownAnswer).count(),
        Duration.between(parts.startedAt(), parts.clock().instant()),
        ZoneHealth.suggestedZones(run.health(), parts.scope().configured()),
        Stream.concat(parts.remark().stream(), isTerminated() ? Stream.of(STOPPED) : Stream.empty())
            .reduce((a, b) -> a + "; " + b),
        exitCode);
  }

  private static boolean reliesOnLastKnownAnswer(Checked checked) {
    return checked.isListed() && !checked.check().verdict().keptZones(checked.before()).isEmpty();
  }
}
