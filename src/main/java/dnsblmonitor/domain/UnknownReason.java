package dnsblmonitor.domain;

/** Why a lookup says nothing about an address; {@link #label()} is the log's {@code error_type}. */
public enum UnknownReason {
  TIMEOUT("Timeout"),
  SERVFAIL("SERVFAIL"),
  REFUSED("REFUSED"),
  OTHER_RCODE("OtherRcode"),
  NO_ANSWER("NoAnswer"),
  NETWORK_ERROR("NetworkError"),
  INVALID_RESPONSE("InvalidResponse"),
  ZONE_REFUSES_SERVICE("ZoneRefusesService"),
  ZONE_LISTS_EVERYTHING("ZoneListsEverything"),
  /** "Not listed" by a list that does not list its own test entry: it may be dead (R14). */
  TEST_ENTRY_MISSING("TestEntryMissing"),
  ZONE_UNREACHABLE("ZoneUnreachable"),
  /** Not among the zones of a manual run (R29a); no lookup was made, so the log has none of it. */
  LEFT_OUT("LeftOut");

  private final String label;

  UnknownReason(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** Whether nothing came back that a list could have meant: the mark of a dead resolver. */
  public boolean isSilence() {
    return this == TIMEOUT || this == NETWORK_ERROR || this == ZONE_UNREACHABLE;
  }
}
