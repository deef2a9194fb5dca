package dnsblmonitor.domain;

/**
 * The figures of a run.
 *
 * @param rows all rows read, invalid ones too
 * @param invalid rows that were skipped, because their ipv4 is no address; a bad ipv6 does not
 *     count
 * @param newlyListedOrChanged rows newly listed, or listed by other zones than before
 * @param listedNow rows that are listed now
 * @param unknownLookups lookups without a usable answer
 */
public record RunTotals(
    long rows,
    long newlyListedOrChanged,
    long cleaned,
    long unchanged,
    long listedNow,
    long invalid,
    long conflicts,
    long drifted,
    long unknownLookups,
    long lookups) {}
