package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.jira.Attempt.Answered;
import dnsblmonitor.jira.Attempt.Lost;
import dnsblmonitor.jira.JiraConnector.FailingJira;
import jakarta.json.JsonObject;
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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/**
 * The connection to one Jira. Repeats requests (R26): 3 times, after 2 s, 4 s, 8 s, or after {@code
 * Retry-After} if that is longer. A refused login ends every call at once. Thread-safe.
 */
record JiraSession(
    JiraSettings settings,
    JiraKind kind,
    JiraApi api,
    Replies replies,
    Waits waits,
    Pace pace,
    JiraEvents events,
    Executor executor)
    implements AutoCloseable {

  /** A thread for each request, so that a stop need not wait for its answer. */
  static final Executor OWN_THREAD =
      request -> Thread.ofPlatform().daemon().name("jira").start(request);

  static final List<Duration> BACKOFF =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

  /**
   * The client's read time-out is for each piece of an answer, this one for the whole.
   * {@code @Timeout} cannot do it: it interrupts a thread, which ends no read from a socket.
   */
  private static final long WHOLE_ANSWER_SECONDS = 40;

  /** Asks the server which Jira it is, unless the settings say so (R29). */
  static JiraSession open(
      JiraSettings settings, Waits waits, Pace pace, JiraEvents events, Executor executor) {
    Replies replies = new Replies(settings);
    Function<JiraKind, JiraSession> of =
        kind -> {
          JiraApi api = JiraConnector.connect(settings, kind.apiPath());
          return new JiraSession(settings, kind, api, replies, waits, pace, events, executor);
        };
    JiraKind kind =
        settings
            .kind()
            .orElseGet(() -> {
              // both kinds have version 2 of the API
              try (JiraSession either = of.apply(JiraKind.DATA_CENTER)) {
                return JiraKind.of(either.serverInfo());
              }
            });
    if (kind == JiraKind.CLOUD && settings.user().isEmpty()) {
      throw new TicketDeskException(
          Fault.CONFIGURATION_ERROR,
          "%s is Jira Cloud; set JIRA_USER to the email address of the token's account"
              .formatted(settings.server()));
    }
    return of.apply(kind);
  }

  JsonObject serverInfo() {
    return object("server information of " + settings.server(), JiraApi::serverInfo);
  }

  JsonObject object(String what, Function<JiraApi, Response> request) {
    return replies.object(what, repeatedly(what, request));
  }

  /** Makes a request that may be repeated without harm. */
  Reply repeatedly(String what, Function<JiraApi, Response> request) {
    return repeatedlyTrying(what, () -> once(request));
  }

  /** The same for something that is more than a request. */
  Reply repeatedlyTrying(String what, Supplier<Attempt> attempt) {
    Attempt last = run(what, Attempt::transientFailure, attempt);
    if (last instanceof Answered(Reply reply) && !reply.transientFailure()) {
      return reply;
    }
    throw gaveUp(what, last);
  }

  /**
   * Makes a write that must not reach Jira twice: it is repeated only if it surely did nothing.
   * Returns Jira's answer, or an attempt that may have arrived.
   */
  Attempt unlessArrived(String what, Function<JiraApi, Response> request) {
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
      pauseBeforeRetry(number, waits.retryAfter(last), what + ": " + last.cause());
    }
  }

  /** Reports that something is tried again, after 2 s, 4 s or 8 s. */
  void pauseBeforeRetry(int number, String cause) {
    pauseBeforeRetry(number, Duration.ZERO, cause);
  }

  private void pauseBeforeRetry(int number, Duration atLeast, String cause) {
    Duration wait = Collections.max(List.of(BACKOFF.get(number - 1), atLeast));
    waits.reserve(wait, cause);
    events.retrying(number, wait, cause);
    waits.plain(wait);
  }

  /** Makes one request that writes, at the pace that all writes share. */
  Attempt write(Function<JiraApi, Response> request) {
    pace.awaitTurn();
    return once(request);
  }

  /** Makes one request; an interrupt does not wait for its end. */
  Attempt once(Function<JiraApi, Response> request) {
    waits.stopIfInterrupted();
    try {
      return new Answered(
          CompletableFuture.supplyAsync(() -> Reply.read(request.apply(api)), executor)
              .orTimeout(WHOLE_ANSWER_SECONDS, TimeUnit.SECONDS)
              .get());
    } catch (InterruptedException e) {
      throw Waits.interrupted();
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case FailingJira failure -> new Answered(failure.reply());
        case ProcessingException failure -> Attempt.failed(failure);
        case FaultToleranceException failure -> Attempt.failed(failure);
        case TimeoutException failure ->
            new Lost(
                new ProcessingException(
                    "incomplete after " + WHOLE_ANSWER_SECONDS + " s", failure));
        case null, default -> throw new IllegalStateException("a request to Jira broke", e);
      };
    }
  }

  /** Whether {@code step} succeeds; if it fails for one ticket only, that is a warning. */
  boolean succeeds(Runnable step, String consequence) {
    try {
      step.run();
      return true;
    } catch (TicketDeskException e) {
      if (!e.concernsOneTicket()) {
        throw e;
      }
      events.warning(consequence + ": " + e.getMessage());
      return false;
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

  @Override
  public void close() {
    api.close();
  }
}
