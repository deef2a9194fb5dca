package dnsblmonitor.batch;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.StandingTable;
import dnsblmonitor.domain.ZoneHealth;
import java.util.List;
import java.util.SortedMap;

/**
 * What a run that looked at the table found, for people who look at it afterwards.
 *
 * @param health of the zones that were asked
 * @param changed the rows that it changed, in their order; in a dry run those that it would have
 * @param tickets the open tickets of addresses that it found or filed
 */
public record RunResult(
    RunEntry run,
    RunScope scope,
    RunTotals totals,
    StandingTable standings,
    List<ZoneHealth> health,
    List<Checked> changed,
    SortedMap<Ipv4Address, Ticket> tickets) {

  public RunResult {
    health = List.copyOf(health);
    changed = List.copyOf(changed);
  }
}
