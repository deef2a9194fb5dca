package dnsblmonitor.jira;

import dnsblmonitor.domain.AlertRules;
import dnsblmonitor.domain.Exceptions;
import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.ListedAddress;
import dnsblmonitor.domain.Malfunction;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.OpenIssues;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.RunFacts;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketDesk;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.domain.TicketOutcome;
import dnsblmonitor.domain.TicketRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The Jira step of a run over a table that is held here: what is planned, and carried out. */
final class TicketWorld {

  private static final TicketLabels LABELS = new TicketLabels("postal");

  private final SortedMap<Ipv4Address, ListedAddress> listed = new TreeMap<>();
  private final SortedMap<Ipv4Address, Optional<IpCheck>> clean = new TreeMap<>();
  private Optional<Malfunction> malfunction = Optional.empty();

  /** What became of the last run's actions. */
  final List<TicketOutcome> outcomes = new ArrayList<>();

  void list(String address, SortedSet<String> zones) {
    Ipv4Address ip = Ipv4Address.of(address);
    RowValues values = new RowValues(0, 50, String.join(",", zones), "");
    MonitoredIp row =
        new MonitoredIp(
            listed.size() + 1L,
            ip,
            Optional.empty(),
            Optional.of(1L),
            Optional.of("mx.example.com"),
            values);
    listed.put(ip, new ListedAddress(row, zones, Optional.empty(), false));
  }

  void clear(String address) {
    clean.put(Ipv4Address.of(address), Optional.empty());
  }

  void malfunctions(Malfunction what) {
    malfunction = Optional.of(what);
  }

  SortedMap<Ipv4Address, ListedAddress> listed() {
    return listed;
  }

  /** One run at {@code desk}; what it plans is empty where Jira agrees with the table. */
  List<TicketAction> run(TicketDesk desk) {
    outcomes.clear();
    desk.open();
    RunFacts facts = new RunFacts("00000000-0000-4000-8000-000000000000", DeskAtFakeJira.NOW);
    TicketRules rules = new TicketRules(LABELS, Exceptions.NONE);
    List<TicketAction> plan =
        new OpenIssues(desk)
            .plan(found -> {
              List<TicketAction> actions =
                  rules.planAll(listed, clean, rules.ticketsAmong(found), facts);
              actions.addAll(new AlertRules(LABELS).plan(malfunction, found, facts));
              return actions;
            });
    try {
      desk.carryOut(plan, outcomes::add);
    } finally {
      desk.settle();
    }
    return plan;
  }
}
