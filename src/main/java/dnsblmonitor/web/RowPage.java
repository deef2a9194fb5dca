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
    return rows.size() <= SIZE
        ? new RowPage(rows, Optional.empty(), Optional.empty())
        : new RowPage(
            rows.subList(0, SIZE), Optional.of(rows.get(SIZE - 1).id()), Optional.empty());
  }
}
