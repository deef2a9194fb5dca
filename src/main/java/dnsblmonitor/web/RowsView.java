package dnsblmonitor.web;

import java.util.List;
import java.util.Optional;

/**
 * The page of Postal's table.
 *
 * @param failure why the table cannot be read
 * @param next the link to the next page
 */
record RowsView(
    Frame frame,
    RowsQuery query,
    Optional<String> failure,
    List<Choice> states,
    List<Choice> zones,
    List<AddressRow> rows,
    Optional<String> next) {

  /** An entry of a list to choose from. */
  record Choice(String value, String text, boolean chosen) {}

  boolean hasRows() {
    return !rows.isEmpty();
  }
}
