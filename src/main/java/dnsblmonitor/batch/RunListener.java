package dnsblmonitor.batch;

import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.RunRecord;
import dnsblmonitor.history.RunRecord.StartedBy;
import dnsblmonitor.history.RunResults;
import dnsblmonitor.report.RunLog;
import jakarta.batch.api.chunk.listener.AbstractChunkListener;
import jakarta.batch.api.listener.JobListener;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Opens a run before its job and closes it after, however the job ended. */
@Named
@Dependent
class RunListener extends AbstractChunkListener implements JobListener {

  private static final Logger LOG = Logger.getLogger(RunListener.class.getName());

  private final RunFactory factory;
  private final CurrentRun current;
  private final ActiveRuns active;
  private final RunSchedule schedule;
  private final RunResults results;

  @Inject
  RunListener(
      RunFactory factory,
      CurrentRun current,
      ActiveRuns active,
      RunSchedule schedule,
      RunResults results) {
    this.factory = factory;
    this.current = current;
    this.active = active;
    this.schedule = schedule;
    this.results = results;
  }

  @Override
  public void beforeJob() {
    if (current.isOpen()) {
      // a user-defined job may name this listener twice
      throw new RunFailedException("the job already has a run");
    }
    try {
      switch (factory.open(current.request())) {
        case RunFactory.Opened(var parts) -> begin(new Run(current.numbers(), parts));
        case RunFactory.Refused refused -> refuse(refused);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "cannot open a run", e); // the batch runtime would not log it
      throw e;
    }
  }

  private void refuse(RunFactory.Refused refused) {
    RunEnd end =
        new RunEnd(
            refused.at(),
            RunClosing.FAILED,
            Optional.of(refused.error().message()),
            Optional.of(refused.error().type().label()));
    StartedBy startedBy = startedBy(refused.serving());
    record(
        () ->
            RunRecord.refused(
                refused.runId(), refused.at(), startedBy, refused.dryRun(), end, refused.scope()),
        // a user sees that the parameters were wrong; the deployment has not failed
        startedBy == StartedBy.USER ? refused.targets().onlyHistory() : refused.targets(),
        refused.log());
    refused.log().fatalError(refused.error(), RunClosing.FAILED);
    current.exitWith(RunClosing.FAILED);
    results.add(
        new RunEntry(
            current.numbers(),
            refused.runId(),
            refused.at(),
            false,
            Optional.empty(),
            Optional.of(end),
            Optional.empty()));
  }

  private void begin(Run run) {
    current.set(run);
    active.begin(run);
    results.add(run.entry());
    run.watch(current::isBeingStopped);
  }

  @Override
  public void afterJob() {
    if (!current.isOpen()) {
      return; // it could not be opened, which has been logged
    }
    Run run = current.get();
    active.close(run);
    if (current.isBeingStopped()) {
      run.stop(StopReason.REQUESTED); // between two checks of the watch
    }
    RunEnd end = RunClosing.broken(run); // unless the final events are written
    try {
      RunParts parts = run.parts();
      end =
          new RunClosing(run)
              .close(it ->
                  record(
                      () -> run.record(startedBy(parts.serving()), it),
                      parts.targets(),
                      parts.log()));
      current.exitWith(end.exitCode());
    } finally {
      giveBack(run);
      RunEntry entry = run.entry().ended(end, run.report().totals());
      results.ended(entry, run.result(entry)); // from here on the next run may start
    }
  }

  /** Before the final event, which is written whatever happens here. */
  private static void record(Supplier<RunRecord> run, RunTargets targets, RunLog log) {
    if (!targets.isEmpty()) {
      try {
        targets.record(run.get(), log);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.SEVERE, "cannot record the run", e);
      }
    }
  }

  private StartedBy startedBy(boolean serving) {
    if (!serving) {
      return StartedBy.COMMAND;
    }
    return schedule.hasStarted(current.numbers().execution()) ? StartedBy.SCHEDULE : StartedBy.USER;
  }

  private void giveBack(Run run) {
    try {
      run.close();
    } finally {
      active.end(run);
      current.clear();
    }
  }

  @Override
  public void onError(Exception failure) {
    if (!Failures.isConsequence(failure)) {
      current.get().failed(Failures.fatal(failure));
    }
  }
}
