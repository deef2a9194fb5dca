package dnsblmonitor.dnsbl;

import java.time.Duration;

/**
 * Limits the lookups per second, evenly spaced. At rates above the loop's tick rate, small delays
 * are caught up. Has no clock of its own.
 */
final class Rate {

  private static final Duration CATCH_UP = Duration.ofMillis(20);

  private final long intervalNanos;
  private final long catchUpNanos;
  private boolean begun;
  private long nextNanos;

  /**
   * @param perSecond 0 = no limit
   */
  Rate(int perSecond) {
    this.intervalNanos = perSecond == 0 ? 0 : Duration.ofSeconds(1).toNanos() / perSecond;
    this.catchUpNanos = intervalNanos < CATCH_UP.toNanos() ? CATCH_UP.toNanos() : 0;
  }

  /** Whether a lookup may start now. */
  boolean allows(long nowNanos) {
    return !begun || nowNanos - nextNanos >= 0;
  }

  /** Counts a lookup that starts now. */
  void count(long nowNanos) {
    if (!begun) {
      begun = true;
      nextNanos = nowNanos;
    }
    long lateNanos = nowNanos - nextNanos;
    nextNanos += Math.max(0, lateNanos - catchUpNanos) + intervalNanos;
  }
}
