package dnsblmonitor.web;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.postal.DatabaseException;
import dnsblmonitor.postal.IpAddressTable;
import dnsblmonitor.postal.TableRow;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows to show.
 *
 * @param after show rows with ids above this; 0 for the first page
 * @param sought an address as entered; empty: any
 */
record AddressQuery(long after, boolean onlyListed, String sought) {

  static AddressQuery of(HttpServletRequest request) {
    return new AddressQuery(
        number(request.getParameter("after")).orElse(0L),
        "listed".equals(request.getParameter("show")),
        Optional.ofNullable(request.getParameter("address")).orElse("").strip());
  }

  /** An id as entered; empty if it is not one. */
  static Optional<Long> number(@Nullable String text) {
    return Optional.ofNullable(text).filter(t -> t.matches("\\d{1,18}")).map(Long::valueOf);
  }

  /** The rows; if the table cannot be read, the page shows the reason instead. */
  RowPage rowsOf(IpAddressTable table) {
    try {
      if (!sought.isEmpty()) {
        return found(table);
      }
      return RowPage.firstOf(rows(table, after, RowPage.SIZE + 1, onlyListed));
    } catch (DatabaseException e) {
      return RowPage.failed("cannot read Postal's table: " + e.getMessage());
    }
  }

  private RowPage found(IpAddressTable table) {
    return Ipv4Address.parse(sought)
        .map(address ->
            RowPage.firstOf(table.page(after, RowPage.SIZE + 1, Optional.of(List.of(address)))))
        .orElseGet(() ->
            RowPage.failed("“%s” is not an IPv4 address such as 192.0.2.1".formatted(sought)));
  }

  /** The rows with ids above {@code after}: all, or only listed ones. */
  static List<TableRow> rows(IpAddressTable table, long after, int limit, boolean onlyListed) {
    return onlyListed
        ? table.listed().stream()
            .filter(row -> row.rowId() > after)
            .limit(limit)
            .<TableRow>map(row -> new TableRow.Valid(row, Optional.empty()))
            .toList()
        : table.page(after, limit, Optional.empty());
  }

  /** The link to the rows after {@code id}. */
  String linkAfter(long id) {
    return "/?after=" + id + (onlyListed ? "&show=listed" : "") + "#addresses";
  }
}
