package dnsblmonitor.batch;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Looks at the table and takes the run lock (R5, R8), before anything is looked up. */
@Named
@Dependent
class PrepareBatchlet extends AbstractBatchlet {

  private final CurrentRun current;

  @Inject
  PrepareBatchlet(CurrentRun current) {
    this.current = current;
  }

  /** {@code READY}, {@code SKIPPED} or {@code FAILED}, which the JSL turns into what is next. */
  @Override
  public String process() {
    Run run = current.get();
    try {
      return run.prepare() ? "READY" : "SKIPPED";
    } catch (RuntimeException e) {
      run.failed(Failures.fatal(e));
      return "FAILED";
    }
  }
}
