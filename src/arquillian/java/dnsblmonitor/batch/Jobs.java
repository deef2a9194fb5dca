package dnsblmonitor.batch;

import dnsblmonitor.testing.Await;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import jakarta.batch.runtime.Metric;
import jakarta.batch.runtime.StepExecution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The monitor's job, as the server's batch runtime runs it. */
final class Jobs {

  /** How an execution of the job ended. */
  record Ended(long execution, BatchStatus status, String exitStatus) {}

  private static final Set<BatchStatus> OVER =
      EnumSet.of(
          BatchStatus.COMPLETED, BatchStatus.FAILED, BatchStatus.STOPPED, BatchStatus.ABANDONED);

  private final JobOperator operator = BatchRuntime.getJobOperator();
  private final List<Long> executions = new ArrayList<>();

  /** Starts an execution with chunks of {@code itemCount} addresses. */
  long start(int itemCount) {
    return start(Map.of("itemCount", String.valueOf(itemCount)));
  }

  long start(Map<String, String> parameters) {
    return started(operator.start(RunSchedule.JOB, properties(parameters)));
  }

  /** Starts one that goes on where {@code failed} broke off. */
  long restart(long failed, int itemCount) {
    return restart(failed, Map.of("itemCount", String.valueOf(itemCount)));
  }

  /** The same; the batch runtime hands on only these parameters. */
  long restart(long failed, Map<String, String> parameters) {
    return started(operator.restart(failed, properties(parameters)));
  }

  /** Asks for a stop, and returns at once. */
  void stop(long execution) {
    operator.stop(execution);
  }

  /** Starts another job of the deployment than the monitor's. */
  long startOther(String job) {
    return started(operator.start(job, properties(Map.of())));
  }

  private long started(long execution) {
    executions.add(execution);
    return execution;
  }

  private static Properties properties(Map<String, String> parameters) {
    Properties properties = new Properties();
    parameters.forEach(properties::setProperty);
    return properties;
  }

  /** Liberty sets the batch status a moment before the exit status. */
  boolean isOver(long execution) {
    JobExecution job = operator.getJobExecution(execution);
    return OVER.contains(job.getBatchStatus()) && job.getExitStatus() != null;
  }

  Ended awaitEnd(long execution) {
    Await.until("the job's end", () -> isOver(execution));
    JobExecution job = operator.getJobExecution(execution);
    return new Ended(execution, job.getBatchStatus(), job.getExitStatus());
  }

  /** Returns when nothing that was started here runs any more. */
  void awaitEnds() {
    executions.forEach(this::awaitEnd);
  }

  /** A figure that the batch runtime kept of the step that checks addresses. */
  long metric(Metric.MetricType type, long execution) {
    StepExecution addresses =
        operator.getStepExecutions(execution).stream()
            .filter(step -> step.getStepName().equals("addresses"))
            .findFirst()
            .orElseThrow();
    return Arrays.stream(addresses.getMetrics())
        .filter(metric -> metric.getType() == type)
        .findFirst()
        .orElseThrow()
        .getValue();
  }
}
