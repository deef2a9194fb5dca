package dnsblmonitor.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether an outside party answers, asked at most every few seconds, however many ask, and never
 * twice at once: who asks meanwhile gets what is being found out. Safe for use by any thread.
 */
final class PartyCheck {

  private final BooleanSupplier answers;
  private final Duration keptFor;
  private final Clock clock;
  private @Nullable CompletableFuture<Boolean> latest;
  private Instant begunAt = Instant.MIN;

  /**
   * @param answers asks the party; may take long, or throw where it does not answer
   * @param keptFor how long an answer counts, from the asking
   */
  PartyCheck(BooleanSupplier answers, Duration keptFor, Clock clock) {
    this.answers = answers;
    this.keptFor = keptFor;
    this.clock = clock;
  }

  /** {@code false} where the party cannot be reached; completes when that is known. */
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
