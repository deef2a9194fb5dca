package dnsblmonitor.postal;

import dnsblmonitor.domain.MonitoredIp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row as read: valid, or without a valid address (R7). */
public sealed interface TableRow {

  long id();

  /**
   * A row with a valid IPv4 address.
   *
   * @param invalidIpv6 the value of {@code ipv6}, if it is to be checked and is not an address
   */
  record Valid(MonitoredIp ip, Optional<String> invalidIpv6) implements TableRow {
    @Override
    public long id() {
      return ip.rowId();
    }
  }

  /**
   * A row without a valid IPv4 address.
   *
   * @param value of {@code ipv4}
   */
  record Invalid(long id, @Nullable String value) implements TableRow {}
}
