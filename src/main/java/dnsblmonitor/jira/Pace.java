package dnsblmonitor.jira;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps write requests apart: never more than ten within a second. Jira Cloud allows 20 writes in 2
 * s on one issue, and counts all requests of an account in budgets of its own
 * (developer.atlassian.com/cloud/jira/platform/rate-limiting). Thread-safe.
 */
final class Pace {

  /** Ten of these are a tenth longer than a second: a request may travel faster than the next. */
  static final Duration APART = Duration.ofMillis(110);

  private final Pause pause;
  private final LongSupplier nanoTime;
  private boolean begun;
  private long nextNanos;

  Pace(Pause pause, LongSupplier nanoTime) {
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  /** Returns when the next write may be sent. */
  void awaitTurn() {
    Duration wait = takeTurn();
    if (wait.isPositive()) {
      try {
        pause.pause(wait);
      } catch (InterruptedException e) {
        throw Waits.interrupted();
      }
    }
  }

  private synchronized Duration takeTurn() {
    long now = nanoTime.getAsLong();
    long turn = begun && nextNanos - now > 0 ? nextNanos : now;
    begun = true;
    nextNanos = turn + APART.toNanos();
    return Duration.ofNanos(turn - now);
  }
}
