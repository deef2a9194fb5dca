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
 * The schedule of a server that stays (R40): starts the first run at once and the next ones at a
 * fixed rate, each no sooner than the scheduled one before has ended. A time that was missed is
 * made up for by one run, however many were missed. Time is elapsed time: setting the system's
 * clock changes nothing, and a machine that sleeps delays the next run. Safe for use by any thread.
 */
@ApplicationScoped
public class RunSchedule {

  /** The name of the one job, also for those that start it otherwise. */
  public static final String JOB = "dnsbl-monitor";

  private static final Logger LOG = Logger.getLogger(RunSchedule.class.getName());

  private final LongSupplier nanoTime;
  private final Sleep sleep;
  private volatile Optional<LongSupplier> start = Optional.empty();
  private volatile Supplier<Optional<Plan>> plan = Optional::empty;
  private volatile boolean stopped;

  /** Waits that many nanoseconds. */
  @FunctionalInterface
  interface Sleep {
    void sleep(long nanos) throws InterruptedException;
  }

  /**
   * What is planned.
   *
   * @param untilNext how long until the next run starts; not positive while it waits for the end of
   *     the one before
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
   * Sets how a run is started.
   *
   * @param start starts one and returns the number of its job execution; called on any thread
   */
  public void startBy(LongSupplier start) {
    this.start = Optional.of(start);
  }

  /** Keeps the schedule on this thread, until it is stopped. */
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

  /** Of the times that have come since {@code next} was due, the last one. */
  private long latestDue(long next, Duration every) {
    return next + (nanoTime.getAsLong() - next) / every.toNanos() * every.toNanos();
  }

  private void sleepUntil(long nanos) throws InterruptedException {
    for (long left = nanos - nanoTime.getAsLong(); left > 0; left = nanos - nanoTime.getAsLong()) {
      sleep.sleep(left);
    }
  }

  /** A run that cannot be started is reported, and the next one is tried at its time. */
  private OptionalLong startRun() {
    try {
      return OptionalLong.of(start.orElseThrow().getAsLong());
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.SEVERE,
          "cannot start the scheduled run; the next one starts as scheduled: {0}",
          String.valueOf(e));
      return OptionalLong.empty();
    }
  }

  /** From now on no run is started. One that is being started is stopped by {@link ActiveRuns}. */
  public void stop() {
    stopped = true;
  }

  /** Empty if this server keeps no schedule. */
  public Optional<Plan> plan() {
    return plan.get();
  }
}
