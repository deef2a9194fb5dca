package dnsblmonitor.domain;

/**
 * The figures of a run.
 *
 * @param rows all rows read, including invalid ones
 * @param invalid rows that were skipped because their ipv4 is not an address
 * @param changed rows that are now listed by other zones than before
 * @param restored rows that are no longer listed
 * @param listedNow rows that are listed now
 * @param protectedRows rows that are clean only because an allowlist gave no answer (R17)
 * @param unknownLookups lookups without a usable answer
 */
public record RunTotals(
    long rows,
    long newlyListed,
    long changed,
    long restored,
    long unchanged,
    long listedNow,
    long invalid,
    long conflicts,
    long drifted,
    long protectedRows,
    long unknownLookups,
    long lookups) {

  /** Of a run that did nothing. */
  public static final RunTotals NONE = new RunTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Rows that the run changed; in a dry run, would have changed. */
  public long changedRows() {
    return newlyListed + changed + restored;
  }
}
