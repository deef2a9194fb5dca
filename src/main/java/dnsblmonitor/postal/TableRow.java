package dnsblmonitor.postal;

import dnsblmonitor.domain.MonitoredIp;
import org.jspecify.annotations.Nullable;

/** A row as it was read: one that can be checked, or one whose address is none (R7). */
public sealed interface TableRow {

  long id();

  record Valid(MonitoredIp ip) implements TableRow {
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
