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
 * What a run that looked at the table found, for people who look at it afterwards.
 *
 * @param full whether it checked every address in every zone, and was no dry run
 * @param updatedBy the latest run over a part that has updated {@code standings} since
 * @param health of the zones that were asked
 * @param changed the first {@value #MAX_CHANGES} rows that it changed; in a dry run those that it
 *     would have
 * @param tickets the open tickets of addresses, those of earlier runs included if this one did not
 *     search for them; empty if no run has searched Jira
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

  /** As many as people read; the figures count all. */
  private static final int MAX_CHANGES = 100;

  public RunResult {
    health = List.copyOf(health);
    changed = changed.stream().limit(MAX_CHANGES).toList();
  }

  /**
   * What is known after a later run as well: a full run is replaced by a full one alone, since any
   * other leaves most of the table out. A dry run knows tickets alone.
   */
  RunResult followedBy(RunResult later) {
    boolean updates = full && !later.full;
    boolean dry = later.run.dryRun();
    RunResult base = updates ? this : later;
    return new RunResult(
        base.run,
        base.full,
        !updates ? Optional.empty() : dry ? updatedBy : Optional.of(later.run),
        base.scope,
        base.totals,
        updates && !dry ? standings.updated(later.standings, later.scope.zones()) : base.standings,
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

  /** The open ticket of an address, where one is known. */
  public Optional<Ticket> ticketOf(Ipv4Address address) {
    return tickets.map(known -> known.get(address));
  }
}
