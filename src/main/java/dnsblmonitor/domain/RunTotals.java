package dnsblmonitor.domain;

/**
 * The figures of a run.
 *
 * @param rows all rows read, invalid ones too
 * @param invalid rows that were skipped, because their ipv4 is no address; a bad ipv6 does not
 *     count
 * @param changed rows that were listed before, by other zones
 * @param restored rows that are listed no more
 * @param listedNow rows that are listed now
 * @param protectedRows clean rows that only an allowlist without an answer protects (R17)
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

  /** Rows that the run changed; in a dry run, would have changed. */
  public long changedRows() {
    return newlyListed + changed + restored;
  }
}
