package dnsblmonitor.domain;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
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

  /** The addresses of {@code listedRows} with all zones that list them. */
  public static SortedMap<Ipv4Address, SortedSet<String>> zones(
      Collection<MonitoredIp> listedRows) {
    SortedMap<Ipv4Address, SortedSet<String>> zones = new TreeMap<>();
    listedRows.forEach(row ->
        zones
            .computeIfAbsent(row.address(), _ -> new TreeSet<>())
            .addAll(row.state().listingZones()));
    return zones;
  }

  /** The addresses of {@code listedRows} with all zones that list them and this run's results. */
  public static SortedMap<Ipv4Address, ListedAddress> byAddress(
      List<MonitoredIp> listedRows, ExhaustedPools exhausted, RunReport report) {
    SortedMap<Ipv4Address, MonitoredIp> first = new TreeMap<>();
    listedRows.forEach(row -> first.putIfAbsent(row.address(), row));
    SortedMap<Ipv4Address, ListedAddress> listed = new TreeMap<>();
    zones(listedRows)
        .forEach((address, zones) -> {
          MonitoredIp row = Objects.requireNonNull(first.get(address));
          listed.put(
              address,
              new ListedAddress(row, zones, report.checkOf(row.rowId()), exhausted.holds(address)));
        });
    return listed;
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
