package dnsblmonitor.web;

import dnsblmonitor.domain.MonitoredIp;
import java.util.List;
import java.util.Optional;

/**
 * The page of one address.
 *
 * @param rows its rows in Postal's table
 * @param open its open listings, without allowlists
 * @param timeline of its latest listings; empty if it was never listed, or if earlier ones are
 *     shown
 * @param listings its listings, open ones and allowlists included
 * @param more the link to earlier listings
 * @param changes its latest changes
 * @param moreChanges whether there are more
 * @param tickets of its listings, each once
 */
record AddressView(
    Frame frame,
    String address,
    Optional<String> rowsFailure,
    List<Row> rows,
    List<ListingRow> open,
    Optional<Timeline> timeline,
    List<ListingRow> listings,
    Optional<String> more,
    List<ChangeRow> changes,
    boolean moreChanges,
    List<TicketLink> tickets) {

  /** A row of Postal's table; {@code state} is one word or two. */
  record Row(
      long id,
      Optional<String> hostname,
      String pool,
      String priority,
      String state,
      String lists,
      String lastEvent) {

    static Row of(MonitoredIp ip, int listedPriority) {
      AddressRow row = AddressRow.of(ip, listedPriority, List.of());
      return new Row(
          ip.rowId(),
          row.hostname(),
          row.pool(),
          row.priority(),
          row.state(),
          String.join(", ", row.lists()),
          row.lastEvent());
    }
  }

  boolean hasRows() {
    return !rows.isEmpty();
  }

  boolean hasOpen() {
    return !open.isEmpty();
  }

  boolean hasListings() {
    return !listings.isEmpty();
  }

  boolean hasChanges() {
    return !changes.isEmpty();
  }

  int changesShown() {
    return changes.size();
  }

  boolean hasTickets() {
    return !tickets.isEmpty();
  }
}
