package dnsblmonitor.history;

import dnsblmonitor.domain.Checked;
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
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The status of each checked row in each zone, for display. It needs about a hundred bytes per row,
 * so it is used only in {@code serve} (R35). Filled by one thread at a time; read after the run.
 */
public final class StandingTable {

  private record Row(Ipv4Address address, List<Standing> standings) {}

  private final List<Zone> zones;
  private final Map<Long, Row> rows = new HashMap<>();

  /** Rows with equal standings share one list. */
  private final Map<List<Standing>, List<Standing>> shared = new HashMap<>();

  /** Creates a table for these zones, in this order. */
  public StandingTable(List<Zone> zones) {
    this.zones = List.copyOf(zones);
  }

  public List<Zone> zones() {
    return zones;
  }

  /** Records a row's standings, replacing those of an earlier check. */
  public void add(Checked checked) {
    Verdict verdict = checked.check().verdict();
    Set<String> heldBack = verdict.heldBackZones(checked.before());
    Set<String> kept = verdict.keptZones(checked.before());
    put(
        checked.check().ip().rowId(),
        checked.address(),
        zones.stream().map(zone -> standing(zone, verdict, heldBack, kept)).toList());
  }

  private static Standing standing(
      Zone zone, Verdict verdict, Set<String> heldBack, Set<String> kept) {
    String name = zone.shownName();
    return switch (verdict.results().get(zone)) {
      case Listed(_, int weight, _) when weight > 0 && verdict.excepted().contains(name) ->
          Standing.EXCEPTED;
      case Listed _ when heldBack.contains(name) -> Standing.HELD_BACK;
      case Listed _ -> Standing.LISTED;
      case NotListed() -> Standing.CLEAN;
      case Unknown _ when kept.contains(name) -> Standing.KEPT;
      case Unknown _ -> Standing.UNKNOWN;
      case null -> Standing.UNKNOWN;
    };
  }

  private void put(long rowId, Ipv4Address address, List<Standing> standings) {
    List<Standing> once = shared.computeIfAbsent(standings, same -> same);
    rows.put(rowId, new Row(address, once));
  }

  /**
   * A copy of this table, updated with the results of a later run over the same zones.
   *
   * @param queried the zones that it queried; other standings are kept
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
   * A row's standings in the order of {@link #zones}; empty if the run did not check it or it had
   * another address then.
   */
  public Optional<List<Standing>> of(long rowId, Ipv4Address address) {
    return Optional.ofNullable(rows.get(rowId))
        .filter(row -> row.address().equals(address))
        .map(Row::standings);
  }
}
