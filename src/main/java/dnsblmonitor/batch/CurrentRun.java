package dnsblmonitor.batch;

import static java.util.stream.Collectors.toMap;

import dnsblmonitor.history.RunNumbers;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The run of the job execution that asks: Jakarta Batch's own place for what steps share. */
@Dependent
class CurrentRun {

  private final JobContext job;

  @Inject
  CurrentRun(JobContext job) {
    this.job = job;
  }

  /** What this execution was asked for; on a restart also what the first one was. */
  RunRequest request() {
    JobOperator operator = BatchRuntime.getJobOperator();
    long execution = job.getExecutionId();
    long first =
        operator.getJobExecutions(operator.getJobInstance(execution)).stream()
            .map(JobExecution::getExecutionId)
            .min(Comparator.naturalOrder())
            .orElse(execution);
    return new RunRequest(
        parameters(operator.getParameters(execution)), parameters(operator.getParameters(first)));
  }

  private static Map<String, String> parameters(@Nullable Properties properties) {
    return properties == null
        ? Map.of()
        : properties.stringPropertyNames().stream()
            .collect(toMap(name -> name, properties::getProperty));
  }

  /** What people call it by. */
  RunNumbers numbers() {
    return new RunNumbers(job.getInstanceId(), job.getExecutionId());
  }

  void set(Run run) {
    job.setTransientUserData(run);
  }

  /** It is closed: nothing is to be said of it again. */
  void clear() {
    job.setTransientUserData(null);
  }

  boolean isOpen() {
    return job.getTransientUserData() != null;
  }

  Run get() {
    return (Run) job.getTransientUserData();
  }

  /** Whether somebody stops this execution through the batch API. */
  boolean isBeingStopped() {
    BatchStatus status = job.getBatchStatus();
    return status == BatchStatus.STOPPING || status == BatchStatus.STOPPED;
  }

  /** For a batchlet, which the batch runtime tells of a stop from another thread. */
  void stop() {
    if (isOpen()) {
      get().stop(StopReason.REQUESTED);
    }
  }

  /** What the job execution ends with, for whoever started it. */
  void exitWith(int code) {
    job.setExitStatus(String.valueOf(code));
  }
}
