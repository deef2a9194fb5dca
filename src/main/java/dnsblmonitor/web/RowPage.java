package dnsblmonitor.web;

import dnsblmonitor.postal.TableRow;
import java.util.List;
import java.util.Optional;

/**
 * A page of rows, or why there are none.
 *
 * @param next the id of the last row, if more follow
 */
record RowPage(List<TableRow> rows, Optional<Long> next, Optional<String> failure) {

  static final int SIZE = 100;

  RowPage {
    rows = List.copyOf(rows);
  }

  static RowPage failed(String why) {
    return new RowPage(List.of(), Optional.empty(), Optional.of(why));
  }

  /** The first {@link #SIZE} of {@code rows}, which contains one more if more follow. */
  static RowPage firstOf(List<TableRow> rows) {
    return firstOf(rows, SIZE);
  }

  /** The same with another size. */
  static RowPage firstOf(List<TableRow> rows, int size) {
    return rows.size() <= size
        ? new RowPage(rows, Optional.empty(), Optional.empty())
        : new RowPage(
            rows.subList(0, size), Optional.of(rows.get(size - 1).id()), Optional.empty());
  }
}
