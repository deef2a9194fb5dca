package dnsblmonitor.dnsbl;

import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.WireParseException;

/**
 * One question and its tries, until one is answered or the deadline has come (R12). Runs on the
 * loop; the outcome is told there, once, and never from within {@link #ask()}.
 */
final class Question {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);

  /** A try that has less time than this to be answered is not worth its packet. */
  private static final Duration MIN_TRY = Duration.ofMillis(125);

  private final Record record;
  private final Resolvers resolvers;
  private final RoundTrip roundTrip;
  private final Executor loop;
  private final long deadlineNanos;
  private final Consumer<Outcome> tell;
  private final int firstTurn;
  private @Nullable Upstream lastAsked;
  private boolean triesAgain;
  private long nextTryNanos;
  private boolean over;
  private int tries;
  private int faults;
  private Outcome soFar = new Outcome.Silence();
  private boolean askedAnotherResolver;

  /**
   * @param roundTrip of the zone that is asked
   * @param deadlineNanos when the outcome is told at the latest, by {@link System#nanoTime()}
   */
  Question(
      Record record,
      Resolvers resolvers,
      RoundTrip roundTrip,
      Executor loop,
      long deadlineNanos,
      Consumer<Outcome> tell) {
    this.record = record;
    this.resolvers = resolvers;
    this.roundTrip = roundTrip;
    this.loop = loop;
    this.deadlineNanos = deadlineNanos;
    this.tell = tell;
    this.firstTurn = resolvers.nextTurn();
  }

  /** Sends the first try, or another one. */
  void ask() {
    int number = ++tries;
    long sentNanos = System.nanoTime();
    Upstream upstream = resolvers.at(firstTurn + number, sentNanos);
    lastAsked = upstream;
    planNextTry(sentNanos + roundTrip.waitNanos(number));
    upstream
        .send(Message.newQuery(record))
        .whenComplete((answer, fault) -> {
          if (fault == null) {
            roundTrip.took(System.nanoTime() - sentNanos);
            upstream.answered();
            loop.execute(() -> hear(answer)); // where an error of ours would not go unheard
          } else {
            loop.execute(() -> failed(number, upstream, unwrapped(fault)));
          }
        });
  }

  /** Ends it where its deadline has come, sends the next try where that is due. */
  void tick(long nowNanos) {
    if (over) {
      return;
    }
    if (nowNanos - deadlineNanos >= 0) {
      silent(nowNanos);
      end(soFar);
    } else if (triesAgain && nowNanos - nextTryNanos >= 0) {
      silent(nowNanos);
      if (soFar instanceof Outcome.Fault) {
        soFar = new Outcome.Silence();
      }
      ask();
    }
  }

  /** Forgets the question: no outcome is told any more. */
  void drop() {
    over = true;
  }

  private void silent(long nowNanos) {
    if (lastAsked != null && faults < tries) {
      lastAsked.silent(nowNanos);
    }
  }

  private void hear(Message answer) {
    if (over) {
      return;
    }
    if (shouldAskAnotherResolver(answer)) {
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

  private void failed(int number, Upstream upstream, Throwable fault) {
    if (over) {
      return;
    }
    long now = System.nanoTime();
    if (isOfTheWay(fault)) {
      upstream.silent(now);
    }
    faults++;
    boolean allFailed = faults == tries;
    if (allFailed && !(soFar instanceof Outcome.Answer)) {
      soFar = new Outcome.Fault(cause(fault));
    }
    if (number == tries) {
      planNextTry(now + pauseNanos());
    }
    if (allFailed && !triesAgain) {
      end(soFar);
    }
  }

  /** After a failed try: doubled each time, as far as a silent try would be waited for. */
  private long pauseNanos() {
    long doubled = FIRST_PAUSE.toNanos() << Math.min(faults - 1, 10);
    return Math.min(doubled, roundTrip.waitNanos(tries));
  }

  private void planNextTry(long atNanos) {
    nextTryNanos = atNanos;
    triesAgain = deadlineNanos - atNanos >= MIN_TRY.toNanos();
  }

  private void end(Outcome outcome) {
    if (!over) {
      drop();
      tell.accept(outcome);
    }
  }

  /** In our own words: dnsjava's hold the name that was asked for, which may be a key (R32). */
  private static String cause(Throwable fault) {
    return switch (fault) {
      case PortUnreachableException _ -> "resolver's port is unreachable";
      case WireParseException _ -> "answer is malformed";
      case IOException e when isJavas(e) && e.getMessage() != null -> e.getMessage();
      default -> fault.getClass().getSimpleName();
    };
  }

  private static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** The resolver cannot be reached by UDP; that TCP is refused says nothing of that. */
  private static boolean isOfTheWay(Throwable fault) {
    return fault instanceof SocketException && !(fault instanceof ConnectException);
  }

  private static boolean isJavas(Throwable cause) {
    return cause.getClass().getName().startsWith("java.");
  }
}
