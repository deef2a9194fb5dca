package dnsblmonitor.postal;

/**
 * How many rows the table has, and between which ids.
 *
 * @param lookups addresses to look up in each zone: each row's {@code ipv4}, and its {@code ipv6}
 *     if that counts
 */
public record TableExtent(long lookups, long lowestId, long highestId) {}
