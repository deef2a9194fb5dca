package dnsblmonitor.batch;

import dnsblmonitor.report.FatalError;
import jakarta.batch.api.Batchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Makes Jira agree with the table (R23-R28), after the rows are written. */
@Named
@Dependent
class TicketBatchlet implements Batchlet {

  private final CurrentRun current;

  @Inject
  TicketBatchlet(CurrentRun current) {
    this.current = current;
  }

  /** {@code DONE} or {@code FAILED}, which the JSL turns into the job's end. */
  @Override
  public String process() {
    Run run = current.get();
    run.requirePrepared();
    run.rowsAreDone();
    run.reportIncomplete();
    if (run.report().totals().lookups() > 0) {
      run.reportHealth(); // a restart that only brings Jira in line has asked nobody
    }
    try {
      run.interruptibly(new TicketStage(run)::reconcile);
      return run.failure().isEmpty() ? "DONE" : "FAILED";
    } catch (RuntimeException e) {
      if (run.stopReason().isPresent()) {
        return "FAILED"; // because of the stop, whatever it says
      }
      FatalError failure = Failures.fatal(e);
      if (run.failure().isPresent()) {
        run.parts().log().warning(failure.message()); // the closing line has room for one
      }
      run.failed(failure);
      return "FAILED";
    }
  }

  @Override
  public void stop() {
    current.stop();
  }
}
