package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.TicketDeskException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The budget of R26: a dead Jira does not eat the schedule. */
class WaitsTest {

  private static final Duration HALF = Waits.BUDGET.dividedBy(2);

  private final TestClock clock = new TestClock(Instant.parse("2026-11-23T08:00:00Z"));
  private final Waits waits = new Waits(clock::advance, clock);

  private void afterFailure(Duration wait, String cause) {
    waits.reserve(wait, cause);
    waits.plain(wait);
  }

  @Test
  void timeOutsCountAsWaitsDo() {
    Instant start = waits.now();
    clock.advance(HALF);
    waits.lostSince(start);

    afterFailure(HALF, "no answer");

    assertThatThrownBy(() -> afterFailure(Duration.ofSeconds(1), "no answer"))
        .isInstanceOf(TicketDeskException.class)
        .hasMessageContainingAll("no answer", "120 s");
  }

  @Test
  void requestsThatFailAtTheSameTimeCountOnce() {
    Instant start = waits.now();
    clock.advance(HALF);
    for (int request = 0; request < 4; request++) {
      waits.lostSince(start);
    }

    afterFailure(HALF, "no answer");

    assertThat(waits.now()).isEqualTo(start.plus(Waits.BUDGET));
  }

  @Test
  void aLongFailureCountsAlsoBesideShortOnesThatEndedBeforeIt() {
    Instant start = waits.now();
    clock.advance(HALF.minusSeconds(2));
    Instant late = waits.now();
    clock.advance(Duration.ofSeconds(1));
    waits.lostSince(late);
    clock.advance(Duration.ofSeconds(1));
    waits.lostSince(start);

    afterFailure(HALF, "no answer");

    assertThatThrownBy(() -> afterFailure(Duration.ofSeconds(1), "no answer"))
        .isInstanceOf(TicketDeskException.class);
  }

  @Test
  void whatSucceedsInBetweenCostsNothing() {
    afterFailure(HALF, "HTTP 503");
    clock.advance(Duration.ofHours(1));

    afterFailure(HALF, "HTTP 503");

    assertThatThrownBy(() -> afterFailure(Duration.ofSeconds(2), "HTTP 503"))
        .isInstanceOf(TicketDeskException.class);
  }
}
