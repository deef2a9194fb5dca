package dnsblmonitor.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether an external service is reachable, at most every few seconds and never
 * concurrently: callers in between share the pending or last result. Thread-safe.
 */
final class PartyCheck {

  private final BooleanSupplier answers;
  private final Duration keptFor;
  private final Clock clock;
  private @Nullable CompletableFuture<Boolean> latest;
  private Instant begunAt = Instant.MIN;

  /**
   * @param answers the check; may block, or throw if the service is unreachable
   * @param keptFor how long a result is valid, from the start of the check
   */
  PartyCheck(BooleanSupplier answers, Duration keptFor, Clock clock) {
    this.answers = answers;
    this.keptFor = keptFor;
    this.clock = clock;
  }

  /** Completes with the result; {@code false} if the service is unreachable. */
  synchronized CompletableFuture<Boolean> isReached() {
    Instant now = clock.instant();
    if (latest == null || (latest.isDone() && !now.isBefore(begunAt.plus(keptFor)))) {
      begunAt = now;
      latest =
          CompletableFuture.supplyAsync(answers::getAsBoolean, Thread::startVirtualThread)
              .exceptionally(_ -> false);
    }
    return latest.copy();
  }
}
