package dnsblmonitor.batch;

import jakarta.batch.api.chunk.listener.ChunkListener;
import jakarta.batch.api.listener.JobListener;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Opens a run before its job and closes it after, however the job ended. */
@Named
@Dependent
class RunListener implements JobListener, ChunkListener {

  private static final Logger LOG = Logger.getLogger(RunListener.class.getName());

  private final RunFactory factory;
  private final CurrentRun current;
  private final ActiveRun active;

  @Inject
  RunListener(RunFactory factory, CurrentRun current, ActiveRun active) {
    this.factory = factory;
    this.current = current;
    this.active = active;
  }

  @Override
  public void beforeJob() {
    try {
      Run run = new Run(factory.open());
      current.set(run);
      active.begin(run);
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "a run cannot be opened", e); // the batch runtime would say nothing
      throw e;
    }
  }

  @Override
  public void afterJob() {
    if (!current.isOpen()) {
      return; // it could not be opened, which was said; the launcher ends the run
    }
    Run run = current.get();
    active.end(run);
    try {
      current.exitWith(new RunClosing(run).close());
    } finally {
      run.close();
    }
  }

  @Override
  public void beforeChunk() {}

  @Override
  public void onError(Exception failure) {
    if (!Failures.isConsequence(failure)) {
      current.get().failed(Failures.fatal(failure));
    }
  }

  @Override
  public void afterChunk() {}
}
