package dnsblmonitor.dnsbl;

import dnsblmonitor.domain.DnsAnswer;
import java.time.Duration;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** What became of one question, all its tries together. */
sealed interface Outcome {

  /** A message of the resolver, whatever its rcode. */
  record Answer(Message message) implements Outcome {}

  /** Nothing came within the time that was left. */
  record Silence() implements Outcome {}

  /** Every try failed; {@code cause} says how the last one did, without any name asked for. */
  record Fault(String cause) implements Outcome {}

  /** As the answer to an A question that was given {@code timeout}. */
  default DnsAnswer addresses(Duration timeout) {
    return switch (this) {
      case Answer(var message) -> Answers.addresses(message);
      case Silence() -> new DnsAnswer.TimedOut(timeout);
      case Fault(String cause) -> new DnsAnswer.NetworkFault(cause);
    };
  }

  /** The resolver could not get anything out of the zone. */
  default boolean isServerFailure() {
    return this instanceof Answer(var message) && message.getRcode() == Rcode.SERVFAIL;
  }
}
