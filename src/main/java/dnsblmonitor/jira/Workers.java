package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketDeskException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does several things at a time; what ends one of them ends all that have not begun. */
final class Workers<T> {

  /** How many requests are made at once. */
  static final int COUNT = 4;

  private final Consumer<T> results;
  private final AtomicReference<@Nullable TicketDeskException> end = new AtomicReference<>();

  private Workers(Consumer<T> results) {
    this.results = results;
  }

  /**
   * Runs {@code tasks} on a few threads.
   *
   * @param results takes their results in this thread and in their order, also before an exception
   * @throws TicketDeskException the first that a task threw, or that of an interrupt of this thread
   */
  static <T> void run(List<Supplier<T>> tasks, Consumer<T> results) {
    if (!tasks.isEmpty()) {
      new Workers<>(results).run(tasks);
    }
  }

  private void run(List<Supplier<T>> tasks) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(COUNT, tasks.size()),
            Thread.ofPlatform().daemon().name("jira-worker-", 1).factory())) {
      List<Future<Optional<T>>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(threads.submit(() -> unlessEnded(task))));
      futures.forEach(future -> take(future, futures));
    }
    TicketDeskException failure = end.get();
    if (failure != null) {
      throw failure;
    }
  }

  private Optional<T> unlessEnded(Supplier<T> task) {
    if (end.get() != null) {
      return Optional.empty();
    }
    try {
      return Optional.of(task.get());
    } catch (TicketDeskException e) {
      end.compareAndSet(null, e);
      return Optional.empty();
    }
  }

  private void take(Future<Optional<T>> future, List<Future<Optional<T>>> all) {
    try {
      future.get().ifPresent(results);
    } catch (CancellationException e) {
      // by the interrupt before: it was not done
    } catch (InterruptedException e) {
      end.compareAndSet(null, Waits.interrupted());
      all.forEach(each -> each.cancel(true));
      if (future.state() == Future.State.SUCCESS) {
        future.resultNow().ifPresent(results);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("work at Jira broke", e.getCause());
    }
  }
}
