package dnsblmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** R5d: however many probes come, a party is asked once in a while, and by one at a time. */
class PartyCheckTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final InstantSource source = now::get;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void anAnswerCountsForAWhile() {
    PartyCheck check = check(() -> asked.incrementAndGet() > 1);

    assertThat(check.isReached().join()).isFalse();
    now.set(Instant.EPOCH.plusMillis(4_999));
    assertThat(check.isReached().join()).isFalse();
    now.set(Instant.EPOCH.plusSeconds(5));
    assertThat(check.isReached().join()).isTrue();
    assertThat(asked).hasValue(2);
  }

  @Test
  void aPartyThatIsStillBeingAskedIsNotAskedAgain() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    PartyCheck check =
        check(() -> {
          asked.incrementAndGet();
          return answer.join();
        });

    CompletableFuture<Boolean> first = check.isReached();
    now.set(Instant.EPOCH.plusSeconds(60));
    CompletableFuture<Boolean> second = check.isReached();
    answer.complete(true);

    assertThat(first.join()).isTrue();
    assertThat(second.join()).isTrue();
    assertThat(asked).hasValue(1);
  }

  @Test
  void whoGaveUpWaitingTakesNothingFromOthers() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    PartyCheck check = check(answer::join);

    CompletableFuture<Boolean> impatient = check.isReached();
    CompletableFuture<Boolean> patient = check.isReached();
    impatient.complete(false);
    answer.complete(true);

    assertThat(patient.join()).isTrue();
  }

  @Test
  void anErrorMeansNotReached() {
    PartyCheck check =
        check(() -> {
          throw new IllegalStateException("no way");
        });

    assertThat(check.isReached().join()).isFalse();
  }

  private PartyCheck check(BooleanSupplier answers) {
    return new PartyCheck(answers, Duration.ofSeconds(5), clock);
  }
}
