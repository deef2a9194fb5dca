package dnsblmonitor.history;

/** How an address stands with one zone after a check, in one word for people. */
public enum Standing {
  /** The zone lists it. */
  LISTED,
  /** The zone lists it, which does not count, since the zone lists too many at once (R14a). */
  HELD_BACK,
  /** The zone lists it, which people accept (R20b). */
  EXCEPTED,
  /** The zone said nothing, and what it said before counts: listed (R17). */
  KEPT,
  /** The zone said nothing that could be relied on, or was left out (R29a). */
  UNKNOWN,
  /** The zone does not list it. */
  CLEAN
}
