package dnsblmonitor.batch;

import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** The run of the job execution that asks: Jakarta Batch's own place for what steps share. */
@Dependent
class CurrentRun {

  private final JobContext job;

  @Inject
  CurrentRun(JobContext job) {
    this.job = job;
  }

  void set(Run run) {
    job.setTransientUserData(run);
  }

  boolean isOpen() {
    return job.getTransientUserData() != null;
  }

  Run get() {
    return (Run) job.getTransientUserData();
  }

  /** What the job execution ends with, for whoever started it. */
  void exitWith(int code) {
    job.setExitStatus(String.valueOf(code));
  }
}
