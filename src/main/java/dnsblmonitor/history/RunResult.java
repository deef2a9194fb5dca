package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.ZoneHealth;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of a run that read the table, for display.
 *
 * @param full whether it checked every address in every zone and was not a dry run
 * @param updatedBy the latest partial run that has updated {@code standings} since
 * @param health of the zones that were queried
 * @param changed the first {@value #MAX_CHANGES} rows that it changed, or in a dry run would have
 * @param tickets the open tickets of addresses, taken from earlier runs if this one did not search
 *     Jira; empty if none did
 */
public record RunResult(
    RunEntry run,
    boolean full,
    Optional<RunEntry> updatedBy,
    RunScope scope,
    RunTotals totals,
    StandingTable standings,
    List<ZoneHealth> health,
    List<RowChange> changed,
    Optional<SortedMap<Ipv4Address, Ticket>> tickets) {

  /** The number of changes that are kept; the figures count all. */
  private static final int MAX_CHANGES = 100;

  public RunResult {
    health = List.copyOf(health);
    changed = changed.stream().limit(MAX_CHANGES).toList();
  }

  /**
   * Combines this with a later run's result. Only a full run replaces a full one, since a partial
   * run omits most of the table. A dry run updates only tickets.
   */
  RunResult followedBy(RunResult later) {
    boolean kept = full && !later.full;
    boolean updated = kept && !later.run.dryRun();
    RunResult base = kept ? this : later;
    return new RunResult(
        base.run,
        base.full,
        updated ? Optional.of(later.run) : base.updatedBy,
        base.scope,
        base.totals,
        updated ? standings.updated(later.standings, later.scope.zones()) : base.standings,
        base.health,
        base.changed,
        ticketsAfter(later));
  }

  private Optional<SortedMap<Ipv4Address, Ticket>> ticketsAfter(RunResult later) {
    return later
        .tickets
        .map(found -> {
          SortedMap<Ipv4Address, Ticket> known = new TreeMap<>(found);
          tickets.ifPresent(before ->
              before.forEach((address, ticket) -> {
                if (!later.scope.covers(address)) {
                  known.putIfAbsent(address, ticket);
                }
              }));
          return known;
        })
        .or(() -> tickets);
  }

  /** The open ticket of an address, if known. */
  public Optional<Ticket> ticketOf(Ipv4Address address) {
    return tickets.map(known -> known.get(address));
  }
}
