package dnsblmonitor.launch;

import dnsblmonitor.batch.ActiveRuns;
import dnsblmonitor.batch.RunSchedule;
import dnsblmonitor.batch.StopReason;
import dnsblmonitor.config.Environment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Manages the runs of {@code serve} (R5d): starts the schedule when the launcher reports that the
 * server is ready (R40), stops all runs before the server stops, and stops the server if a run does
 * not end at its deadline.
 */
@ApplicationScoped
public class Service {

  private static final int FAILED = 1;
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** After this many checks past its deadline, a run is considered hung. */
  private static final int MAX_LOOKS_PAST = 25;

  /** Shorter than {@link SupervisedServer}'s limit, to leave time for Liberty's shutdown. */
  private static final Duration MAX_STOP = Duration.ofSeconds(18);

  private static final Logger LOG = Logger.getLogger(Service.class.getName());

  private final Environment environment;
  private final ActiveRuns active;
  private final RunSchedule schedule;
  private volatile boolean ending;

  @Inject
  Service(Environment environment, ActiveRuns active, RunSchedule schedule) {
    this.environment = environment;
    this.active = active;
    this.schedule = schedule;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    if (environment.isServing()) {
      Thread.ofPlatform().daemon().name("commands").start(this::obey);
      Thread.ofPlatform().daemon().name("runs").start(this::watch);
    }
  }

  private void watch() {
    try {
      active.awaitHung(MAX_LOOKS_PAST, LOOK);
      // it holds the run lock, which nothing else in this process can release
      endBecause("a run does not stop after RUN_DEADLINE; the server shuts down");
    } catch (InterruptedException | RuntimeException | Error e) {
      endBecause("cannot enforce the deadlines of runs any longer; the server shuts down: " + e);
    }
  }

  private void endBecause(String why) {
    if (!ending) {
      LOG.log(Level.SEVERE, why);
      Runtime.getRuntime().halt(FAILED);
    }
  }

  /** Once the server is ready, the launcher can only stop it, also by closing the input. */
  private void obey() {
    BufferedReader commands = Command.fromLauncher();
    while (Command.next(commands) == Command.READY) {
      environment.schedule().ifPresent(this::keepSchedule);
    }
    try {
      stopRuns();
    } finally {
      ending = true; // the beans that the watch uses end with the application
      System.exit(0);
    }
  }

  private void keepSchedule(Duration every) {
    Thread.ofPlatform()
        .daemon()
        .name("schedule")
        .start(() -> {
          try {
            schedule.keep(every, active);
          } catch (InterruptedException | RuntimeException | Error e) {
            endBecause("cannot start scheduled runs any longer; the server shuts down: " + e);
          }
        });
  }

  private void stopRuns() {
    schedule.stop();
    active.stop(StopReason.REQUESTED);
    try {
      var _ = active.awaitNone(MAX_STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An administrator may stop only the application; then nobody would receive commands. */
  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    if (environment.isServing() && !ending) {
      LOG.log(Level.SEVERE, "the application stopped unexpectedly; the server shuts down");
      ending = true;
      schedule.stop();
      Thread.ofPlatform().name("end").start(() -> System.exit(FAILED));
    }
  }
}
