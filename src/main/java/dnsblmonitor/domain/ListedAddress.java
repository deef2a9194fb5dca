package dnsblmonitor.domain;

import java.util.Optional;
import java.util.SortedSet;

/**
 * An address that the table says is listed, with what this run knows of it.
 *
 * @param row the row; where several rows hold the address, the first listed one
 * @param zones the shown names of all zones that list it
 * @param check its lookups, or empty where this execution made none (a restart: R24)
 * @param poolExhausted whether every address of its pool is listed (R22a)
 */
public record ListedAddress(
    MonitoredIp row, SortedSet<String> zones, Optional<IpCheck> check, boolean poolExhausted) {

  public Ipv4Address address() {
    return row.address();
  }
}
