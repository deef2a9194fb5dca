package dnsblmonitor.batch;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.report.RunLog.JiraAction;
import java.util.HashMap;
import java.util.Map;

/** What this run really wrote to Jira, for its events. */
final class JiraCounts {

  private final Map<Ipv4Address, JiraAction> actions = new HashMap<>();
  private int created;
  private int updated;

  void add(TicketAction action) {
    switch (action) {
      case TicketAction.Create(var address, _, _, _, _) -> {
        created++;
        actions.put(address, JiraAction.CREATED_ISSUE);
      }
      case TicketAction.Tell(var address, _, _, _, _) -> {
        updated++;
        actions.put(address, JiraAction.UPDATED_ISSUE);
      }
      case TicketAction.RaiseAlert _ -> created++;
      case TicketAction.TellAlert _ -> updated++;
    }
  }

  JiraAction actionOf(Ipv4Address address) {
    return actions.getOrDefault(address, JiraAction.NO_ACTION);
  }

  int created() {
    return created;
  }

  int updated() {
    return updated;
  }
}
