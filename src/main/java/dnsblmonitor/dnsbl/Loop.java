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
 * The one thread that owns sockets, lookups and their times. It sleeps while nothing is under way,
 * and ticks while something is: no timer is ever set, what is under way is looked through instead.
 */
final class Loop implements Executor, AutoCloseable {

  /** How late a time-out may be noticed; a few thousand lookups are looked through in far less. */
  static final Duration TICK = Duration.ofMillis(2);

  private static final int TASKS_AT_ONCE = 256;

  /** What a channel is registered with. */
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
   * @param ticker looks at what is under way at a time by {@link System#nanoTime()}; {@code false}
   *     if nothing is, so that no tick is needed until a task comes
   * @param atEnd is told on the loop that it ends, and by what where it was an error; the tasks
   *     that are left run after it
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
      failure = Optional.of(e); // whoever waits for a lookup is told
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

  /** Ends the thread after what it is doing, and waits for that, for a second at most. */
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
