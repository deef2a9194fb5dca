package dnsblmonitor.domain;

import dnsblmonitor.domain.LookupResult.Listed;

/**
 * What a zone answered to the test entries of RFC 5782 5 (R14), from no finding to the worst one;
 * the label stands in the log.
 */
public enum Probe {
  /** Not probed. */
  OFF("Off"),
  OK("Ok"),
  /** It answered, but does not list the entry that it should: only reported. */
  TEST_ENTRY_MISSING("TestEntryMissing"),
  /** Silent for one entry at least: what was not answered cannot be trusted (R14). */
  UNANSWERED("Unanswered"),
  /** It lists the entry that nobody may list, so that its listings mean nothing. */
  LISTS_EVERYTHING("ListsEverything");

  private final String label;

  Probe(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /**
   * What the answers of {@code zone} to a pair of {@link TestEntries} say together.
   *
   * <p>An error code, or an answer without an address, is no silence: the zone's lookups get the
   * same at once, under its own name, so that nothing is won by giving the zone up.
   */
  public static Probe of(Zone zone, DnsAnswer toListed, DnsAnswer toNeverListed) {
    if (ReturnCodes.classify(zone, toNeverListed) instanceof Listed) {
      return LISTS_EVERYTHING;
    }
    if (toListed.isSilence() || toNeverListed.isSilence()) {
      return UNANSWERED;
    }
    return lists(toListed) ? OK : TEST_ENTRY_MISSING;
  }

  /** Whatever the zone's filter accepts: filters leave the test entry's return code out. */
  private static boolean lists(DnsAnswer toListed) {
    return toListed instanceof DnsAnswer.Addresses(var codes)
        && codes.stream().anyMatch(ReturnCodes::canMeanListed);
  }

  /** The worse of two, for a zone that was probed by the entries of both families. */
  public Probe and(Probe other) {
    return compareTo(other) > 0 ? this : other;
  }
}
