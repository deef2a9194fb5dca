package dnsblmonitor.domain;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dnsblmonitor.domain.TicketAction.CommentOnTicket;
import dnsblmonitor.domain.TicketAction.Create;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Plans the writes that make Jira agree with the table (R23), from current state, not from changes.
 * If both already agree, the plan is empty. Free of side effects.
 *
 * @param exceptions those in force on the day on which the run started (R20b)
 */
public record TicketRules(TicketLabels labels, Exceptions exceptions) {

  /** Maximum number of new tickets per run (R25e). */
  public static final int MAX_NEW = 200;

  /** Maximum number of updated tickets per run, since each is reread before. */
  public static final int MAX_UPDATES = 1_000;

  /** Newest first; for equal times, the one filed later first. */
  private static final Comparator<OpenTicket> NEWEST_FIRST =
      Comparator.comparing(OpenTicket::created)
          .thenComparingLong(ticket -> number(ticket.key()))
          .reversed();

  /** The open tickets of addresses in the results of a fuzzy search, newest first (R25). */
  public SortedMap<Ipv4Address, List<OpenTicket>> ticketsAmong(Collection<FoundIssue> found) {
    Map<Ipv4Address, List<OpenTicket>> tickets =
        found.stream()
            .flatMap(issue -> ticket(issue).stream())
            .sorted(NEWEST_FIRST)
            .collect(groupingBy(OpenTicket::address));
    return new TreeMap<>(tickets);
  }

  private Optional<OpenTicket> ticket(FoundIssue issue) {
    Optional<Ipv4Address> labelled = labels.addressOf(issue.labels());
    Optional<Ipv4Address> address =
        labelled.isPresent() || labels.belongToAnother(issue.labels())
            ? labelled
            : TicketWording.addressIn(issue.summary());
    return address.map(ip ->
        new OpenTicket(
            issue.key(), ip, labelled.isPresent(), issue.summary(), issue.kept(), issue.created()));
  }

  /** The action for a listed address; {@code open} is its newest open ticket. */
  public Optional<TicketAction> plan(
      ListedAddress listed, Optional<OpenTicket> open, RunFacts run) {
    ReportedState state = new ReportedState.Listed(listed.zones());
    String summary = TicketWording.summary(listed.address(), listed.zones());
    if (open.isEmpty()) {
      return Optional.of(
          new Create(
              listed.address(),
              summary,
              TicketWording.description(listed, run),
              Set.of(TicketLabels.COMMON, labels.of(listed.address())),
              TicketRecord.of(state)));
    }
    OpenTicket ticket = open.get();
    return report(
        ticket,
        state,
        Optional.of(summary).filter(s -> ticket.ours() && !s.equals(ticket.summary())),
        ticket.kept().isEmpty() && summarySays(ticket.summary(), listed.zones(), summary),
        () -> TicketWording.membershipChanged(listed, reportedZones(ticket)),
        run);
  }

  /** The update of a ticket to {@code state}, with or without a comment (R23, R23a). */
  private static Optional<TicketAction> report(
      OpenTicket ticket,
      ReportedState state,
      Optional<String> newSummary,
      boolean saidBySummary,
      Supplier<TicketText> comment,
      RunFacts run) {
    TicketRecord kept = ticket.kept().orElseGet(() -> TicketRecord.of(fromSummary(ticket)));
    boolean shown = saidBySummary || (ticket.kept().isPresent() && kept.reported().equals(state));
    boolean reported =
        saidBySummary || (ticket.kept().isPresent() && kept.commented().equals(state));
    boolean commenting = !reported && kept.takesComment(run.now());
    if (shown && !commenting) {
      return Optional.empty();
    }
    TicketRecord next = commenting ? kept.commented(state, run.now()) : kept.gathered(state);
    return Optional.of(
        new CommentOnTicket(
            ticket.address(),
            ticket.key(),
            commenting
                ? Optional.of(
                    TicketWording.limited(
                        comment.get(), kept.gathered(), next.gathersUntil(run.now())))
                : Optional.empty(),
            newSummary,
            next,
            shown ? Optional.empty() : Optional.of(kept.gathered(state))));
  }

  /** For a ticket without our property (R23). */
  private static boolean summarySays(String old, Set<String> zones, String summary) {
    return old.equals(summary)
        || (!TicketWording.isShortened(old) && TicketWording.zonesIn(old).equals(zones));
  }

  private static ReportedState fromSummary(OpenTicket ticket) {
    return new ReportedState.Listed(TicketWording.zonesIn(ticket.summary()));
  }

  /** The zones that the ticket reported last. */
  private static Set<String> reportedZones(OpenTicket ticket) {
    ReportedState reported = ticket.kept().map(TicketRecord::commented).orElse(fromSummary(ticket));
    return reported instanceof ReportedState.Listed(var zones) ? zones : Set.of();
  }

  /** The action for a ticket whose address is clean in the table. */
  public Optional<TicketAction> planClean(
      OpenTicket ticket, Optional<IpCheck> check, RunFacts run) {
    return report(
        ticket,
        new ReportedState.Clean(),
        Optional.empty(),
        false,
        () -> TicketWording.clean(check, reportedZones(ticket), exception(ticket, check)),
        run);
  }

  /** Empty if no zone would list the address without an exception. */
  private Optional<String> exception(OpenTicket ticket, Optional<IpCheck> check) {
    Set<String> was = reportedZones(ticket);
    return exceptions
        .covering(ticket.address(), was)
        .filter(_ -> check.filter(it -> it.verdict().exceptedZones(was).isEmpty()).isEmpty());
  }

  private static long number(String issueKey) {
    String digits = issueKey.substring(issueKey.lastIndexOf('-') + 1);
    return digits.chars().allMatch(Character::isDigit) && !digits.isEmpty() && digits.length() < 18
        ? Long.parseLong(digits)
        : 0;
  }

  /**
   * The plan for all tickets, in address order, with at most {@link #MAX_NEW} new tickets (R25e)
   * and {@link #MAX_UPDATES} updates.
   */
  public List<TicketAction> planAll(
      SortedMap<Ipv4Address, ListedAddress> listed,
      SortedMap<Ipv4Address, Optional<IpCheck>> clean,
      SortedMap<Ipv4Address, List<OpenTicket>> open,
      RunFacts run) {
    SortedMap<Ipv4Address, TicketAction> plan = new TreeMap<>();
    Set<Ipv4Address> waiting = waiting(listed, open);
    listed.forEach((address, what) -> {
      if (!waiting.contains(address)) {
        plan(what, newest(open, address), run).ifPresent(a -> plan.put(address, a));
      }
    });
    clean.forEach((address, check) ->
        newest(open, address)
            .flatMap(ticket -> planClean(ticket, check, run))
            .ifPresent(action -> plan.put(address, action)));
    List<TicketAction> all = new ArrayList<>(plan.values());
    all.removeAll(
        plan.values().stream()
            .filter(CommentOnTicket.class::isInstance)
            .skip(MAX_UPDATES)
            .collect(toSet()));
    return all;
  }

  /** The listed addresses without a ticket, for which a later run files one (R25e). */
  public Set<Ipv4Address> waiting(
      SortedMap<Ipv4Address, ListedAddress> listed, SortedMap<Ipv4Address, List<OpenTicket>> open) {
    return listed.keySet().stream()
        .filter(address -> !open.containsKey(address))
        .skip(MAX_NEW)
        .collect(toSet());
  }

  private static Optional<OpenTicket> newest(
      SortedMap<Ipv4Address, List<OpenTicket>> open, Ipv4Address address) {
    return open.getOrDefault(address, List.of()).stream().findFirst();
  }
}
