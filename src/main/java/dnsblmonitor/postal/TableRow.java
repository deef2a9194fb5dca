package dnsblmonitor.postal;

import dnsblmonitor.domain.MonitoredIp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row as it was read: one that can be checked, or one whose address is none (R7). */
public sealed interface TableRow {

  long id();

  /**
   * A dotted quad, which is checked.
   *
   * @param invalidIpv6 what stands in {@code ipv6}, where that should be checked and is no address
   */
  record Valid(MonitoredIp ip, Optional<String> invalidIpv6) implements TableRow {
    @Override
    public long id() {
      return ip.rowId();
    }
  }

  /**
   * Not a dotted quad.
   *
   * @param value what stands in {@code ipv4}
   */
  record Invalid(long id, @Nullable String value) implements TableRow {}
}
