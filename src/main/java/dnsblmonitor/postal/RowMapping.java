package dnsblmonitor.postal;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Ipv6Address;
import dnsblmonitor.domain.MonitoredIp;
import java.util.Optional;

/**
 * Maps a row's raw columns.
 *
 * @param ipv6 whether the column {@code ipv6} counts, else it is as if it were empty (CHECK_IPV6)
 */
record RowMapping(boolean ipv6) {

  TableRow tableRow(IpAddressRow row) {
    return address(row)
        .<TableRow>map(address ->
            new TableRow.Valid(
                new MonitoredIp(
                    row.id(),
                    address,
                    ipv6(row),
                    Optional.ofNullable(row.poolId()),
                    Optional.ofNullable(row.hostname()),
                    row.values()),
                ipv6Text(row).filter(text -> Ipv6Address.parse(text).isEmpty())))
        .orElseGet(() -> new TableRow.Invalid(row.id(), row.ipv4()));
  }

  /** Whether the row still has the addresses that were looked up. */
  boolean holds(IpAddressRow row, MonitoredIp ip) {
    return address(row).filter(ip.address()::equals).isPresent() && ipv6(row).equals(ip.ipv6());
  }

  private Optional<Ipv6Address> ipv6(IpAddressRow row) {
    return ipv6Text(row).flatMap(Ipv6Address::parse);
  }

  private Optional<String> ipv6Text(IpAddressRow row) {
    return Optional.ofNullable(row.ipv6()).filter(text -> ipv6 && !text.isBlank());
  }

  private static Optional<Ipv4Address> address(IpAddressRow row) {
    return Optional.ofNullable(row.ipv4()).flatMap(Ipv4Address::parse);
  }
}
