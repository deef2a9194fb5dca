package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.jira.Attempt.Answered;
import dnsblmonitor.jira.Attempt.Lost;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/**
 * Makes requests and repeats them as R26 has it: 3 times, after 2 s, 4 s, 8 s, or after what {@code
 * Retry-After} asks for where that is longer. A refused login ends every call at once. Thread-safe.
 */
final class JiraCalls {

  /** A thread for a request, so that a stop need not wait for its answer. */
  static final Executor OWN_THREAD =
      request -> Thread.ofPlatform().daemon().name("jira").start(request);

  /** The waits before each retry. */
  static final List<Duration> BACKOFF =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

  /** The client's read time-out holds for each piece of an answer, this for all of it. */
  private static final Duration WHOLE_ANSWER = Duration.ofSeconds(40);

  private final Waits waits;
  private final Pace pace;
  private final Replies replies;
  private final JiraEvents events;
  private final Executor executor;

  JiraCalls(Waits waits, Pace pace, Replies replies, JiraEvents events, Executor executor) {
    this.waits = waits;
    this.pace = pace;
    this.replies = replies;
    this.events = events;
    this.executor = executor;
  }

  /** A request that may be made any number of times. */
  Reply repeatedly(String what, Supplier<Response> request) {
    return repeatedlyTrying(what, () -> once(request));
  }

  /** The same of something that is more than a request. */
  Reply repeatedlyTrying(String what, Supplier<Attempt> attempt) {
    Attempt last = run(what, Attempt::transientFailure, attempt);
    if (last instanceof Answered(Reply reply) && !reply.transientFailure()) {
      return reply;
    }
    throw gaveUp(what, last);
  }

  /**
   * A write that must not reach Jira twice: it is repeated only where it surely did nothing. What
   * comes back is an answer that is none of a failing Jira, or may have arrived without one.
   */
  Attempt unlessArrived(String what, Supplier<Response> request) {
    Predicate<Attempt> didNothing =
        attempt -> attempt.transientFailure() && !attempt.mayHaveArrived();
    Attempt last = run(what, didNothing, () -> write(request));
    if (didNothing.test(last)) {
      throw gaveUp(what, last);
    }
    return last;
  }

  private Attempt run(String what, Predicate<Attempt> again, Supplier<Attempt> attempt) {
    for (int number = 1; ; number++) {
      Instant from = waits.now();
      Attempt last = attempt.get();
      if (last.transientFailure()) {
        waits.lostSince(from);
      }
      if (last instanceof Answered(Reply reply)) {
        replies.checkLogin(what, reply);
      }
      if (number > BACKOFF.size() || !again.test(last)) {
        return last;
      }
      pauseBeforeRetry(number, retryAfter(last), what + ": " + last.cause());
    }
  }

  private Duration retryAfter(Attempt last) {
    return last instanceof Answered(Reply reply)
        ? waits.retryAfter(reply).orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  /** Says so, and waits 2 s, 4 s, 8 s. */
  void pauseBeforeRetry(int number, String cause) {
    pauseBeforeRetry(number, Duration.ZERO, cause);
  }

  private void pauseBeforeRetry(int number, Duration atLeast, String cause) {
    Duration wait = Collections.max(List.of(BACKOFF.get(number - 1), atLeast));
    if (wait.compareTo(Waits.MAX_WAIT) <= 0) {
      events.retrying(number, wait, cause);
    }
    waits.afterFailure(wait, cause);
  }

  /** One request that writes, at the pace that all writes share. */
  Attempt write(Supplier<Response> request) {
    pace.awaitTurn();
    return once(request);
  }

  /** One request, on the executor, so that an interrupt need not wait for its end. */
  Attempt once(Supplier<Response> request) {
    waits.stopIfInterrupted();
    CompletableFuture<Reply> reply =
        CompletableFuture.supplyAsync(() -> Reply.read(request.get()), executor);
    try {
      return new Answered(reply.get(WHOLE_ANSWER.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      reply.cancel(true);
      throw Waits.interrupted();
    } catch (TimeoutException e) {
      reply.cancel(true);
      return new Lost(
          new ProcessingException("not whole after %d s".formatted(WHOLE_ANSWER.toSeconds()), e));
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case FailingJira failure -> new Answered(failure.reply());
        case ProcessingException failure -> Attempt.failed(failure);
        case FaultToleranceException failure -> Attempt.failed(failure);
        case null, default -> throw new IllegalStateException("a request to Jira broke", e);
      };
    }
  }

  private TicketDeskException gaveUp(String what, Attempt last) {
    String words = last instanceof Answered(Reply reply) ? replies.words(reply) : "";
    return new TicketDeskException(
        Fault.UNREACHABLE,
        "%s: gave up after %d retries; last: %s%s"
            .formatted(what, BACKOFF.size(), last.cause(), words),
        last.thrown());
  }
}
