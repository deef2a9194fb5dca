package dnsblmonitor.dnsbl;

import dnsblmonitor.domain.IpAddress;
import dnsblmonitor.domain.Zone;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/** Starts the queries to one zone, which share its round-trip estimate. Runs on the loop. */
record ZoneQuestions(Zone zone, Resolvers resolvers, RoundTrip roundTrip, Executor loop) {

  /**
   * Sends a query and returns immediately.
   *
   * @param type the record type, see {@link org.xbill.DNS.Type}
   * @param deadlineNanos latest time to report the outcome, by {@link System#nanoTime()}
   * @param onOutcome called on the loop, once, never within this method
   */
  Question ask(IpAddress address, int type, long deadlineNanos, Consumer<Outcome> onOutcome) {
    Record record = Record.newRecord(name(zone, address), type, DClass.IN);
    Question question = new Question(record, resolvers, roundTrip, loop, deadlineNanos, onOutcome);
    question.ask();
    return question;
  }

  /** The name to query (RFC 5782 2.1, 2.4); absolute, so that no search list is tried (R10). */
  static Name name(Zone zone, IpAddress address) {
    try {
      return Name.fromString(address.reversed() + "." + zone.queryName() + ".");
    } catch (TextParseException _) { // its message contains the name, which may hold a key
      throw new IllegalArgumentException("zone '%s' makes no DNS name".formatted(zone.shownName()));
    }
  }
}
