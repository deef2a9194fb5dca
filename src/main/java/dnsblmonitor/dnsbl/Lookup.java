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
 * One zone asked about one address: the A question and, after a hit, the TXT question, both within
 * one time-out (R11, R12). Runs on the loop, apart from {@link #answered()}.
 */
final class Lookup {

  private static final Duration REASON_PATIENCE = Duration.ofSeconds(1);

  private final class Promise extends CompletableFuture<Answered> {
    @Override
    public boolean cancel(boolean mayInterrupt) {
      boolean pending = !isDone();
      boolean cancelled = super.cancel(mayInterrupt); // true again of what is cancelled already
      if (pending && cancelled) {
        whenCancelled.accept(Lookup.this);
      }
      return cancelled;
    }

    /** Without telling anybody who would only cancel the lookup. */
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
   * @param whenCancelled told by whatever thread cancels the future
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

  /** Sends the first question. */
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

  /** Answers it without asking, or without waiting any longer. */
  void refuse(Unknown unknown) {
    end(new Answered(unknown, questions == null ? Duration.ZERO : tookSoFar()));
  }

  /** Nobody waits for it any more. */
  void cancel() {
    leave();
    answered.abandon();
  }

  /** The engine itself has failed. */
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
   * The reason is worth about as much time as the answer took, not the whole rest: a zone that is
   * silent about reasons alone would hold up its listings for a time-out each.
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
