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

/**
 * The runs under way, for whoever ends the process. One run among several is stopped by {@code
 * JobOperator.stop}.
 */
@ApplicationScoped
public class ActiveRuns {

  /** Each with whether it is closing. */
  private final Map<Run, Boolean> runs = new ConcurrentHashMap<>();

  private final AtomicReference<@Nullable StopReason> stopped = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** A run begins or ends. */
  private final Condition changed = lock.newCondition();

  /** A stop that came while the run was being opened counts as well. */
  void begin(Run run) {
    runs.put(run, false);
    reportChange();
    @Nullable StopReason reason = stopped.get();
    if (reason != null) {
      run.stop(reason);
    }
  }

  /** The run comes to its last lines, which no stop changes any more. */
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
   * Cancels what all runs wait for, also of those that begin from now on: the process is to end.
   * Their jobs end by themselves soon after. The first reason counts.
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
   * Waits until none is under way, not even its closing, or for as long as {@code limit}.
   *
   * @return whether none is
   */
  public boolean awaitNone(Duration limit) throws InterruptedException {
    return await(runs::isEmpty, limit.toNanos());
  }

  /** Waits until the run of that job execution is not under way, be it that it never was. */
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
   * Waits until a run hangs: {@code looks} in a row have found one past its deadline, which should
   * be ending by then. Not a time: a machine that slept has given no run the time to end. While no
   * run is under way nothing is looked at, and no CPU time is used.
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
