package dnsblmonitor.batch;

import jakarta.batch.api.Batchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Looks at the table and takes the run lock (R5, R8), before anything is looked up. */
@Named
@Dependent
class PrepareBatchlet implements Batchlet {

  private final CurrentRun current;

  @Inject
  PrepareBatchlet(CurrentRun current) {
    this.current = current;
  }

  /** {@code READY}, {@code SKIPPED} or {@code FAILED}, which the JSL turns into what is next. */
  @Override
  public String process() {
    if (!current.isOpen()) {
      return Run.Readiness.FAILED.name(); // it was refused, which is said already
    }
    Run run = current.get();
    try {
      return run.prepare().name();
    } catch (RuntimeException e) {
      run.failed(Failures.fatal(e));
      return Run.Readiness.FAILED.name();
    }
  }

  @Override
  public void stop() {
    current.stop();
  }
}
