package dnsblmonitor.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition instead of for a time. */
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
}
