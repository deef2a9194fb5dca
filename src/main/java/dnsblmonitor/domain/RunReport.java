package dnsblmonitor.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The results of a run so far. Clean, unchanged addresses are only counted, so its size grows only
 * with the listed or changed ones (R35), by about a kilobyte each. Not thread-safe.
 */
public final class RunReport {

  private final TransitionRules rules;
  private final SortedMap<Zone, ZoneTally> tallies = new TreeMap<>();
  private final Map<Long, Checked> kept = new LinkedHashMap<>();

  /** Most listed rows are listed by the same zones and share one verdict. */
  private final Map<Verdict, Verdict> verdicts = new HashMap<>();

  private final List<Zone> zonesAsConfigured;
  private long checked;
  private long invalid;
  private long conflicts;
  private long unwritable;
  private long drifted;
  private long newlyListed;
  private long changed;
  private long restored;
  private long protectedRows;
  private final Map<String, Long> protectedBy = new HashMap<>();

  public RunReport(List<Zone> zones, TransitionRules rules) {
    this.rules = rules;
    this.zonesAsConfigured = List.copyOf(zones);
    zones.forEach(zone -> tallies.put(zone, new ZoneTally(zone)));
  }

  /** Counts an address's answers and the outcome of its row. */
  public void add(Checked result) {
    checked++;
    result
        .check()
        .answers()
        .forEach(answer ->
            tallies.computeIfAbsent(answer.zone(), ZoneTally::new).add(answer.answered()));
    switch (result.outcome()) {
      case RowOutcome.Conflict _ -> conflicts++;
      case RowOutcome.Unwritable _ -> unwritable++;
      case RowOutcome.Unchanged _,
          RowOutcome.Updated _,
          RowOutcome.Vanished _,
          RowOutcome.Waiting _ -> {}
    }
    if (drifted(result)) {
      drifted++;
    }
    if (result.isChanged()) {
      if (!result.isListed()) {
        restored++;
      } else if (result.before() instanceof IpState.Clean) {
        newlyListed++;
      } else {
        changed++;
      }
    }
    SortedSet<String> protecting = result.protectedBy();
    if (!protecting.isEmpty()) {
      protectedRows++;
      protecting.forEach(zone -> protectedBy.merge(zone, 1L, Long::sum));
    }
    if (result.isChanged() || result.isListed()) {
      kept.put(result.check().ip().rowId(), new Checked(brief(result.check()), result.outcome()));
    }
  }

  private IpCheck brief(IpCheck check) {
    return check.brief(verdicts.computeIfAbsent(check.verdict().withoutReasons(), same -> same));
  }

  /** A row that remains listed but has a priority set by someone else (R6a). */
  public boolean drifted(Checked result) {
    return result.isListed() && rules.drifted(result.current().state());
  }

  public void addInvalid() {
    invalid++;
  }

  /** The listed or changed addresses, in row order. */
  public Collection<Checked> listedOrChanged() {
    return List.copyOf(kept.values());
  }

  /** The check of a row, if this run made one and the row was listed or changed. */
  public Optional<IpCheck> checkOf(long rowId) {
    return Optional.ofNullable(kept.get(rowId)).map(Checked::check);
  }

  /** {@code rows} as if this run's changes had been written (R3). */
  public List<MonitoredIp> withPendingChanges(Collection<MonitoredIp> rows) {
    SortedMap<Long, MonitoredIp> byId = new TreeMap<>();
    rows.forEach(row -> byId.put(row.rowId(), row));
    kept.values().stream()
        .filter(Checked::isChanged)
        .forEach(result ->
            byId.put(result.check().ip().rowId(), result.check().ip().with(result.current())));
    return new ArrayList<>(byId.values());
  }

  /**
   * Every zone's health so far, in the order of the configuration.
   *
   * @param probes the results of the zones' probes; a missing zone was not probed
   */
  public List<ZoneHealth> health(Map<Zone, Probe> probes) {
    return zonesAsConfigured.stream()
        .map(zone ->
            tallies
                .computeIfAbsent(zone, ZoneTally::new)
                .health(probes.getOrDefault(zone, Probe.OFF)))
        .toList();
  }

  /** The rows that are clean only because this allowlist, among others, gave no answer (R17). */
  public long protectedBy(Zone zone) {
    return protectedBy.getOrDefault(zone.shownName(), 0L);
  }

  /** The figures of the run so far. */
  public RunTotals totals() {
    List<ZoneHealth> health = health(Map.of());
    long listedNow = kept.values().stream().filter(Checked::isListed).count();
    return new RunTotals(
        checked + invalid,
        newlyListed,
        changed,
        restored,
        checked - newlyListed - changed - restored - conflicts - unwritable,
        listedNow,
        invalid,
        conflicts,
        drifted,
        protectedRows,
        health.stream().mapToLong(ZoneHealth::unknowns).sum(),
        health.stream().mapToLong(ZoneHealth::lookups).sum());
  }
}
