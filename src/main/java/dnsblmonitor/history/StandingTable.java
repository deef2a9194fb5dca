package dnsblmonitor.history;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.IpState;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.Verdict;
import dnsblmonitor.domain.Zone;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

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
    put(
        checked.check().ip().rowId(),
        checked.address(),
        zones.stream()
            .map(zone -> standing(zone, checked.check().verdict(), checked.before()))
            .toList());
  }

  private static Standing standing(Zone zone, Verdict verdict, IpState before) {
    String name = zone.shownName();
    return switch (verdict.results().get(zone)) {
      case Listed(_, int weight, _) when weight > 0 && verdict.excepted().contains(name) ->
          Standing.EXCEPTED;
      case Listed _ when verdict.heldBackZones(before).contains(name) -> Standing.HELD_BACK;
      case Listed _ -> Standing.LISTED;
      case NotListed() -> Standing.CLEAN;
      case Unknown _ when verdict.keptZones(before).contains(name) -> Standing.KEPT;
      case Unknown _ -> Standing.UNKNOWN;
      case null -> Standing.UNKNOWN;
    };
  }

  private void put(long rowId, Ipv4Address address, List<Standing> standings) {
    List<Standing> once = shared.computeIfAbsent(standings, same -> same);
    rows.put(rowId, new Row(address, once));
  }

  /**
   * A copy of this table with what a later run over the same zones found of its rows.
   *
   * @param queried the zones that it queried; of the others a row keeps what it has here
   */
  public StandingTable updated(StandingTable later, Collection<Zone> queried) {
    StandingTable updated = new StandingTable(zones);
    rows.forEach((id, row) -> updated.put(id, row.address(), row.standings()));
    later.rows.forEach((id, row) -> {
      List<Standing> found = row.standings();
      List<Standing> before = of(id, row.address()).orElse(found);
      updated.put(
          id,
          row.address(),
          IntStream.range(0, zones.size())
              .mapToObj(i -> (queried.contains(zones.get(i)) ? found : before).get(i))
              .toList());
    });
    return updated;
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
