package dnsblmonitor.domain;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The answer to one A query, before it is interpreted by {@link ReturnCodes}. */
public sealed interface DnsAnswer {

  /** Whether there was no answer at all. */
  default boolean isSilence() {
    return this instanceof TimedOut || this instanceof NetworkFault;
  }

  /** NOERROR with at least one A record. */
  record Addresses(SortedSet<Ipv4Address> addresses) implements DnsAnswer {
    public Addresses {
      addresses = Collections.unmodifiableSortedSet(new TreeSet<>(addresses));
    }

    public static Addresses of(Collection<Ipv4Address> addresses) {
      return new Addresses(new TreeSet<>(addresses));
    }
  }

  /** NXDOMAIN. */
  record NoSuchName() implements DnsAnswer {}

  /** NOERROR without an A record. */
  record NoData() implements DnsAnswer {}

  /** Any other rcode, by its mnemonic ({@code SERVFAIL}, {@code REFUSED}, {@code NOTIMP} ...). */
  record ErrorCode(String rcode) implements DnsAnswer {}

  /** No answer within {@code limit}, retries included. */
  record TimedOut(Duration limit) implements DnsAnswer {}

  /** The query could not be sent or its answer not received. */
  record NetworkFault(String message) implements DnsAnswer {}
}
