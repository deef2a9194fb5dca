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
import java.util.function.Consumer;
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
            .<Workers.Task<Integer>>mapToObj(number ->
                results -> {
                  await(four);
                  results.accept(number);
                })
            .toList(),
        results::add);

    assertThat(results).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void whatEndsOneKeepsTheOthersFromBeginningButLosesNoResult() {
    CyclicBarrier four = new CyclicBarrier(Workers.COUNT);
    CompletableFuture<Thread> failing = new CompletableFuture<>();
    List<Workers.Task<Integer>> tasks = new ArrayList<>();
    tasks.add(_ -> fail(four, failing));
    IntStream.range(1, 100)
        .forEach(number -> tasks.add(results -> results.accept(goOn(number, four, failing))));

    assertThatThrownBy(() -> Workers.run(tasks, results::add))
        .isInstanceOf(TicketDeskException.class)
        .hasMessage("it is over");

    assertThat(results).containsExactly(1, 2, 3);
  }

  private static void fail(CyclicBarrier four, CompletableFuture<Thread> failing) {
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
    CountDownLatch waiting = new CountDownLatch(2); // the first is done, the second hangs
    Thread run =
        Thread.ofPlatform()
            .start(() -> {
              List<Workers.Task<Integer>> tasks =
                  List.of(
                      results -> {
                        results.accept(1);
                        waiting.countDown();
                      },
                      results -> hang(waiting, results),
                      results -> results.accept(3));
              assertThatThrownBy(() -> Workers.run(tasks, results::add))
                  .isInstanceOf(TicketDeskException.class);
              results.add(Thread.currentThread().isInterrupted() ? 100 : -100);
            });
    waiting.await();

    run.interrupt();
    run.join();

    assertThat(results).startsWith(1, 2).endsWith(100).doesNotContain(-2);
  }

  @Test
  void whatNobodyExpectedEndsAllAsWellAndLosesNoResultEither() {
    List<Workers.Task<Integer>> tasks =
        List.of(results -> {
          results.accept(1);
          throw new IllegalArgumentException("unexpected");
        });

    assertThatThrownBy(() -> Workers.run(tasks, results::add))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("unexpected");

    assertThat(results).containsExactly(1);
  }

  @Test
  void nothingToDoNeedsNobody() {
    Workers.run(List.<Workers.Task<Integer>>of(), results::add);

    assertThat(results).isEmpty();
  }

  /** One result stands before the interrupt, the other never. */
  private static void hang(CountDownLatch waiting, Consumer<Integer> results) {
    results.accept(2);
    waiting.countDown();
    try {
      new CountDownLatch(1).await();
      results.accept(-2);
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
