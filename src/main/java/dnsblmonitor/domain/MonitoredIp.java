package dnsblmonitor.domain;

import java.util.Optional;

/**
 * A row of {@code ip_addresses} whose address is valid, as it was read.
 *
 * @param rowId the row's {@code id}
 * @param poolId its {@code ip_pool_id}
 */
public record MonitoredIp(
    long rowId,
    Ipv4Address address,
    Optional<Long> poolId,
    Optional<String> hostname,
    RowValues values) {

  public IpState state() {
    return values.state();
  }

  public MonitoredIp with(RowValues newValues) {
    return new MonitoredIp(rowId, address, poolId, hostname, newValues);
  }
}
