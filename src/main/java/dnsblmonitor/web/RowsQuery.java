package dnsblmonitor.web;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.postal.IpAddressTable;
import dnsblmonitor.postal.IpAddressTable.RowState;
import dnsblmonitor.postal.TableRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which rows of Postal's table to show. Without a state, listed rows come first.
 *
 * @param sought an address as entered; the other filters do not apply then
 * @param after the rows after this one
 */
record RowsQuery(
    Optional<String> sought,
    Optional<RowState> state,
    Optional<Long> pool,
    Optional<String> zone,
    Optional<Position> after) {

  static final int SIZE = 100;

  /** A row; {@code part} is LISTED, then CLEAN, if all states are shown. */
  record Position(RowState part, long id) {

    private static Position of(String text) {
      for (RowState part : RowState.values()) {
        String prefix = Parameters.word(part) + "-";
        Optional<Long> id =
            Optional.of(text)
                .filter(it -> it.startsWith(prefix))
                .flatMap(it -> AddressQuery.number(it.substring(prefix.length())));
        if (id.isPresent()) {
          return new Position(part, id.get());
        }
      }
      throw PageException.badRequest(
          "“%s” is not a row to continue after. Leave out 'after' in the address of the page."
              .formatted(text));
    }

    @Override
    public String toString() {
      return Parameters.word(part) + "-" + id;
    }
  }

  /** Some rows, and the position to continue after. */
  record Found(List<TableRow> rows, Optional<Position> next) {}

  static RowsQuery of(Parameters parameters) {
    return new RowsQuery(
        parameters.text("address"),
        parameters.constant("state", RowState.values()),
        parameters.number("pool"),
        parameters.text("blocklist"),
        parameters.text("after").map(Position::of));
  }

  /**
   * The rows of one page.
   *
   * @throws PageException if {@code sought} is not an address
   */
  Found in(IpAddressTable table, int listedPriority) {
    if (sought.isPresent()) {
      Ipv4Address address = HistoryPages.address(sought.get());
      return new Found(table.page(0, SIZE, Optional.of(List.of(address))), Optional.empty());
    }
    List<TableRow> rows = new ArrayList<>();
    List<RowState> parts =
        state.map(List::of).orElseGet(() -> List.of(RowState.LISTED, RowState.CLEAN));
    RowState first = after.map(Position::part).filter(parts::contains).orElse(parts.getFirst());
    for (RowState part : parts.subList(parts.indexOf(first), parts.size())) {
      long firstAfter = part == first ? after.map(Position::id).orElse(0L) : 0;
      int room = SIZE - rows.size();
      List<TableRow> some =
          table.matching(firstAfter, room + 1, Optional.of(part), pool, zone, listedPriority);
      rows.addAll(some.subList(0, Math.min(room, some.size())));
      if (some.size() > room) {
        return new Found(
            rows, Optional.of(new Position(part, room == 0 ? firstAfter : rows.getLast().id())));
      }
    }
    return new Found(rows, Optional.empty());
  }

  /** The link to the rows after a position. */
  String linkAfter(Position position) {
    return "/addresses?after="
        + position
        + state.map(it -> "&state=" + Parameters.word(it)).orElse("")
        + pool.map(it -> "&pool=" + it).orElse("")
        + zone.map(it -> "&blocklist=" + encode(it, UTF_8)).orElse("");
  }
}
