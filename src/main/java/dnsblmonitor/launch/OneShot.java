package dnsblmonitor.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.batch.ActiveRuns;
import dnsblmonitor.batch.StopReason;
import dnsblmonitor.config.Environment;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs the one job of a one-shot server and ends the process with the job's exit code (R1, R4). The
 * job starts only after the application has started, so nothing here waits in the observer.
 */
@ApplicationScoped
public class OneShot {

  private static final String JOB = "dnsbl-monitor";
  private static final int FAILED = 1;
  private static final long POLL_MILLIS = 50;
  private static final Logger LOG = Logger.getLogger(OneShot.class.getName());

  private final Environment environment;
  private final ActiveRuns active;

  @Inject
  OneShot(Environment environment, ActiveRuns active) {
    this.environment = environment;
    this.active = active;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    if (environment.isServing()) {
      return; // people start its jobs, and it stays: see Service
    }
    JobOperator operator = BatchRuntime.getJobOperator();
    long execution = operator.start(JOB, new Properties());
    Thread.ofPlatform().daemon().name("commands").start(() -> obey(operator, execution));
    Thread.ofPlatform().name("one-shot").start(() -> System.exit(awaitEnd(operator, execution)));
  }

  private static int awaitEnd(JobOperator operator, long execution) {
    try {
      JobExecution job = operator.getJobExecution(execution);
      // Liberty sets the batch status a moment before the exit status, which was seen null then
      while (!isOver(job.getBatchStatus()) || job.getExitStatus() == null) {
        Thread.sleep(POLL_MILLIS);
        job = operator.getJobExecution(execution);
      }
      return exitCode(job);
    } catch (InterruptedException | jakarta.batch.operations.BatchRuntimeException e) {
      LOG.log(Level.SEVERE, "how the job ended cannot be found out", e);
      return FAILED;
    }
  }

  private static boolean isOver(BatchStatus status) {
    return switch (status) {
      case COMPLETED, FAILED, STOPPED, ABANDONED -> true;
      case STARTING, STARTED, STOPPING -> false;
    };
  }

  /** The run's own exit code; a job that ended without one failed before it could say why. */
  private static int exitCode(JobExecution job) {
    try {
      return Integer.parseInt(job.getExitStatus());
    } catch (NumberFormatException e) {
      LOG.log(Level.SEVERE, "the job ended with {0}", job.getExitStatus());
      return FAILED;
    }
  }

  private void obey(JobOperator operator, long execution) {
    try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      String line = commands.readLine();
      Command command = line == null ? Command.STOP : Command.parse(line).orElse(Command.STOP);
      active.stop(
          switch (command) {
            case STOP -> StopReason.REQUESTED;
            case DEADLINE -> StopReason.DEADLINE;
          });
      operator.stop(execution);
    } catch (IOException | jakarta.batch.operations.BatchRuntimeException e) {
      LOG.log(Level.FINE, "the job is over already", e);
    }
  }
}
