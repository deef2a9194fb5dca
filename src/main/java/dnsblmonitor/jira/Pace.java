package dnsblmonitor.jira;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps write requests apart: at most ten within a second. Jira Cloud allows 20 writes in 2 s on
 * one issue, and counts the requests of an account besides (developer.atlassian.com, "Rate
 * limiting"). Thread-safe.
 */
final class Pace {

  /** Ten of these are a tenth longer than a second: a request may travel faster than the next. */
  static final Duration APART = Duration.ofMillis(110);

  private final Waits.Pause pause;
  private final LongSupplier nanoTime;
  private long nextNanos;

  Pace(Waits.Pause pause, LongSupplier nanoTime) {
    this.pause = pause;
    this.nanoTime = nanoTime;
    nextNanos = nanoTime.getAsLong();
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
    long turn = nextNanos - now > 0 ? nextNanos : now;
    nextNanos = turn + APART.toNanos();
    return Duration.ofNanos(turn - now);
  }
}
