package dnsblmonitor.dnsbl;

import java.time.Duration;

/**
 * A zone's response time, which determines when the next try is sent: the smoothed round trip plus
 * four times its variation (RFC 6298 2), 250 ms to 1.5 s, doubled with each try. Late answers to
 * earlier tries are still accepted. Each try has its own id, so answers cannot be confused.
 */
final class RoundTrip {

  private static final Duration MIN_WAIT = Duration.ofMillis(250);
  private static final Duration MAX_WAIT = Duration.ofMillis(1500);
  private static final Duration UNMEASURED = Duration.ofMillis(500);
  private static final int MAX_DOUBLINGS = 8;

  private final long maxNanos;
  private boolean measured;
  private long smoothedNanos;
  private long variationNanos;

  /**
   * @param timeout of a whole lookup; a try waits for a third of it at most
   */
  RoundTrip(Duration timeout) {
    long third = Math.min(timeout.dividedBy(3).toNanos(), MAX_WAIT.toNanos());
    this.maxNanos = Math.max(third, MIN_WAIT.toNanos());
  }

  void took(long nanos) {
    if (measured) {
      variationNanos += (Math.abs(nanos - smoothedNanos) - variationNanos) / 4;
      smoothedNanos += (nanos - smoothedNanos) / 8;
    } else {
      measured = true;
      smoothedNanos = nanos;
      variationNanos = nanos / 2;
    }
  }

  /**
   * How long to wait for the {@code number}-th try, in nanoseconds.
   *
   * @param number from 1
   */
  long waitNanos(int number) {
    long first = measured ? smoothedNanos + 4 * variationNanos : UNMEASURED.toNanos();
    long bounded = Math.clamp(first, MIN_WAIT.toNanos(), maxNanos);
    return Math.min(bounded << Math.min(number - 1, MAX_DOUBLINGS), maxNanos);
  }
}
