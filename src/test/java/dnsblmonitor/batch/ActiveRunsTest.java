package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R4: a process that ends stops every run in it. */
class ActiveRunsTest {

  private volatile InstantSource clock = () -> TestRuns.NOW;
  private final InstantSource now = () -> clock.instant();
  private final TestRuns runs = new TestRuns(now.withZone(ZoneOffset.UTC));
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
  void aRunIsUnderWayUntilAllIsGivenBack() throws InterruptedException {
    active.begin(one);
    active.close(one);

    assertThat(active.awaitNone(Duration.ZERO)).isFalse();

    Thread waiting = started(() -> active.awaitNone(Duration.ofMinutes(1)));
    Await.until("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
    active.end(one);

    waiting.join();
    assertThat(active.awaitNone(Duration.ZERO)).isTrue();
  }

  @Test
  void aRunHangsOnceItWasFoundPastItsDeadlineSeveralTimesInARow() throws InterruptedException {
    Instant deadline = one.parts().startedAt().plus(one.parts().deadline());
    Instant past = deadline.plusMillis(1);
    Queue<Instant> times =
        new ConcurrentLinkedQueue<>(List.of(past, past, deadline, past, past, past));
    clock = times::remove;
    active.begin(one);

    active.awaitHung(3, Duration.ofNanos(1));

    assertThat(times).isEmpty();
  }

  @Test
  void aRunMayHangWhileItCloses() throws InterruptedException {
    clock = () -> TestRuns.NOW.plus(Duration.ofDays(1));
    active.begin(one);
    active.close(one);

    Thread watch = started(() -> active.awaitHung(1, Duration.ofNanos(1)));

    watch.join();
  }

  @Test
  void nothingIsLookedAtWhileNoRunIsUnderWay() throws InterruptedException {
    AtomicInteger looks = new AtomicInteger();
    clock =
        () -> {
          looks.incrementAndGet();
          return TestRuns.NOW.plus(Duration.ofDays(1));
        };

    Thread watch = started(() -> active.awaitHung(2, Duration.ofNanos(1)));
    Await.until("it waits", () -> watch.getState() == Thread.State.TIMED_WAITING);
    assertThat(looks).hasValue(0);

    active.begin(one);
    watch.join();
    assertThat(looks).hasValue(2);
  }

  @Test
  void theEndOfOneRunIsAwaitedWhateverTheOthersDo() throws InterruptedException {
    Run awaited = runs.run(7);
    active.awaitEnd(7);
    active.begin(one);
    active.begin(awaited);

    Thread waiting = started(() -> active.awaitEnd(7));
    Await.until("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
    active.end(one);
    active.close(awaited);
    assertThat(waiting.isAlive()).isTrue();

    active.end(awaited);
    waiting.join();
  }

  /** What waits until it is interrupted. */
  @FunctionalInterface
  private interface Waiting {
    void await() throws InterruptedException;
  }

  private static Thread started(Waiting waiting) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            waiting.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
