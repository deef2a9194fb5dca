package dnsblmonitor.batch;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The schedule of {@code serve} (R40): starts the first run immediately and later ones at a fixed
 * rate, each after the previous scheduled run has ended. Any number of missed runs is made up for
 * by one. Uses elapsed time: changes to the system clock have no effect, and a sleeping machine
 * delays the next run. Thread-safe.
 */
@ApplicationScoped
public class RunSchedule {

  /** The name of the only job. */
  public static final String JOB = "dnsbl-monitor";

  private static final Logger LOG = Logger.getLogger(RunSchedule.class.getName());

  private final LongSupplier nanoTime;
  private final Sleep sleep;
  private volatile Optional<LongSupplier> start = Optional.empty();
  private volatile Supplier<Optional<Plan>> plan = Optional::empty;
  private volatile boolean stopped;
  private OptionalLong latest = OptionalLong.empty();

  /** Waits that many nanoseconds. */
  @FunctionalInterface
  interface Sleep {
    void sleep(long nanos) throws InterruptedException;
  }

  /**
   * When runs start.
   *
   * @param untilNext time until the next run; not positive while it waits for the previous one
   */
  public record Plan(Duration every, Duration untilNext) {}

  RunSchedule() {
    this(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  RunSchedule(LongSupplier nanoTime, Sleep sleep) {
    this.nanoTime = nanoTime;
    this.sleep = sleep;
  }

  /**
   * Sets the function that starts a run.
   *
   * @param start returns the number of the job execution; called on any thread
   */
  public void startBy(LongSupplier start) {
    this.start = Optional.of(start);
  }

  /** Runs the schedule on this thread until it is stopped. */
  public void keep(Duration every, ActiveRuns active) throws InterruptedException {
    for (long next = nanoTime.getAsLong(); !stopped; next = latestDue(next, every)) {
      OptionalLong execution = startRun();
      next += every.toNanos();
      long due = next;
      plan = () -> Optional.of(new Plan(every, Duration.ofNanos(due - nanoTime.getAsLong())));
      sleepUntil(next);
      if (execution.isPresent()) {
        active.awaitEnd(execution.getAsLong());
      }
    }
  }

  /** The latest of the scheduled times that have passed since {@code next}. */
  private long latestDue(long next, Duration every) {
    return next + (nanoTime.getAsLong() - next) / every.toNanos() * every.toNanos();
  }

  private void sleepUntil(long nanos) throws InterruptedException {
    for (long left = nanos - nanoTime.getAsLong(); left > 0; left = nanos - nanoTime.getAsLong()) {
      sleep.sleep(left);
    }
  }

  /** A run that cannot be started is reported; the next one starts as scheduled. */
  private synchronized OptionalLong startRun() {
    try {
      latest = OptionalLong.of(start.orElseThrow().getAsLong());
      return latest;
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.SEVERE,
          "cannot start the scheduled run; the next one starts as scheduled: {0}",
          String.valueOf(e));
      return OptionalLong.empty();
    }
  }

  /** Whether the latest run that it started is this job execution; waits for one being started. */
  synchronized boolean hasStarted(long execution) {
    return latest.equals(OptionalLong.of(execution));
  }

  /** Starts no more runs. {@link ActiveRuns} stops one that is just being started. */
  public void stop() {
    stopped = true;
  }

  /** Empty if there is no schedule. */
  public Optional<Plan> plan() {
    return plan.get();
  }
}
