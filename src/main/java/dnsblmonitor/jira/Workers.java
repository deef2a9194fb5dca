package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketDeskException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does several things at a time. A failure ends all that have not begun; no result is lost. */
final class Workers<T> {

  /** How many requests are made at once. */
  static final int COUNT = 4;

  /** Something to do that may have several results. */
  interface Task<T> {
    void run(Consumer<T> results);
  }

  private final Consumer<T> results;
  private final List<Queue<T>> byTask = new ArrayList<>();
  private final AtomicReference<@Nullable RuntimeException> end = new AtomicReference<>();

  private Workers(Consumer<T> results) {
    this.results = results;
  }

  /**
   * Runs {@code tasks} on a few threads. Takes their results in this thread and in the tasks'
   * order; throws the first exception of a task after that, or one for an interrupt of this thread.
   */
  static <T> void run(List<Task<T>> tasks, Consumer<T> results) {
    new Workers<>(results).run(tasks);
  }

  /** The same for something that has no result. */
  static <T> void each(Collection<T> items, Consumer<T> action) {
    run(items.stream().<Task<T>>map(item -> _ -> action.accept(item)).toList(), _ -> {});
  }

  private void run(List<Task<T>> tasks) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            COUNT, Thread.ofPlatform().daemon().name("jira-worker-", 1).factory())) {
      List<Future<?>> futures = new ArrayList<>();
      for (Task<T> task : tasks) {
        Queue<T> queue = new ConcurrentLinkedQueue<>();
        byTask.add(queue);
        futures.add(threads.submit(() -> unlessEnded(task, queue)));
      }
      awaitInOrder(futures, threads);
    }
    byTask.forEach(this::passOn); // all threads have ended
    RuntimeException failure = end.get();
    if (failure instanceof TicketDeskException expected) {
      throw expected;
    }
    if (failure != null) {
      throw new IllegalStateException("work at Jira broke", failure);
    }
  }

  private void unlessEnded(Task<T> task, Queue<T> queue) {
    if (end.get() == null) {
      try {
        task.run(queue::add);
      } catch (RuntimeException e) {
        end.compareAndSet(null, e);
      }
    }
  }

  private void awaitInOrder(List<Future<?>> futures, ExecutorService threads) {
    try {
      for (int i = 0; i < futures.size(); i++) {
        futures.get(i).get();
        passOn(byTask.get(i));
      }
    } catch (InterruptedException e) {
      end.compareAndSet(null, Waits.interrupted());
      threads.shutdownNow();
    } catch (ExecutionException e) {
      end.compareAndSet(null, new IllegalStateException(e.getCause()));
    }
  }

  private void passOn(Queue<T> queue) {
    for (T result = queue.poll(); result != null; result = queue.poll()) {
      results.accept(result);
    }
  }
}
