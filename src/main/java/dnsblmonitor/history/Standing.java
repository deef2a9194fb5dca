package dnsblmonitor.history;

/** An address's status in one zone after a check, in one word for display. */
public enum Standing {
  /** The zone lists it. */
  LISTED,
  /** The zone lists it but is held back, since it lists too many at once (R14a). */
  HELD_BACK,
  /** The zone lists it, but an exception applies (R20b). */
  EXCEPTED,
  /** The zone did not answer, and its last known answer, listed, counts (R17). */
  KEPT,
  /** The zone gave no usable answer or was not queried (R29a). */
  UNKNOWN,
  /** The zone does not list it. */
  CLEAN
}
