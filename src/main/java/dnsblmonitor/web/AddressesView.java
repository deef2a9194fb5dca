package dnsblmonitor.web;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.domain.IpState;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.history.RunResult;
import dnsblmonitor.postal.TableRow;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The current rows of Postal's table with the results of the last run.
 *
 * @param sought the address entered in the search field
 * @param failure why the table cannot be read; if present, there are no rows
 * @param next the link to the next page
 */
record AddressesView(
    String sought,
    boolean onlyListed,
    Optional<String> failure,
    String caption,
    List<ZoneHead> zones,
    List<Row> rows,
    Optional<String> next) {

  /** A column heading. */
  record ZoneHead(String name, Optional<String> note) {}

  /** One row; {@code standings} has a word per zone, {@code none} if the run did not check it. */
  record Row(
      String address,
      Optional<String> hostname,
      String pool,
      String priority,
      String listing,
      String lastEvent,
      Optional<TicketLink> ticket,
      List<String> standings) {}

  private static final String NOT_CHECKED = "none";

  static AddressesView of(AddressQuery query, RowPage page, Optional<RunResult> last) {
    return new AddressesView(
        query.sought(),
        query.onlyListed(),
        page.failure(),
        last.map(result ->
                "Priorities: current. List results: from %s. Kept: the list is not answering and the address is still treated as listed. None: not checked in that run."
                    .formatted(Words.run(result.run())))
            .orElse("Priorities: current. List results: no runs yet."),
        last.map(AddressesView::heads).orElse(List.of()),
        page.rows().stream().map(row -> row(row, last)).toList(),
        page.next().map(query::linkAfter));
  }

  private static List<ZoneHead> heads(RunResult result) {
    return result.standings().zones().stream()
        .map(zone -> new ZoneHead(zone.shownName(), note(zone, result)))
        .toList();
  }

  private static Optional<String> note(Zone zone, RunResult result) {
    Optional<String> role = Words.role(zone);
    return result.scope().zones().contains(zone)
        ? role
        : role.map(word -> word + ", not queried").or(() -> Optional.of("not queried"));
  }

  private static Row row(TableRow row, Optional<RunResult> last) {
    return switch (row) {
      case TableRow.Valid(var ip, _) -> valid(ip, last);
      case TableRow.Invalid(_, var value) ->
          new Row(
              String.valueOf(value),
              Optional.of("not an IPv4 address; not checked"),
              "",
              "",
              "",
              "",
              Optional.empty(),
              last.map(result -> notChecked(result)).orElse(List.of()));
    };
  }

  private static Row valid(MonitoredIp ip, Optional<RunResult> last) {
    return new Row(
        ip.address().toString(),
        ip.hostname(),
        ip.poolId().map(Object::toString).orElse(""),
        priority(ip.state()),
        listing(ip.state()),
        Objects.requireNonNullElse(ip.values().lastEvent(), ""),
        last.flatMap(result -> result.ticketOf(ip.address())).map(TicketLink::of),
        last.map(result -> standings(ip, result)).orElse(List.of()));
  }

  private static List<String> standings(MonitoredIp ip, RunResult result) {
    return result
        .standings()
        .of(ip.rowId(), ip.address())
        .map(standings -> standings.stream().map(Words::word).toList())
        .orElseGet(() -> notChecked(result));
  }

  private static List<String> notChecked(RunResult result) {
    return Collections.nCopies(result.standings().zones().size(), NOT_CHECKED);
  }

  private static String priority(IpState state) {
    return switch (state) {
      case IpState.Clean clean -> String.valueOf(clean.priority());
      case IpState.Throttled(int priority, var restore, _) ->
          restore
              .map(kept -> "%d (was %d; restored after delisting)".formatted(priority, kept))
              .orElseGet(() -> String.valueOf(priority));
    };
  }

  private static String listing(IpState state) {
    return switch (state) {
      case IpState.Clean _ -> "";
      case IpState.Throttled(_, _, var zones) -> zones.stream().collect(joining(", "));
    };
  }
}
