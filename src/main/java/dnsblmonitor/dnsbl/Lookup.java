package dnsblmonitor.dnsbl;

import dnsblmonitor.domain.DnsAnswer;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.ReturnCodes;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneLookup.Answered;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * One zone asked about one address: the A question and, after a hit, the TXT question, both within
 * one time-out (R11, R12). Runs on the loop, apart from {@link #answered()}.
 */
final class Lookup {

  /** Starts a question: what, until when ({@link System#nanoTime()}), whom to tell. */
  @FunctionalInterface
  interface Asker {
    Question ask(Record question, long deadlineNanos, Consumer<Outcome> tell);
  }

  private final Zone zone;
  private final Name name;
  private final Duration timeout;
  private final Asker asker;
  private final CompletableFuture<Answered> answered = new CompletableFuture<>();

  private @Nullable Question question;
  private @Nullable Runnable whenOver;
  private long sentNanos;

  /**
   * @param name what to ask for, absolute
   */
  Lookup(Zone zone, Name name, Duration timeout, Asker asker) {
    this.zone = zone;
    this.name = name;
    this.timeout = timeout;
    this.asker = asker;
  }

  CompletableFuture<Answered> answered() {
    return answered;
  }

  /** Sends the first question; {@code whenOver} runs when no further one will be sent. */
  void start(Runnable over) {
    whenOver = over;
    sentNanos = System.nanoTime();
    ask(Type.A, this::heardAddress);
  }

  /** Nobody waits for it any more. */
  void cancel() {
    leave();
    answered.cancel(false);
  }

  private void ask(int type, Consumer<Outcome> tell) {
    Record record = Record.newRecord(name, type, DClass.IN);
    question = asker.ask(record, sentNanos + timeout.toNanos(), tell);
  }

  private void heardAddress(Outcome outcome) {
    Duration latency = Duration.ofNanos(System.nanoTime() - sentNanos);
    LookupResult result = ReturnCodes.classify(zone, answer(outcome));
    if (result instanceof Listed listed) {
      ask(
          Type.TXT,
          text ->
              end(new Answered(listed.withReason(reason(text).map(zone::withoutKey)), latency)));
    } else {
      end(new Answered(result, latency));
    }
  }

  private DnsAnswer answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answer(var message) -> Answers.addresses(message);
      case Outcome.Silence() -> new DnsAnswer.TimedOut(timeout);
      case Outcome.Fault(String cause) -> new DnsAnswer.NetworkFault(cause);
    };
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
    if (whenOver != null) {
      Runnable over = whenOver;
      whenOver = null;
      over.run();
    }
  }
}
