package dnsblmonitor.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Carries out deliveries at the same time, each in a few attempts, within one time limit. */
public final class Deliveries {

  /** The longest time by which the deliveries delay the end of a run (R39). */
  public static final Duration LIMIT = Duration.ofSeconds(10);

  private static final int MAX_ATTEMPTS = 3;

  private Deliveries() {}

  /**
   * Carries out all deliveries. Returns when each has succeeded or failed, or after {@code limit}.
   *
   * @param failed called with each delivery that failed and the reason, on this thread
   */
  public static void carryOut(
      List<? extends Delivery> deliveries, Duration limit, BiConsumer<Delivery, String> failed) {
    long end = System.nanoTime() + limit.toNanos();
    List<Callable<Optional<String>>> tasks =
        deliveries.stream()
            .<Callable<Optional<String>>>map(delivery -> () -> failure(delivery, end))
            .toList();
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<Optional<String>>> results =
          executor.invokeAll(tasks, limit.toMillis(), TimeUnit.MILLISECONDS);
      for (int i = 0; i < results.size(); i++) {
        Delivery delivery = deliveries.get(i);
        outcome(results.get(i), limit).ifPresent(reason -> failed.accept(delivery, reason));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      deliveries.forEach(delivery -> failed.accept(delivery, "interrupted"));
    } finally {
      executor.shutdownNow(); // not close(), which would wait for those past the limit
    }
  }

  private static Optional<String> outcome(Future<Optional<String>> done, Duration limit) {
    return switch (done.state()) {
      case SUCCESS -> done.resultNow();
      case FAILED -> Optional.of(String.valueOf(done.exceptionNow()));
      case CANCELLED, RUNNING -> Optional.of("no answer within %d s".formatted(limit.toSeconds()));
    };
  }

  /** Why the last attempt failed; empty if it is delivered. */
  private static Optional<String> failure(Delivery delivery, long end) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        delivery.attempt();
        return Optional.empty();
      } catch (DeliveryException e) {
        Optional<Duration> pause =
            e.pause().filter(it -> it.toNanos() < end - System.nanoTime()); // else too late
        if (attempt == MAX_ATTEMPTS || pause.isEmpty()) {
          return Optional.of(e.getMessage());
        }
        Thread.sleep(pause.get());
      }
    }
  }
}
