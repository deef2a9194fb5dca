package dnsblmonitor.dnsbl;

import org.xbill.DNS.Message;

/** What became of one question, all its tries together. */
sealed interface Outcome {

  /** A message of the resolver, whatever its rcode. */
  record Answer(Message message) implements Outcome {}

  /** Nothing came within the time that was left. */
  record Silence() implements Outcome {}

  /** Every try failed; {@code cause} says how the last one did, without any name asked for. */
  record Fault(String cause) implements Outcome {}
}
