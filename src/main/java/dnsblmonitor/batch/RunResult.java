package dnsblmonitor.batch;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.StandingTable;
import dnsblmonitor.domain.ZoneHealth;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run that looked at the table found, for people who look at it afterwards.
 *
 * @param full whether it checked every address in every zone, and was no dry run
 * @param updatedBy the latest run over a part that has updated {@code standings} since
 * @param health of the zones that were asked
 * @param changed the first {@link #CHANGES} rows that it changed; in a dry run those that it would
 *     have
 * @param tickets the open tickets of addresses as far as they are known; what a run did not ask
 *     Jira about, runs before it know
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
    SortedMap<Ipv4Address, Ticket> tickets) {

  /** As many as people read; the figures count all. */
  static final int CHANGES = 100;

  public RunResult {
    health = List.copyOf(health);
    changed = List.copyOf(changed);
  }

  /** This, with what a later run found that was not a full one; a dry run knows tickets alone. */
  RunResult updated(RunResult later) {
    return new RunResult(
        run,
        full,
        later.run().dryRun() ? updatedBy : Optional.of(later.run()),
        scope,
        totals,
        later.run().dryRun()
            ? standings
            : standings.updated(later.standings(), later.scope().zones()),
        health,
        changed,
        later.tickets());
  }

  /** The open ticket of an address, where one is known. */
  public Optional<Ticket> ticketOf(Ipv4Address address) {
    return Optional.ofNullable(tickets.get(address));
  }
}
