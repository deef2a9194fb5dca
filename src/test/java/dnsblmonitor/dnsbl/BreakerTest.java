package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** R13: when a zone's circuit breaker opens, and when the zone is probed. */
class BreakerTest {

  private static final Outcome SILENCE = new Outcome.Silence();
  private static final Outcome FAULT = new Outcome.Fault("unreachable");
  private static final Duration FAST = Duration.ofMillis(30);
  private static final Duration SLOW = Duration.ofSeconds(2);

  private final Breaker breaker = new Breaker(Breaker.PROBE_EVERY);

  @Test
  void eighthSilenceInARowOpensIt() {
    assertThat(counted(SILENCE, SLOW, 7)).isFalse();
    assertThat(counted(FAULT, SLOW, 1)).isTrue();
  }

  @Test
  void anAnswerInBetweenStartsTheCountAgain() {
    counted(SILENCE, SLOW, 7);
    counted(rcode(Rcode.NXDOMAIN), SLOW, 1);

    assertThat(counted(SILENCE, SLOW, 7)).isFalse();
    assertThat(counted(SILENCE, SLOW, 1)).isTrue();
  }

  @Test
  void slowServerFailuresAreSilences() {
    assertThat(counted(rcode(Rcode.SERVFAIL), SLOW, 8)).isTrue();
  }

  @Test
  void fastServerFailuresAndRefusalsCostNothingAndAreGoneOnWith() {
    assertThat(counted(rcode(Rcode.SERVFAIL), FAST, 100)).isFalse();
    assertThat(counted(rcode(Rcode.REFUSED), SLOW, 100)).isFalse();
  }

  @Test
  void openBreakerIsProbedEveryHalfMinuteUntilItIsClosed() {
    long now = 5_000;
    breaker.open(now);

    assertThat(breaker.isProbeDue(now + Duration.ofMillis(29_999).toNanos())).isFalse();
    assertThat(breaker.isProbeDue(now + Duration.ofSeconds(30).toNanos())).isTrue();

    breaker.close();
    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.isProbeDue(now + Duration.ofSeconds(30).toNanos())).isFalse();
    assertThat(counted(SILENCE, SLOW, 7)).as("counts anew").isFalse();
  }

  @Test
  void openBreakerIsNotOpenedTwice() {
    counted(SILENCE, SLOW, 8);
    breaker.open(0);

    assertThat(counted(SILENCE, SLOW, 20)).isFalse();
  }

  /** Whether any of {@code times} equal outcomes called for opening it. */
  private boolean counted(Outcome outcome, Duration took, int times) {
    return IntStream.range(0, times)
            .filter(_ -> {
              breaker.count(outcome, took);
              return breaker.shouldOpen();
            })
            .count()
        > 0;
  }

  private static Outcome rcode(int rcode) {
    Message message = new Message();
    message.getHeader().setRcode(rcode);
    return new Outcome.Answer(message);
  }
}
