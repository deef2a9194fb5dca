package dnsblmonitor.domain;

import java.util.Optional;
import java.util.SortedSet;

/**
 * An address that is listed in the table, with this run's results for it.
 *
 * @param row the row; if several rows have the address, the first listed one
 * @param zones the shown names of all zones that list it
 * @param check its lookups; empty if this execution made none (a restart: R24)
 * @param poolExhausted whether every address of its pool is listed (R22a)
 */
public record ListedAddress(
    MonitoredIp row, SortedSet<String> zones, Optional<IpCheck> check, boolean poolExhausted) {

  public Ipv4Address address() {
    return row.address();
  }
}
