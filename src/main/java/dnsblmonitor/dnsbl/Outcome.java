package dnsblmonitor.dnsbl;

import dnsblmonitor.domain.DnsAnswer;
import java.time.Duration;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** The outcome of one query with all its tries. */
sealed interface Outcome {

  /** A message from the resolver, with any rcode. */
  record Answer(Message message) implements Outcome {}

  /** No answer within the remaining time. */
  record Silence() implements Outcome {}

  /** Every try failed; {@code cause} describes the last failure, without the queried name. */
  record Fault(String cause) implements Outcome {}

  /** As the answer to an A query with this {@code timeout}. */
  default DnsAnswer addresses(Duration timeout) {
    return switch (this) {
      case Answer(var message) -> Answers.addresses(message);
      case Silence() -> new DnsAnswer.TimedOut(timeout);
      case Fault(String cause) -> new DnsAnswer.NetworkFault(cause);
    };
  }

  /** The resolver got no answer from the zone. */
  default boolean isServerFailure() {
    return this instanceof Answer(var message) && message.getRcode() == Rcode.SERVFAIL;
  }
}
