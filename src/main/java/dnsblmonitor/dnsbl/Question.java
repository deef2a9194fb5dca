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
 * One query with its tries, until one is answered or the deadline passes (R12). Runs on the loop;
 * the outcome is reported there, once, and never within {@link #ask()}.
 */
final class Question {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);

  /** The minimum remaining time for another try. */
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
   * @param roundTrip of the queried zone
   * @param deadlineNanos latest time to report the outcome, by {@link System#nanoTime()}
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

  /** Sends the first or another try. */
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
            loop.execute(() -> hear(answer)); // on the loop, so that our own errors are noticed
          } else {
            loop.execute(() -> failed(number, upstream, unwrapped(fault)));
          }
        });
  }

  /** Ends the query if its deadline has passed; sends the next try if it is due. */
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

  /** Drops the query: no outcome is reported any more. */
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

  /** A SERVFAIL may be a problem of this resolver: another one, if configured, is tried once. */
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

  /** The delay after a failed try: doubled each time, up to the time-out of an unanswered try. */
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

  /** Our own text: dnsjava's messages contain the queried name, which may hold a key (R32). */
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

  /** Whether the resolver is unreachable over UDP; a refused TCP connection does not count. */
  private static boolean isOfTheWay(Throwable fault) {
    return fault instanceof SocketException && !(fault instanceof ConnectException);
  }

  private static boolean isJavas(Throwable cause) {
    return cause.getClass().getName().startsWith("java.");
  }
}
