package dnsblmonitor.dnsbl;

import dnsblmonitor.domain.IpAddress;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.Probe;
import dnsblmonitor.domain.ReturnCodes;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneLookup.Answered;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * One zone queried for one address: the A query and, after a hit, the TXT query, both within one
 * time-out (R11, R12). Runs on the loop, except {@link #answered()}.
 */
final class Lookup {

  private static final Duration REASON_PATIENCE = Duration.ofSeconds(1);

  private final class Promise extends CompletableFuture<Answered> {
    @Override
    public boolean cancel(boolean mayInterrupt) {
      boolean pending = !isDone();
      boolean cancelled = super.cancel(mayInterrupt); // also true if it was already cancelled
      if (pending && cancelled) {
        whenCancelled.accept(Lookup.this);
      }
      return cancelled;
    }

    /** Without notifying the callback that would cancel the lookup. */
    void abandon() {
      super.cancel(false);
    }
  }

  private final Zone zone;
  private final IpAddress address;
  private final Duration timeout;
  private final Consumer<Lookup> whenCancelled;
  private final Promise answered = new Promise();

  private @Nullable ZoneQuestions questions;
  private @Nullable ZoneWindow window;
  private @Nullable Question question;
  private long sentNanos;

  /**
   * @param whenCancelled called by the thread that cancels the future
   */
  Lookup(Zone zone, IpAddress address, Duration timeout, Consumer<Lookup> whenCancelled) {
    this.zone = zone;
    this.address = address;
    this.timeout = timeout;
    this.whenCancelled = whenCancelled;
  }

  IpAddress address() {
    return address;
  }

  CompletableFuture<Answered> answered() {
    return answered;
  }

  /** Sends the first query. */
  void start(ZoneQuestions zoneQuestions, ZoneWindow zoneWindow) {
    questions = zoneQuestions;
    window = zoneWindow;
    sentNanos = System.nanoTime();
    question =
        zoneQuestions.ask(address, Type.A, sentNanos + timeout.toNanos(), this::heardAddress);
  }

  void tick(long nowNanos) {
    if (question != null) {
      question.tick(nowNanos);
    }
  }

  /** Completes it without a query, or without waiting any longer. */
  void refuse(Unknown unknown) {
    end(new Answered(unknown, questions == null ? Duration.ZERO : tookSoFar()));
  }

  /** The lookup was cancelled. */
  void cancel() {
    leave();
    answered.abandon();
  }

  /** The engine failed. */
  void fail(Throwable cause) {
    leave();
    answered.completeExceptionally(cause);
  }

  private Duration tookSoFar() {
    return Duration.ofNanos(System.nanoTime() - sentNanos);
  }

  private void heardAddress(Outcome outcome) {
    Duration latency = tookSoFar();
    Probe probe = window == null ? Probe.OFF : window.probe(this);
    LookupResult result = ReturnCodes.classify(zone, outcome.addresses(timeout), probe);
    if (result instanceof Listed listed) {
      askForReason(listed, latency);
    } else {
      answered.complete(new Answered(result, latency));
    }
    if (window != null) {
      window.heard(outcome, latency);
    }
    if (!(result instanceof Listed)) {
      leave();
    }
  }

  /**
   * The reason may take about as long as the answer took, not all of the remaining time: otherwise
   * a zone that does not answer TXT queries would delay each of its listings by a whole time-out.
   */
  private void askForReason(Listed listed, Duration latency) {
    if (questions != null) {
      long patienceNanos = Math.max(REASON_PATIENCE.toNanos(), 2 * latency.toNanos());
      long deadlineNanos =
          sentNanos + Math.min(timeout.toNanos(), latency.toNanos() + patienceNanos);
      question =
          questions.ask(
              address,
              Type.TXT,
              deadlineNanos,
              text ->
                  end(
                      new Answered(
                          listed.withReason(reason(text).map(zone::withoutKey)), latency)));
    }
  }

  private static Optional<String> reason(Outcome outcome) {
    return outcome instanceof Outcome.Answer(var message)
        ? Answers.text(message)
        : Optional.empty();
  }

  private void end(Answered result) {
    leave();
    answered.complete(result);
  }

  private void leave() {
    if (question != null) {
      question.drop();
      question = null;
    }
    if (window != null) {
      ZoneWindow left = window;
      window = null;
      left.left(this);
    }
  }
}
