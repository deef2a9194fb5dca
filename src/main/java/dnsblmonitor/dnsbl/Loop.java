package dnsblmonitor.dnsbl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * The thread that owns sockets, lookups and their time-outs. It sleeps while it has no work and
 * ticks while it has: instead of setting timers, each tick checks all pending work.
 */
final class Loop implements Executor, AutoCloseable {

  /** The precision of time-outs; checking a few thousand lookups takes far less. */
  static final Duration TICK = Duration.ofMillis(2);

  private static final int TASKS_AT_ONCE = 256;

  /** The attachment of a registered channel. */
  private record Attached(Consumer<SelectionKey> whenReady) {}

  private final Selector selector;
  private final LongPredicate ticker;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Consumer<Optional<Throwable>> atEnd;
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean ended;

  /**
   * @param ticker checks pending work at a {@link System#nanoTime()}; returns {@code false} if
   *     there is none, so that no tick is needed until the next task
   * @param atEnd called on the loop when it ends, with the error if there was one; remaining tasks
   *     run after it
   */
  Loop(String name, LongPredicate ticker, Consumer<Optional<Throwable>> atEnd) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a selector", e);
    }
    this.ticker = ticker;
    this.atEnd = atEnd;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Runs {@code task} on the loop, soon.
   *
   * @throws RejectedExecutionException after the loop's end
   */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (ended && tasks.remove(task)) {
      throw new RejectedExecutionException("DNS lookups are closed");
    }
    if (Thread.currentThread() != thread && woken.compareAndSet(false, true)) {
      selector.wakeup();
    }
  }

  /**
   * Registers a channel.
   *
   * @param whenReady does a bounded amount of work, so that time-outs hold
   */
  SelectionKey register(SelectableChannel channel, int operations, Consumer<SelectionKey> whenReady)
      throws IOException {
    return channel.register(selector, operations, new Attached(whenReady));
  }

  private void run() {
    Optional<Throwable> failure = Optional.empty();
    try (selector) {
      turn();
    } catch (IOException | RuntimeException | Error e) {
      failure = Optional.of(e); // fails the pending lookups
    }
    ended = true;
    atEnd.accept(failure);
    runTasks(Integer.MAX_VALUE);
  }

  private void turn() throws IOException {
    boolean busy = false;
    long nextTick = System.nanoTime();
    while (!closing) {
      await(busy);
      woken.set(false);
      runTasks(TASKS_AT_ONCE);
      busy = true;
      long now = System.nanoTime();
      if (now - nextTick >= 0) {
        busy = ticker.test(now);
        nextTick = now + TICK.toNanos();
      }
    }
  }

  /** Waits for a socket, a task or the next tick. */
  private void await(boolean busy) throws IOException {
    if (!tasks.isEmpty()) {
      selector.selectNow(Loop::handle);
    } else if (!busy) {
      selector.select(Loop::handle);
    } else {
      selector.select(Loop::handle, TICK.toMillis());
    }
  }

  private static void handle(SelectionKey key) {
    if (key.isValid()) {
      ((Attached) key.attachment()).whenReady().accept(key);
    }
  }

  private void runTasks(int most) {
    Runnable task = tasks.poll();
    for (int i = 1; task != null; i++) {
      task.run();
      task = i < most ? tasks.poll() : null;
    }
  }

  /** Ends the thread after its current work and waits for it, for a second at most. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join(Duration.ofSeconds(1));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
