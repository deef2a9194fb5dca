package dnsblmonitor.domain;

/** The result of a zone's test entries (RFC 5782 5, R14), from best to worst. */
public enum Probe {
  /** Not probed, or known to have no test entry. */
  OFF("Off"),
  OK("Ok"),
  /** Ok for IPv4; the IPv6 test entry is missing, as in most lists: only reported. */
  IPV6_TEST_ENTRY_MISSING("Ok"),
  /**
   * It answered but does not list 127.0.0.2, so it may be dead or empty. Its listings count; "not
   * listed" from a zone of positive weight is UNKNOWN.
   */
  TEST_ENTRY_MISSING("TestEntryMissing"),
  /** No answer for at least one entry, so the zone cannot be trusted (R14). */
  UNANSWERED("Unanswered"),
  /** It lists 127.0.0.1, which no list may contain, so its listings are ignored. */
  LISTS_EVERYTHING("ListsEverything");

  private final String label;

  Probe(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /**
   * The result of the answers of {@code zone} to a pair of {@link TestEntries}.
   *
   * <p>An error code, or an answer without an address, is not a missing answer: the zone's lookups
   * get the same immediately, so opening the circuit breaker would gain nothing.
   */
  public static Probe of(Zone zone, DnsAnswer toListed, DnsAnswer toNeverListed) {
    if (ReturnCodes.listsLoopback(zone, toNeverListed)) {
      return LISTS_EVERYTHING;
    }
    if (toListed.isSilence() || toNeverListed.isSilence()) {
      return UNANSWERED;
    }
    if (ReturnCodes.listsTestEntry(zone, toListed)) {
      return OK;
    }
    return zone.hasTestEntry() ? TEST_ENTRY_MISSING : OFF;
  }

  /** The worse of two, for a zone that was probed for both address families. */
  public static Probe ofBoth(Probe ipv4, Probe ipv6) {
    if (ipv6 == TEST_ENTRY_MISSING) {
      return ipv4 == OK ? IPV6_TEST_ENTRY_MISSING : ipv4;
    }
    return ipv4.compareTo(ipv6) > 0 ? ipv4 : ipv6;
  }

  /** Whether the zone works. */
  public boolean isOk() {
    return this == OK || this == IPV6_TEST_ENTRY_MISSING;
  }
}
