package dnsblmonitor.domain;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** One zone's result for one address: listed, not listed, or no usable answer. */
public sealed interface LookupResult {

  /**
   * The zone lists the address.
   *
   * @param answers all return codes
   * @param weight the sum of the weights whose filters accept an answer (R15)
   * @param reason the TXT record (RFC 5782 2.1), if there is one
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

  /** The zone gave no usable answer, which neither throttles nor restores the address (R17). */
  record Unknown(UnknownReason reason, String message) implements LookupResult {}
}
