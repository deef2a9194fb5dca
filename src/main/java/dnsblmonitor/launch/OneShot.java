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
import java.util.Arrays;
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

  /** How often to look for the job's thread: each look stops all threads for a millisecond. */
  private static final int POLLS_BETWEEN_LOOKS = 20;

  /**
   * How many looks in a row may find no thread, about half a minute: a job waits for the rest of
   * the application's start, which takes seconds on half a CPU. Not a time, since a machine that
   * slept has given the job none.
   */
  private static final int MAX_LOOKS_WITHOUT_THREAD = 30;

  /** Liberty's, which runs a job from its first listener to its last. */
  private static final String JOB_THREAD = "com.ibm.jbatch.container.util.BatchWorkUnit";

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

  /** Waits until the job has ended, or is found to run on no thread any more. */
  private static int awaitEnd(JobOperator operator, long execution) {
    try {
      int looksWithoutThread = 0;
      for (int polls = 1; looksWithoutThread < MAX_LOOKS_WITHOUT_THREAD; polls++) {
        JobExecution job = operator.getJobExecution(execution);
        // Liberty sets the batch status a moment before the exit status, which was seen null then
        if (isOver(job.getBatchStatus()) && job.getExitStatus() != null) {
          return exitCode(job);
        }
        if (polls % POLLS_BETWEEN_LOOKS == 0) {
          looksWithoutThread = hasJobThread() ? 0 : looksWithoutThread + 1;
        }
        Thread.sleep(POLL_MILLIS);
      }
      // seen if a listener cannot be made: the status stays STARTING, and only an FFDC file says it
      LOG.log(
          Level.SEVERE,
          "the job has no thread and did not finish; set WLP_OUTPUT_DIR to keep Liberty's logs and FFDC files, which say why");
      return FAILED;
    } catch (InterruptedException | RuntimeException e) {
      LOG.log(Level.SEVERE, "how the job ended cannot be found out", e);
      return FAILED;
    }
  }

  private static boolean hasJobThread() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getClassName().equals(JOB_THREAD));
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
      try {
        active.stop(
            switch (command) {
              case STOP, READY -> StopReason.REQUESTED;
              case DEADLINE -> StopReason.DEADLINE;
            });
      } finally {
        operator.stop(execution);
      }
    } catch (IOException | jakarta.batch.operations.BatchRuntimeException e) {
      LOG.log(Level.FINE, "the job is over already", e);
    }
  }
}
