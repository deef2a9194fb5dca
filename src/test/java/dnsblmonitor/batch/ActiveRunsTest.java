package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R4: a process that ends stops every run in it. */
class ActiveRunsTest {

  private final TestRuns runs = new TestRuns(Clock.fixed(TestRuns.NOW, ZoneOffset.UTC));
  private final ActiveRuns active = new ActiveRuns();
  private final Run one = runs.run();
  private final Run other = runs.run();

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void allRunsUnderWayAreStopped() {
    active.begin(one);
    active.begin(other);

    active.stop(StopReason.DEADLINE);
    active.stop(StopReason.REQUESTED);

    assertThat(one.stopReason()).contains(StopReason.DEADLINE);
    assertThat(other.stopReason()).contains(StopReason.DEADLINE);
  }

  @Test
  void aRunThatHasEndedIsLeftAlone() {
    active.begin(one);
    active.begin(other);
    active.end(one);

    active.stop(StopReason.REQUESTED);

    assertThat(one.stopReason()).isEmpty();
    assertThat(other.stopReason()).contains(StopReason.REQUESTED);
  }

  @Test
  void aStopThatCameFirstHoldsForEveryRunThatBeginsAfter() {
    active.stop(StopReason.REQUESTED);
    active.begin(one);
    active.end(one);
    active.begin(other);

    assertThat(one.stopReason()).contains(StopReason.REQUESTED);
    assertThat(other.stopReason()).contains(StopReason.REQUESTED);
  }

  @Test
  void aRunIsUnderWayUntilAllIsGivenBack() {
    active.begin(one);
    active.close(one);

    assertThat(active.isEmpty()).isFalse();

    active.end(one);

    assertThat(active.isEmpty()).isTrue();
  }

  @Test
  void aRunIsKnownToBePastItsDeadlineUntilAllIsGivenBack() {
    active.begin(one);
    Instant deadline = one.parts().startedAt().plus(one.parts().deadline());

    assertThat(active.isAnyPastDeadline(deadline)).isFalse();
    assertThat(active.isAnyPastDeadline(deadline.plusMillis(1))).isTrue();

    active.close(one);

    assertThat(active.isAnyPastDeadline(deadline.plusMillis(1))).isTrue();

    active.end(one);

    assertThat(active.isAnyPastDeadline(deadline.plusMillis(1))).isFalse();
  }
}
