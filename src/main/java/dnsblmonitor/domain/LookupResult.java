package dnsblmonitor.domain;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one zone says of one address: listed, not listed, or nothing that could be relied on. */
public sealed interface LookupResult {

  /**
   * The zone lists the address.
   *
   * @param answers the return codes, all that were answered
   * @param weight the sum of the weights whose filters accept an answer (R15)
   * @param reason the TXT record (RFC 5782 2.1), where one was to be had
   */
  record Listed(SortedSet<Ipv4Address> answers, int weight, Optional<String> reason)
      implements LookupResult {
    public Listed {
      answers = Collections.unmodifiableSortedSet(new TreeSet<>(answers));
    }

    public Listed withReason(Optional<String> text) {
      return new Listed(answers, weight, text);
    }
  }

  /** The zone does not list the address. */
  record NotListed() implements LookupResult {}

  /** The zone said nothing of the address: this neither throttles nor clears (R17). */
  record Unknown(UnknownReason reason, String message) implements LookupResult {}
}
