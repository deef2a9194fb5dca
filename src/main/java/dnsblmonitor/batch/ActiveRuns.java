package dnsblmonitor.batch;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs under way, for whoever ends the process. One run among several is stopped by {@code
 * JobOperator.stop}.
 */
@ApplicationScoped
public class ActiveRuns {

  private final Set<Run> runs = ConcurrentHashMap.newKeySet();
  private final Set<Run> closing = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable StopReason> asked = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** A run begins or ends. */
  private final Condition changed = lock.newCondition();

  /** A stop that came while the run was being opened counts as well. */
  void begin(Run run) {
    runs.add(run);
    reportChange();
    @Nullable StopReason reason = asked.get();
    if (reason != null) {
      run.stop(reason);
    }
  }

  /** The run comes to its last lines, which no stop changes any more. */
  void close(Run run) {
    closing.add(run);
    runs.remove(run);
  }

  /** All is said and given back. */
  void end(Run run) {
    runs.remove(run);
    closing.remove(run);
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
    asked.compareAndSet(null, reason);
    runs.forEach(run -> run.stop(reason));
  }

  private boolean isEmpty() {
    return runs.isEmpty() && closing.isEmpty();
  }

  /**
   * Waits until none is under way, not even its closing, or for as long as {@code limit}.
   *
   * @return whether none is
   */
  public boolean awaitNone(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    lock.lock();
    try {
      while (!isEmpty()) {
        long left = end - System.nanoTime();
        if (left <= 0 || !changed.await(left, TimeUnit.NANOSECONDS)) {
          return isEmpty();
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the run of that job execution is not under way, be it that it never was. */
  void awaitEnd(long execution) throws InterruptedException {
    await(() -> underWay().noneMatch(run -> run.entry().numbers().execution() == execution));
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        changed.await();
      }
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
      await(() -> !isEmpty());
      TimeUnit.NANOSECONDS.sleep(between.toNanos());
    }
  }

  private boolean isAnyPastDeadline() {
    return underWay()
        .map(Run::parts)
        .anyMatch(
            parts -> parts.clock().instant().isAfter(parts.startedAt().plus(parts.deadline())));
  }

  /** One that is just closing may be there twice. */
  private Stream<Run> underWay() {
    return Stream.of(runs, closing).flatMap(Set::stream);
  }
}
