package dnsblmonitor.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Groups rows by address, which may occur in several rows, for the ticket rules. */
public final class TableView {

  private TableView() {}

  public static List<MonitoredIp> listed(Collection<MonitoredIp> rows) {
    return rows.stream().filter(row -> row.state() instanceof IpState.Throttled).toList();
  }

  /** The addresses of {@code listedRows} with all zones that list them and this run's results. */
  public static SortedMap<Ipv4Address, ListedAddress> byAddress(
      List<MonitoredIp> listedRows, ExhaustedPools exhausted, RunReport report) {
    SortedMap<Ipv4Address, List<MonitoredIp>> rows = new TreeMap<>();
    listedRows.forEach(row -> rows.computeIfAbsent(row.address(), _ -> new ArrayList<>()).add(row));
    SortedMap<Ipv4Address, ListedAddress> listed = new TreeMap<>();
    rows.forEach((address, sameAddress) -> {
      MonitoredIp first = sameAddress.getFirst();
      listed.put(
          address,
          new ListedAddress(
              first, zones(sameAddress), report.checkOf(first.rowId()), exhausted.holds(address)));
    });
    return listed;
  }

  private static SortedSet<String> zones(List<MonitoredIp> rows) {
    SortedSet<String> zones = new TreeSet<>();
    for (MonitoredIp row : rows) {
      zones.addAll(row.state().listingZones());
    }
    return zones;
  }

  /** The addresses of {@code rows} that are listed in no row, with their checks if known. */
  public static SortedMap<Ipv4Address, Optional<IpCheck>> clean(
      Collection<MonitoredIp> rows, RunReport report) {
    SortedMap<Ipv4Address, Optional<IpCheck>> clean = new TreeMap<>();
    rows.forEach(row ->
        clean.merge(
            row.address(), report.checkOf(row.rowId()), (known, other) -> known.or(() -> other)));
    listed(rows).forEach(row -> clean.remove(row.address()));
    return clean;
  }
}
