package dnsblmonitor.domain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How each row that a run checked stands with each zone, for people who look at it afterwards. It
 * grows with the rows, by about a hundred bytes each: a run that nobody looks at afterwards keeps
 * none (R35). Filled by one thread at a time; read when the run is over.
 */
public final class StandingTable {

  private record Row(Ipv4Address address, List<Standing> standings) {}

  private final List<Zone> zones;
  private final Map<Long, Row> rows = new HashMap<>();

  /** Most rows stand alike: they share one list. */
  private final Map<List<Standing>, List<Standing>> shared = new HashMap<>();

  /** A table of these zones, in this order. */
  public StandingTable(List<Zone> zones) {
    this.zones = List.copyOf(zones);
  }

  public List<Zone> zones() {
    return zones;
  }

  /** Notes how a row stands; a row that is checked again stands as it does then. */
  public void add(Checked checked) {
    Map<Zone, Standing> byZone = checked.check().verdict().standings(checked.before());
    List<Standing> standings =
        zones.stream().map(zone -> byZone.getOrDefault(zone, Standing.UNKNOWN)).toList();
    List<Standing> once = shared.computeIfAbsent(standings, same -> same);
    rows.put(checked.check().ip().rowId(), new Row(checked.address(), once));
  }

  /**
   * A row's standings in the order of {@link #zones}; empty where the run did not check it, or
   * where it had another address then.
   */
  public Optional<List<Standing>> of(long rowId, Ipv4Address address) {
    return Optional.ofNullable(rows.get(rowId))
        .filter(row -> row.address().equals(address))
        .map(Row::standings);
  }
}
