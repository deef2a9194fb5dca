package dnsblmonitor.dnsbl;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.WireParseException;

/**
 * One question and its tries, until one is answered or the deadline has come. Runs on the loop; the
 * outcome is told there, once, and never from within {@link #ask()}.
 */
final class Question {

  private final Record record;
  private final Resolvers resolvers;
  private final ScheduledExecutorService loop;
  private final TryTimes times;
  private final long deadlineNanos;
  private final Consumer<Outcome> tell;
  private final int firstTurn;
  private final ScheduledFuture<?> deadline;
  private @Nullable ScheduledFuture<?> nextTry;
  private boolean over;
  private int tries;
  private int faults;
  private Outcome soFar = new Outcome.Silence();
  private boolean askedAnotherResolver;

  /**
   * @param deadlineNanos when the outcome is told at the latest, by {@link System#nanoTime()}
   */
  Question(
      Record record,
      Resolvers resolvers,
      ScheduledExecutorService loop,
      TryTimes times,
      long deadlineNanos,
      Consumer<Outcome> tell) {
    this.record = record;
    this.resolvers = resolvers;
    this.loop = loop;
    this.times = times;
    this.deadlineNanos = deadlineNanos;
    this.tell = tell;
    this.firstTurn = resolvers.nextTurn();
    this.deadline = loop.schedule(() -> end(soFar), nanosLeft(), TimeUnit.NANOSECONDS);
  }

  /** Sends the first try, or another one. */
  void ask() {
    int number = ++tries;
    planNextTry(times.perTry());
    resolvers
        .send(Message.newQuery(record), firstTurn + number, loop)
        .whenCompleteAsync((answer, fault) -> hear(number, answer, fault), loop);
  }

  /** Forgets the question: no outcome is told any more. */
  void drop() {
    over = true;
    deadline.cancel(false);
    cancelNextTry();
  }

  private void hear(int number, @Nullable Message answer, @Nullable Throwable fault) {
    if (over) {
      return;
    }
    if (answer == null) {
      failed(number, fault);
    } else if (shouldAskAnotherResolver(answer)) {
      askedAnotherResolver = true;
      soFar = new Outcome.Answer(answer);
      ask();
    } else {
      end(new Outcome.Answer(answer));
    }
  }

  /**
   * A resolver's SERVFAIL may be its own trouble: another one, where there is one, is asked once.
   */
  private boolean shouldAskAnotherResolver(Message answer) {
    return answer.getRcode() == Rcode.SERVFAIL && resolvers.areSeveral() && !askedAnotherResolver;
  }

  private void failed(int number, @Nullable Throwable fault) {
    faults++;
    boolean allFailed = faults == tries;
    if (allFailed && !(soFar instanceof Outcome.Answer)) {
      soFar = new Outcome.Fault(cause(fault));
    }
    if (number == tries) {
      planNextTry(times.pauseAfter(faults));
    }
    if (allFailed && nextTry == null) {
      end(soFar);
    }
  }

  /** Another try after {@code pause}, where it would still have time to be answered. */
  private void planNextTry(Duration pause) {
    cancelNextTry();
    if (nanosLeft() > pause.toNanos() + times.perTry().toNanos() / 2) {
      nextTry = loop.schedule(this::askAgain, pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void askAgain() {
    if (!over) {
      if (soFar instanceof Outcome.Fault) {
        soFar = new Outcome.Silence();
      }
      ask();
    }
  }

  private void cancelNextTry() {
    if (nextTry != null) {
      nextTry.cancel(false);
      nextTry = null;
    }
  }

  private void end(Outcome outcome) {
    if (!over) {
      drop();
      tell.accept(outcome);
    }
  }

  private long nanosLeft() {
    return deadlineNanos - System.nanoTime();
  }

  /** In our own words: dnsjava's hold the name that was asked for, which may be a key (R32). */
  private static String cause(@Nullable Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    return switch (cause) {
      case PortUnreachableException _ -> "resolver's port is unreachable";
      case WireParseException _ -> "answer is malformed or of another question";
      case IOException e when isJavas(e) && e.getMessage() != null -> e.getMessage();
      case null -> "no cause given";
      default -> cause.getClass().getSimpleName();
    };
  }

  private static boolean isJavas(Throwable cause) {
    return cause.getClass().getName().startsWith("java.");
  }
}
