package dnsblmonitor.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of {@code ip_addresses} with a valid address, as read.
 *
 * @param rowId the row's {@code id}
 * @param address its IPv4 address, which identifies the row to users
 * @param ipv6 its IPv6 address, if that is looked up as well (CHECK_IPV6)
 * @param poolId its {@code ip_pool_id}
 */
public record MonitoredIp(
    long rowId,
    Ipv4Address address,
    Optional<Ipv6Address> ipv6,
    Optional<Long> poolId,
    Optional<String> hostname,
    RowValues values) {

  /** The addresses to look up, the IPv4 address first. */
  public List<IpAddress> addresses() {
    List<IpAddress> addresses = new ArrayList<>();
    addresses.add(address);
    ipv6.ifPresent(addresses::add);
    return addresses;
  }

  public IpState state() {
    return values.state();
  }

  public MonitoredIp with(RowValues newValues) {
    return new MonitoredIp(rowId, address, ipv6, poolId, hostname, newValues);
  }
}
