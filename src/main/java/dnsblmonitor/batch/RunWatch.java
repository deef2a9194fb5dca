package dnsblmonitor.batch;

import dnsblmonitor.report.FatalError;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Stops a run that is past its deadline, or whose job is stopped through the batch API. The batch
 * runtime does not notify a chunk's artifacts of a stop, so a writer that waits for lookups would
 * notice only after the last one.
 */
final class RunWatch implements AutoCloseable {

  private static final Duration EVERY = Duration.ofMillis(200);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("run-watch").unstarted(task));
  private final Run run;
  private final BooleanSupplier stopIsAsked;
  private final Instant deadline;
  private final Instant checkingEnds;

  /**
   * @param stopIsAsked whether the job execution is being stopped; called on the watch's thread
   */
  RunWatch(Run run, BooleanSupplier stopIsAsked) {
    this.run = run;
    this.stopIsAsked = stopIsAsked;
    this.deadline = run.parts().startedAt().plus(run.parts().deadline());
    this.checkingEnds = run.parts().startedAt().plus(run.checkingTime().end());
    var _ =
        thread.scheduleWithFixedDelay(
            this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A check that fails stops the run, since no later check would be made. */
  private void look() {
    try {
      stopIfDue();
    } catch (RuntimeException | Error e) {
      run.failed(FatalError.internal(e));
      stop(StopReason.WATCH_FAILED);
    }
  }

  private void stopIfDue() {
    if (stopIsAsked.getAsBoolean()) {
      stop(StopReason.REQUESTED);
    } else if (!run.parts().clock().instant().isBefore(deadline)) {
      stop(StopReason.DEADLINE);
    } else if (!run.parts().clock().instant().isBefore(checkingEnds)) {
      run.stopChecking();
    }
  }

  private void stop(StopReason reason) {
    thread.shutdown();
    run.stop(reason);
  }

  /** Ends the thread and waits for its end. */
  @Override
  public void close() {
    thread.shutdown();
    thread.close();
  }
}
