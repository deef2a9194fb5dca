package dnsblmonitor.batch;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The active runs, for ending the process. To stop one run, use {@code JobOperator.stop}. */
@ApplicationScoped
public class ActiveRuns {

  /** Whether each run is closing. */
  private final Map<Run, Boolean> runs = new ConcurrentHashMap<>();

  private final AtomicReference<@Nullable StopReason> stopped = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** A run starts or ends. */
  private final Condition changed = lock.newCondition();

  /** Also applies a stop that was requested while the run was being opened. */
  void begin(Run run) {
    runs.put(run, false);
    reportChange();
    @Nullable StopReason reason = stopped.get();
    if (reason != null) {
      run.stop(reason);
    }
  }

  /** The run is writing its final events; a stop no longer changes them. */
  void close(Run run) {
    runs.put(run, true);
  }

  /** The run has logged its result and released its resources. */
  void end(Run run) {
    runs.remove(run);
    reportChange();
  }

  private void reportChange() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops all runs, including those that start later, because the process is to end. Their jobs end
   * on their own soon after. The first reason counts.
   */
  public void stop(StopReason reason) {
    stopped.compareAndSet(null, reason);
    runs.forEach((run, closing) -> {
      if (!closing) {
        run.stop(reason);
      }
    });
  }

  /**
   * Waits until all runs have ended and closed, for {@code limit} at most.
   *
   * @return whether no run is active
   */
  public boolean awaitNone(Duration limit) throws InterruptedException {
    return await(runs::isEmpty, limit.toNanos());
  }

  /** Waits until the run of that job execution has ended; returns at once if there is none. */
  void awaitEnd(long execution) throws InterruptedException {
    var _ =
        await(
            () ->
                runs.keySet().stream()
                    .noneMatch(run -> run.entry().numbers().execution() == execution),
            Long.MAX_VALUE);
  }

  private boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
    lock.lock();
    try {
      for (long left = nanos; left > 0 && !condition.getAsBoolean(); ) {
        left = changed.awaitNanos(left);
      }
      return condition.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a run hangs: {@code looks} consecutive checks have found it past its deadline. It
   * counts checks rather than time, since a run makes no progress while the machine sleeps. Uses no
   * CPU time while no run is active.
   */
  public void awaitHung(int looks, Duration between) throws InterruptedException {
    for (int past = 0; past < looks; past = isAnyPastDeadline() ? past + 1 : 0) {
      var _ = await(() -> !runs.isEmpty(), Long.MAX_VALUE);
      TimeUnit.NANOSECONDS.sleep(between.toNanos());
    }
  }

  private boolean isAnyPastDeadline() {
    return runs.keySet().stream()
        .map(Run::parts)
        .anyMatch(
            parts -> parts.clock().instant().isAfter(parts.startedAt().plus(parts.deadline())));
  }
}
