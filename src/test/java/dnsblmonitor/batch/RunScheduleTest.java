package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R40: when the server itself starts runs. Times are minutes since the schedule began. */
class RunScheduleTest {

  private static final Duration EVERY = Duration.ofMinutes(15);
  private static final long EXECUTION = 7;

  /** Elapsed time may be any number, also a negative one (System.nanoTime). */
  private static final long BEGAN = -TimeUnit.MINUTES.toNanos(20);

  private final AtomicLong nanos = new AtomicLong(BEGAN);
  private final List<Long> starts = new CopyOnWriteArrayList<>();
  private final ActiveRuns active = new ActiveRuns();
  private final RunSchedule schedule = new RunSchedule(nanos::get, this::sleep);
  private final TestRuns runs = new TestRuns(Clock.systemUTC());
  private final Run run = runs.run(EXECUTION);
  private final List<RunSchedule.Plan> plans = new CopyOnWriteArrayList<>();
  private LongUnaryOperator slept = LongUnaryOperator.identity();

  @AfterEach
  void close() {
    schedule.stop();
    runs.close();
  }

  @Test
  void theFirstRunStartsAtOnceAndTheOthersAtAFixedRate() throws InterruptedException {
    startsTake(4, Duration.ZERO);

    schedule.keep(EVERY, active);

    assertThat(starts).containsExactly(0L, 15L, 30L, 45L);
  }

  @Test
  void aStartThatTakesLongDelaysNoLaterOne() throws InterruptedException {
    startsTake(3, Duration.ofMinutes(4));

    schedule.keep(EVERY, active);

    assertThat(starts).containsExactly(0L, 15L, 30L);
  }

  @Test
  void aRunThatTakesLongerIsWaitedForAndMissedTimesAreMadeUpForOnce() throws Exception {
    schedule.startBy(() -> {
      starts.add(minutes());
      if (starts.size() == 1) {
        active.begin(run);
      } else if (starts.size() == 4) {
        schedule.stop();
      }
      return EXECUTION;
    });
    Thread keeper = kept();
    Await.until("it waits for the end", () -> keeper.getState() == Thread.State.TIMED_WAITING);
    assertThat(starts).containsExactly(0L);
    assertThat(minutes()).isEqualTo(15);
    assertThat(schedule.plan().orElseThrow().untilNext()).isZero();

    nanos.addAndGet(Duration.ofMinutes(32).toNanos());
    active.end(run);
    keeper.join();

    assertThat(starts).containsExactly(0L, 47L, 60L, 75L);
  }

  @Test
  void aMachineThatSleptStartsOneRunAndGoesOnAtTheOldTimes() throws InterruptedException {
    slept = left -> starts.size() == 2 ? Duration.ofHours(8).toNanos() : left;
    startsTake(4, Duration.ZERO);

    schedule.keep(EVERY, active);

    assertThat(starts).containsExactly(0L, 15L, 15L + 480, 15L + 495);
  }

  @Test
  void aSleepThatEndsEarlyStartsNothingEarly() throws InterruptedException {
    slept = left -> left / 2 + 1;
    startsTake(3, Duration.ZERO);

    schedule.keep(EVERY, active);

    assertThat(starts).containsExactly(0L, 15L, 30L);
  }

  @Test
  void aRunThatCannotBeStartedIsReportedInALineAndTheNextOneTriedAtItsTime()
      throws InterruptedException {
    Logger log = Logger.getLogger(RunSchedule.class.getName());
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler = into(lines);
    log.addHandler(handler);
    log.setUseParentHandlers(false);
    try {
      schedule.startBy(this::failTwice);

      schedule.keep(EVERY, active);
    } finally {
      log.removeHandler(handler);
      log.setUseParentHandlers(true);
    }

    assertThat(starts).containsExactly(0L, 15L, 30L);
    assertThat(lines)
        .hasSize(2)
        .allMatch(line -> line.startsWith("SEVERE cannot start the scheduled run"))
        .noneMatch(line -> line.contains("\n"));
    assertThat(lines.getFirst()).contains("the job repository is gone");
    assertThat(lines.getLast()).contains("NoClassDefFoundError");
  }

  private long failTwice() {
    starts.add(minutes());
    switch (starts.size()) {
      case 1 -> throw new IllegalStateException("the job repository is gone");
      case 2 -> throw new NoClassDefFoundError("x");
      default -> schedule.stop();
    }
    return EXECUTION;
  }

  private static Handler into(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        lines.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void onceItIsStoppedNoRunStarts() throws Exception {
    schedule.startBy(() -> {
      starts.add(minutes());
      active.begin(run);
      return EXECUTION;
    });
    Thread keeper = kept();
    Await.until("it waits for the end", () -> keeper.getState() == Thread.State.TIMED_WAITING);

    schedule.stop();
    active.end(run);
    keeper.join();

    assertThat(starts).containsExactly(0L);
  }

  @Test
  void thePlanSaysHowLongItIsUntilTheNextRun() throws InterruptedException {
    startsTake(2, Duration.ofMinutes(4));
    assertThat(schedule.plan()).as("nothing is planned before it begins").isEmpty();

    schedule.keep(EVERY, active);

    RunSchedule.Plan afterTheStart = new RunSchedule.Plan(EVERY, Duration.ofMinutes(11));
    assertThat(plans).containsExactly(afterTheStart, afterTheStart);
  }

  private void sleep(long left) {
    schedule.plan().ifPresent(plans::add);
    nanos.addAndGet(slept.applyAsLong(left));
  }

  /** Starts so many runs, which are over at once, and then stops the schedule. */
  private void startsTake(int count, Duration each) {
    schedule.startBy(() -> {
      starts.add(minutes());
      nanos.addAndGet(each.toNanos());
      if (starts.size() == count) {
        schedule.stop();
      }
      return EXECUTION;
    });
  }

  private Thread kept() {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            schedule.keep(EVERY, active);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private long minutes() {
    return Duration.ofNanos(nanos.get() - BEGAN).toMinutes();
  }
}
