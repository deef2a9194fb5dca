package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R4: a process that ends stops every run in it. */
class ActiveRunsTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(TestRuns.NOW);
  private final InstantSource clock = now::get;
  private final TestRuns runs = new TestRuns(clock.withZone(ZoneOffset.UTC));
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

    now.set(deadline);
    assertThat(active.isAnyPastDeadline()).isFalse();

    now.set(deadline.plusMillis(1));
    assertThat(active.isAnyPastDeadline()).isTrue();

    active.close(one);

    assertThat(active.isAnyPastDeadline()).isTrue();

    active.end(one);

    assertThat(active.isAnyPastDeadline()).isFalse();
  }
}
