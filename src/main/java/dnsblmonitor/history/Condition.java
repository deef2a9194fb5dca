package dnsblmonitor.history;

/**
 * Something that lasts for several runs and needs attention.
 *
 * @param subject the zone's shown name or the number of the pool; empty for a malfunction
 * @param text what is wrong, as a sentence without its full stop
 */
public record Condition(Kind kind, String subject, String text) {

  /** What it is about. */
  public enum Kind {
    /** Every lookup in a zone failed (R33). */
    LIST_BROKEN,
    /** A zone is held back, since it lists too many addresses at once (R14a). */
    MASS_LISTING,
    /** Every address of a pool is listed (R22a). */
    POOL_EXHAUSTED,
    /** Too many zones failed (R28). */
    MALFUNCTION
  }
}
