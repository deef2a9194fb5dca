package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.testing.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WorkersTest {

  private final List<Integer> results = new ArrayList<>();

  @Test
  void fourWorkAtOnceAndResultsComeInOrder() {
    CyclicBarrier four = new CyclicBarrier(Workers.COUNT);

    Workers.run(
        IntStream.range(0, 8)
            .<Supplier<Integer>>mapToObj(number ->
                () -> {
                  await(four);
                  return number;
                })
            .toList(),
        results::add);

    assertThat(results).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void whatEndsOneKeepsTheOthersFromBeginningButLosesNoResult() {
    CyclicBarrier four = new CyclicBarrier(Workers.COUNT);
    CompletableFuture<Thread> failing = new CompletableFuture<>();
    List<Supplier<Integer>> tasks = new ArrayList<>();
    tasks.add(() -> fail(four, failing));
    IntStream.range(1, 100).forEach(number -> tasks.add(() -> goOn(number, four, failing)));

    assertThatThrownBy(() -> Workers.run(tasks, results::add))
        .isInstanceOf(TicketDeskException.class)
        .hasMessage("it is over");

    assertThat(results).containsExactly(1, 2, 3);
  }

  private static int fail(CyclicBarrier four, CompletableFuture<Thread> failing) {
    await(four);
    failing.complete(Thread.currentThread()); // not before: it waits at the barrier as well
    throw new TicketDeskException(Fault.UNREACHABLE, "it is over");
  }

  /** Ends after the thread that failed has found nothing more to do. */
  private static int goOn(int number, CyclicBarrier four, CompletableFuture<Thread> failing) {
    await(four);
    Await.until("the queue is empty", () -> failing.join().getState() == Thread.State.WAITING);
    return number;
  }

  @Test
  void anInterruptEndsWhatIsUnderWayAndKeepsWhatIsDone() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    Thread run =
        Thread.ofPlatform()
            .start(() -> {
              List<Supplier<Integer>> tasks = List.of(() -> 1, () -> hang(waiting), () -> 3);
              assertThatThrownBy(() -> Workers.run(tasks, results::add))
                  .isInstanceOf(TicketDeskException.class);
              results.add(Thread.currentThread().isInterrupted() ? 100 : -100);
            });
    waiting.await();

    run.interrupt();
    run.join();

    assertThat(results).startsWith(1).endsWith(100).doesNotContain(2);
  }

  @Test
  void nothingToDoNeedsNobody() {
    Workers.run(List.<Supplier<Integer>>of(), results::add);

    assertThat(results).isEmpty();
  }

  private static int hang(CountDownLatch waiting) {
    waiting.countDown();
    try {
      new CountDownLatch(1).await();
      return 2;
    } catch (InterruptedException e) {
      throw Waits.interrupted();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
