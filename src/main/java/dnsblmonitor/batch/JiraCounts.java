package dnsblmonitor.batch;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.history.Ticket;
import dnsblmonitor.report.RunLog.JiraAction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What this run wrote to Jira, or in a dry run would have written; and which tickets are open. */
final class JiraCounts {

  private final Map<Ipv4Address, JiraAction> actions = new HashMap<>();
  private final boolean dryRun;
  private Optional<SortedMap<Ipv4Address, Ticket>> tickets = Optional.empty();
  private int created;
  private int updated;

  JiraCounts(boolean dryRun) {
    this.dryRun = dryRun;
  }

  void add(TicketAction action) {
    switch (action) {
      case TicketAction.Create(var address, _, _, _, _) -> {
        created++;
        actions.put(address, JiraAction.CREATED_ISSUE);
      }
      case TicketAction.CommentOnTicket(var address, _, _, _, _, _) -> {
        updated++;
        actions.put(address, JiraAction.UPDATED_ISSUE);
      }
      case TicketAction.RaiseAlert _ -> created++;
      case TicketAction.CommentOnAlert _ -> updated++;
    }
  }

  /** Jira was searched for open tickets. */
  void searched() {
    tickets = Optional.of(new TreeMap<>());
  }

  /** An address has an open ticket, found or filed by this run. */
  void open(Ipv4Address address, Ticket ticket) {
    tickets.ifPresent(open -> open.put(address, ticket));
  }

  /** The open tickets of addresses; empty if Jira could not be searched. */
  Optional<SortedMap<Ipv4Address, Ticket>> tickets() {
    return tickets;
  }

  JiraAction actionOf(Ipv4Address address) {
    return actions.getOrDefault(address, JiraAction.NO_ACTION);
  }

  /** How many issues were filed: none in a dry run. */
  int created() {
    return dryRun ? 0 : created;
  }

  /** How many updates were written: none in a dry run. */
  int updated() {
    return dryRun ? 0 : updated;
  }
}
