package dnsblmonitor.history;

/** How a listing counts toward the score of its address (R36). */
public enum CountsAs {
  /** It counts: for a list of positive weight as listed, for an allowlist as allowed. */
  COUNTED,
  /** Its weight is 0 (R15). */
  WATCH_ONLY,
  /** The list lists too many addresses at once (R14a). */
  HELD_BACK,
  /** An exception applies (R20b). */
  EXCEPTED
}
