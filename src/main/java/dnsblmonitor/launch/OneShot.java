package dnsblmonitor.launch;

import dnsblmonitor.batch.ActiveRuns;
import dnsblmonitor.batch.RunSchedule;
import dnsblmonitor.batch.StopReason;
import dnsblmonitor.config.Environment;
import dnsblmonitor.config.ServerEnvironment;
import dnsblmonitor.postal.PostalPersistence;
import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Runs the job of a single-run server and ends the process with the job's exit code (R1, R4). The
 * job starts only after the application has started, so the observer must not wait.
 */
@ApplicationScoped
public class OneShot {

  private static final int FAILED = 1;
  private static final long POLL_MILLIS = 50;

  /** How often to look for the job's thread: each time stops all threads for a millisecond. */
  private static final int POLLS_BETWEEN_LOOKS = 20;

  /**
   * How many consecutive checks may find no thread, about half a minute: a job waits for the rest
   * of the application's start, which takes seconds on half a CPU. A count rather than a time,
   * since a job makes no progress while the machine sleeps.
   */
  private static final int MAX_LOOKS_WITHOUT_THREAD = 30;

  /** Liberty's class that runs a job from its first listener to its last. */
  private static final String JOB_THREAD = "com.ibm.jbatch.container.util.BatchWorkUnit";

  /** Liberty's class, one instance per connection pool in use. */
  private static final String POOLS =
      "WebSphere:type=com.ibm.ws.jca.cm.mbean.ConnectionManagerMBean,*";

  private static final Logger LOG = Logger.getLogger(OneShot.class.getName());

  private final Environment environment;
  private final ActiveRuns active;
  private final Provider<PostalPersistence> persistence;

  @Inject
  OneShot(Environment environment, ActiveRuns active, Provider<PostalPersistence> persistence) {
    this.environment = environment;
    this.active = active;
    this.persistence = persistence;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    if (environment.isServing()) {
      return; // serve keeps running: see Service
    }
    Thread.ofPlatform().daemon().name("persistence").start(this::preparePersistence);
    JobOperator operator = BatchRuntime.getJobOperator();
    long execution = operator.start(RunSchedule.JOB, new Properties());
    Thread.ofPlatform().daemon().name("commands").start(() -> obey(operator, execution));
    Thread.ofPlatform().name("one-shot").start(() -> end(awaitEnd(operator, execution)));
  }

  /**
   * After a successful run only the connections need to be closed. Liberty's shutdown, which keeps
   * the work folder consistent, would take another 0.3 CPU seconds.
   */
  private void end(int exitCode) {
    if (exitCode == 0 && environment.text(ServerEnvironment.HALT).isPresent() && closePool()) {
      System.out.flush();
      Runtime.getRuntime().halt(exitCode);
    }
    System.exit(exitCode);
  }

  /** Otherwise the database counts and logs aborted connections. */
  private static boolean closePool() {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      for (ObjectName pool : server.queryNames(new ObjectName(POOLS), null)) {
        server.invoke(
            pool,
            "purgePoolContents",
            new Object[] {"normal"},
            new String[] {String.class.getName()});
      }
      return true;
    } catch (JMException | RuntimeException e) {
      LOG.log(Level.WARNING, "cannot close the connection pool", e);
      return false;
    }
  }

  /** Does work that takes a second, in parallel to the rest of the server's start. */
  private void preparePersistence() {
    try {
      var _ = persistence.get();
    } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
      LOG.log(Level.FINE, "the run tries again and reports a failure", e);
    }
  }

  /** Waits until the job has ended or no longer runs on any thread. */
  private static int awaitEnd(JobOperator operator, long execution) {
    try {
      int looksWithoutThread = 0;
      for (int polls = 1; looksWithoutThread < MAX_LOOKS_WITHOUT_THREAD; polls++) {
        JobExecution job = operator.getJobExecution(execution);
        // Liberty sets the batch status slightly before the exit status, which was seen null then
        if (isOver(job.getBatchStatus()) && job.getExitStatus() != null) {
          return exitCode(job);
        }
        if (polls % POLLS_BETWEEN_LOOKS == 0) {
          looksWithoutThread = hasJobThread() ? 0 : looksWithoutThread + 1;
        }
        Thread.sleep(POLL_MILLIS);
      }
      // seen if a listener cannot be created: the status stays STARTING; only an FFDC file shows
      // why
      LOG.log(
          Level.SEVERE,
          "the job has no thread and did not finish. Set WLP_OUTPUT_DIR to keep Liberty's logs and FFDC files, and look there for the cause");
      return FAILED;
    } catch (InterruptedException | RuntimeException e) {
      LOG.log(Level.SEVERE, "cannot determine how the job ended", e);
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

  /** The run's exit code; a job without one failed before it could report the cause. */
  private static int exitCode(JobExecution job) {
    try {
      return Integer.parseInt(job.getExitStatus());
    } catch (NumberFormatException e) {
      LOG.log(Level.SEVERE, "the job ended with {0}", job.getExitStatus());
      return FAILED;
    }
  }

  private void obey(JobOperator operator, long execution) {
    StopReason reason =
        switch (Command.next(Command.fromLauncher())) {
          case STOP, READY -> StopReason.REQUESTED;
          case DEADLINE -> StopReason.DEADLINE;
        };
    try {
      try {
        active.stop(reason);
      } finally {
        operator.stop(execution);
      }
    } catch (BatchRuntimeException e) {
      LOG.log(Level.FINE, "the job has already ended", e);
    }
  }
}
