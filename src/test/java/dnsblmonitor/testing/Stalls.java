package dnsblmonitor.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how late this machine wakes a thread while a test runs. A test that bounds a duration
 * adds that to the bound, so that it tells a slow monitor from a busy machine.
 */
public final class Stalls implements AutoCloseable {

  private static final long TICK_NANOS = 2_000_000;

  private final AtomicLong longestNanos = new AtomicLong();
  private final Thread thread;

  private Stalls() {
    thread = Thread.ofPlatform().daemon().name("stalls").start(this::watch);
  }

  public static Stalls watched() {
    return new Stalls();
  }

  private void watch() {
    while (!Thread.currentThread().isInterrupted()) {
      long from = System.nanoTime();
      LockSupport.parkNanos(TICK_NANOS);
      long late = System.nanoTime() - from - TICK_NANOS;
      longestNanos.accumulateAndGet(late, Math::max);
    }
  }

  /** {@code bound}, and twice the longest stall so far: one may hit a question and its answer. */
  public Duration added(Duration bound) {
    return bound.plusNanos(2 * longestNanos.get());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
