package dnsblmonitor.domain;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.TicketText.Block;
import dnsblmonitor.domain.TicketText.Cell;
import dnsblmonitor.domain.TicketText.Paragraph;
import dnsblmonitor.domain.TicketText.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts of an address's ticket: summary, description and comments (R23, R24). */
final class TicketWording {

  /** Jira's limit for a summary, in characters. */
  static final int MAX_SUMMARY_LENGTH = 255;

  private static final Pattern SUMMARY = Pattern.compile("IP (\\S+) blacklisted by\\b(.*)");
  private static final Pattern MORE = Pattern.compile(" \\+\\d+ more$");

  private TicketWording() {}

  /** {@code IP <ip> blacklisted by <zones>}; if too long, the first zones and {@code +N more}. */
  static String summary(Ipv4Address address, SortedSet<String> zones) {
    String start = "IP " + address + " blacklisted by ";
    List<String> names = List.copyOf(zones);
    for (int shown = names.size(); shown > 0; shown--) {
      String more = shown == names.size() ? "" : " +%d more".formatted(names.size() - shown);
      String summary = start + onOneLine(RowValues.joined(names.subList(0, shown))) + more;
      if (summary.length() <= MAX_SUMMARY_LENGTH) {
        return summary;
      }
    }
    return start + "+%d more".formatted(names.size()); // the row was edited manually
  }

  /** The row may have been edited manually; Jira rejects multi-line summaries. */
  private static String onOneLine(String names) {
    return names.replaceAll("[\\p{Cc}\u2028\u2029]", " ");
  }

  /** The address in a summary of this form, whether written by us or by a user. */
  static Optional<Ipv4Address> addressIn(String summary) {
    Matcher matcher = SUMMARY.matcher(summary);
    return matcher.matches() ? Ipv4Address.parse(matcher.group(1)) : Optional.empty();
  }

  /** The zones named in such a summary. */
  static SortedSet<String> zonesIn(String summary) {
    Matcher matcher = SUMMARY.matcher(summary);
    return RowValues.names(matcher.matches() ? MORE.matcher(matcher.group(2)).replaceAll("") : "");
  }

  /** Whether such a summary omits zones. */
  static boolean isShortened(String summary) {
    return MORE.matcher(summary).find();
  }

  static TicketText description(ListedAddress listed, RunFacts run) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "%s is listed by %s. Its priority in Postal has been lowered and will be restored after delisting."
                .formatted(addresses(listed.row()), RowValues.joined(listed.zones()))));
    blocks.add(facts(listed, run));
    kept(listed).ifPresent(blocks::add);
    exhausted(listed).ifPresent(blocks::add);
    blocks.add(zoneTable(listed));
    return new TicketText(blocks);
  }

  private static String addresses(MonitoredIp row) {
    return row.addresses().stream().map(IpAddress::toString).collect(joining(" or "));
  }

  private static Table facts(ListedAddress listed, RunFacts run) {
    MonitoredIp row = listed.row();
    RowValues values = row.values();
    return new Table(
        List.of("", ""),
        List.of(
            fact("Hostname", row.hostname().orElse("-")),
            fact("Pool", row.poolId().map(String::valueOf).orElse("-")),
            fact("Priority before", values.oldPriority() == null ? "-" : "" + values.oldPriority()),
            fact("Priority now", "" + row.state().priority()),
            fact("Time", run.now().toString()),
            fact("Job run", run.jobRunId())));
  }

  private static List<Cell> fact(String name, String value) {
    return List.of(Cell.of(name), Cell.of(value));
  }

  private static Table zoneTable(ListedAddress listed) {
    List<List<Cell>> rows = new ArrayList<>();
    listed
        .check()
        .ifPresentOrElse(
            check ->
                check
                    .verdict()
                    .results()
                    .forEach((zone, result) ->
                        rows.add(zoneRow(listed, check.answersOf(zone), zone, result))),
            () ->
                listed
                    .zones()
                    .forEach(name ->
                        rows.add(
                            List.of(Cell.of(name), Cell.of("LISTED"), Cell.of("from the table")))));
    return new Table(List.of("Zone", "Answer", "Details"), rows);
  }

  private static List<Cell> zoneRow(
      ListedAddress listed, List<ZoneAnswer> answers, Zone zone, LookupResult result) {
    IpAddress lookedUp =
        answers.stream()
            .filter(answer -> answer.result() instanceof Listed)
            .findFirst()
            .map(ZoneAnswer::address)
            .orElse(listed.address());
    String remark =
        switch (result) {
          case Listed _, Unknown _ when isExcepted(listed, zone) ->
              "; not counted: an exception is in force";
          case Unknown _ when listed.zones().contains(zone.shownName()) ->
              "; its last known answer, LISTED, is kept";
          case Listed(_, int weight, _) when weight > 0 && isHeldBack(listed, zone) ->
              "; held back: the zone newly lists too many addresses at once";
          case Listed _, NotListed _, Unknown _ -> "";
        };
    return List.of(
        new Cell(zone.shownName(), KnownLists.lookupPage(zone, lookedUp)),
        Cell.of(
            switch (result) {
              case Listed _ -> "LISTED";
              case NotListed() -> "NOT_LISTED";
              case Unknown _ -> "UNKNOWN";
            }),
        Cell.of(details(result, answers) + remark));
  }

  private static boolean isExcepted(ListedAddress listed, Zone zone) {
    return zone.blocks()
        && listed
            .check()
            .filter(it -> it.verdict().excepted().contains(zone.shownName()))
            .isPresent();
  }

  private static boolean isHeldBack(ListedAddress listed, Zone zone) {
    String name = zone.shownName();
    return !listed.zones().contains(name)
        && listed.check().filter(it -> it.verdict().heldBack().contains(name)).isPresent();
  }

  /** The answers; for a row with two addresses, by address. */
  private static String details(LookupResult result, List<ZoneAnswer> answers) {
    return switch (result) {
      case NotListed() -> "";
      case Unknown(_, String message) when answers.isEmpty() -> message; // left out (R29a)
      case Listed _, Unknown _ when answers.size() == 1 -> details(answers.getFirst());
      case Listed _, Unknown _ ->
          answers.stream()
              .map(answer -> answer.address() + ": " + details(answer))
              .collect(joining("; "));
    };
  }

  private static String details(ZoneAnswer answer) {
    return switch (answer.result()) {
      case Listed listing -> details(answer.zone(), listing);
      case NotListed() -> "not listed";
      case Unknown(var reason, String message) -> "%s (%s)".formatted(reason.label(), message);
    };
  }

  private static String details(Zone zone, Listed listing) {
    String codes =
        listing.answers().stream()
            .map(code -> code + KnownLists.meaning(zone, code).map(m -> " (" + m + ")").orElse(""))
            .collect(joining(", "));
    int weight = listing.weight();
    String role = weight > 0 ? "" : weight == 0 ? "; watch only" : "; allowlist";
    return codes + role + listing.reason().map(text -> ": " + text).orElse("");
  }

  static TicketText membershipChanged(ListedAddress listed, Collection<String> was) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "Zone membership changed: now listed on " + RowValues.joined(listed.zones())));
    named("Added", minus(listed.zones(), was)).ifPresent(blocks::add);
    named("Removed", minus(was, listed.zones())).ifPresent(blocks::add);
    listed.check().ifPresent(check -> blocks.addAll(notCounted(check, was)));
    listed.check().ifPresent(check -> blocks.addAll(unknown(check)));
    kept(listed).ifPresent(blocks::add);
    exhausted(listed).ifPresent(blocks::add);
    return new TicketText(blocks);
  }

  /**
   * The address is no longer listed.
   *
   * @param was the zones that the ticket reported before
   * @param exception {@code an exception is in force ...}, if that is why
   */
  static TicketText clean(
      Optional<IpCheck> check, Collection<String> was, Optional<String> exception) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            exception
                .map(why -> "No longer throttled: " + why)
                .orElse("IP is now clean (no longer listed)")));
    check.ifPresent(made -> blocks.addAll(notCounted(made, was)));
    check.ifPresent(made -> blocks.addAll(unknown(made)));
    return new TicketText(blocks);
  }

  /**
   * {@code comment}, with notes on the comment limit (R23a).
   *
   * @param gathered number of earlier changes without a comment
   * @param until when the next comment may be written, if not at once
   */
  static TicketText limited(TicketText comment, int gathered, Optional<Instant> until) {
    List<Block> blocks = new ArrayList<>(comment.blocks());
    if (gathered > 0) {
      blocks.add(
          new Paragraph(
              "Changes since the last comment, collected without a comment: " + gathered));
    }
    until.ifPresent(time ->
        blocks.add(
            new Paragraph(
                "This is the last of %d comments in 24 hours. Further changes until %s are collected and then reported in one comment."
                    .formatted(TicketRecord.MAX_COMMENTS, time))));
    return new TicketText(blocks);
  }

  /** Explains why a zone that still answers "listed" no longer counts (R17, R20b). */
  private static List<Block> notCounted(IpCheck check, Collection<String> was) {
    return Stream.concat(
            check.verdict().droppedZones(was).stream()
                .map("not counted: %s lists everything"::formatted),
            check.verdict().exceptedZones(was).stream()
                .map("not counted: an exception is in force for %s"::formatted))
        .<Block>map(Paragraph::new)
        .toList();
  }

  private static List<Block> unknown(IpCheck check) {
    SortedSet<String> leftOut = check.verdict().leftOutZones();
    return Stream.of(
            named("Unknown (no usable answer)", minus(check.verdict().unknownZones(), leftOut)),
            named("Not queried in this run", leftOut))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Block> kept(ListedAddress listed) {
    return listed
        .check()
        .map(IpCheck::verdict)
        .flatMap(check -> {
          SortedSet<String> unknown = check.unknownZones();
          unknown.retainAll(listed.zones());
          return named(
              check.leftOutZones().isEmpty()
                  ? "Unresponsive now, last known answer kept"
                  : "Unresponsive now or not queried, last known answer kept",
              unknown);
        });
  }

  private static Optional<Block> exhausted(ListedAddress listed) {
    return listed.poolExhausted()
        ? Optional.of(
            new Paragraph(
                "Every address of pool %s is listed, so all mail of this pool is sent from a listed address."
                    .formatted(listed.row().poolId().map(String::valueOf).orElse("-"))))
        : Optional.empty();
  }

  private static Optional<Block> named(String what, Collection<String> zones) {
    return zones.isEmpty()
        ? Optional.empty()
        : Optional.of(new Paragraph(what + ": " + RowValues.joined(zones)));
  }

  private static SortedSet<String> minus(Collection<String> names, Collection<String> others) {
    SortedSet<String> rest = new TreeSet<>(names);
    rest.removeAll(others);
    return rest;
  }
}
