package dnsblmonitor.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition or, in tests of what must not happen meanwhile, for a time. */
public final class Await {

  /** Enough for a server to start on a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Await() {}

  /**
   * Returns when {@code condition} holds; an {@link AssertionError} names {@code what} if never.
   */
  public static void until(String what, BooleanSupplier condition) {
    until(what, LIMIT, condition);
  }

  /** The same within another limit than a minute. */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never within %s: %s".formatted(limit, what));
      }
      LockSupport.parkNanos(500_000);
    }
  }

  /**
   * Returns when {@code span} has passed. A single {@code parkNanos} may return at once: a {@link
   * java.util.concurrent.CompletableFuture#join} that saw its result early leaves a permit behind.
   */
  public static void passed(Duration span) {
    long end = System.nanoTime() + span.toNanos();
    for (long left = span.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
