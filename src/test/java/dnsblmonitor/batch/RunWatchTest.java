package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R5a, R29a: a run ends at its deadline or at a stop, whoever started it. */
class RunWatchTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(TestRuns.NOW);
  private final AtomicBoolean stopIsAsked = new AtomicBoolean();
  private final InstantSource clock = now::get;
  private final TestRuns runs = new TestRuns(clock.withZone(ZoneOffset.UTC));
  private final Run run = runs.run();

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void aRunThatHangsIsStoppedAtItsDeadline() {
    run.watch(stopIsAsked::get);

    now.set(TestRuns.NOW.plus(run.parts().deadline()));

    Await.until("the stop", () -> run.stopReason().isPresent());
    assertThat(run.stopReason()).contains(StopReason.DEADLINE);
  }

  @Test
  void aRunWhoseJobIsBeingStoppedIsStopped() {
    run.watch(stopIsAsked::get);

    stopIsAsked.set(true);

    Await.until("the stop", () -> run.stopReason().isPresent());
    assertThat(run.stopReason()).contains(StopReason.REQUESTED);
  }

  @Test
  void aRunThatCanNoLongerBeWatchedIsStoppedAndFails() {
    run.watch(() -> {
      throw new IllegalStateException("the job is unknown");
    });

    Await.until("the stop", () -> run.stopReason().isPresent());
    assertThat(run.stopReason()).contains(StopReason.WATCH_FAILED);
    assertThat(new RunClosing(run).close(_ -> {}).message())
        .hasValueSatisfying(said -> assertThat(said).contains("the job is unknown"));
  }

  @Test
  void aRunThatIsInTimeIsLeftAlone() {
    AtomicBoolean asked = new AtomicBoolean();
    now.set(TestRuns.NOW.plus(run.parts().deadline()).minusMillis(1));
    run.watch(() -> {
      asked.set(true);
      return false;
    });

    Await.until("a look", asked::get);
    run.close();

    assertThat(run.stopReason()).isEmpty();
  }

  @Test
  void nothingIsLeftOfAWatchOnceItsRunIsClosed() {
    long before = watches();
    run.watch(stopIsAsked::get);

    run.close();

    Await.until("the watch's thread has ended", () -> watches() == before);
  }

  /** An executor counts as terminated a moment before its last thread has ended. */
  private static long watches() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("run-watch"))
        .count();
  }
}
