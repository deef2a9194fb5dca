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

/** The run of the current job execution, kept as the job's transient user data. */
@Dependent
class CurrentRun {

  private final JobContext job;

  @Inject
  CurrentRun(JobContext job) {
    this.job = job;
  }

  /** The job parameters of this execution and, on a restart, of the first one. */
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

  /** The numbers that identify it in the batch API. */
  RunNumbers numbers() {
    return new RunNumbers(job.getInstanceId(), job.getExecutionId());
  }

  void set(Run run) {
    job.setTransientUserData(run);
  }

  /** Marks it closed, so that it is not reported again. */
  void clear() {
    job.setTransientUserData(null);
  }

  boolean isOpen() {
    return job.getTransientUserData() != null;
  }

  Run get() {
    return (Run) job.getTransientUserData();
  }

  /** Whether this execution is being stopped through the batch API. */
  boolean isBeingStopped() {
    BatchStatus status = job.getBatchStatus();
    return status == BatchStatus.STOPPING || status == BatchStatus.STOPPED;
  }

  /** For a batchlet, which the batch runtime notifies of a stop on another thread. */
  void stop() {
    if (isOpen()) {
      get().stop(StopReason.REQUESTED);
    }
  }

  /** The exit status of the job execution. */
  void exitWith(int code) {
    job.setExitStatus(String.valueOf(code));
  }
}
