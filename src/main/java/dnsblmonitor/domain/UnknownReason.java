package dnsblmonitor.domain;

/** Why a lookup has no usable answer; {@link #label()} is the log's {@code error_type}. */
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
  /** "Not listed" by a list that does not list its test entry and may be dead (R14). */
  TEST_ENTRY_MISSING("TestEntryMissing"),
  ZONE_UNREACHABLE("ZoneUnreachable"),
  /** Not one of the zones of a manual run (R29a); no lookup was made and nothing is logged. */
  LEFT_OUT("LeftOut");

  private final String label;

  UnknownReason(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** Whether no answer arrived from any list, as with a dead resolver. */
  public boolean isSilence() {
    return this == TIMEOUT || this == NETWORK_ERROR || this == ZONE_UNREACHABLE;
  }
}
