package dnsblmonitor.postal;

import dnsblmonitor.domain.RowValues;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How many characters the monitor's text columns take, empty where they know no limit. MariaDB
 * counts the bytes of a {@code text}, which are as many: zone names are ASCII.
 */
record ColumnWidths(OptionalLong blockingLists, OptionalLong lastEvent) {

  /** A sentence for each column that cannot take its value whole; none where all fits. */
  List<String> tooNarrowFor(RowValues values) {
    List<String> tooNarrow = new ArrayList<>();
    measure(OwnColumn.BLOCKING_LISTS, blockingLists, values.blockingLists(), tooNarrow);
    measure(OwnColumn.LAST_EVENT, lastEvent, values.lastEvent(), tooNarrow);
    return tooNarrow;
  }

  private static void measure(
      OwnColumn column, OptionalLong width, @Nullable String value, List<String> tooNarrow) {
    if (value == null || width.isEmpty()) {
      return;
    }
    int length = value.codePointCount(0, value.length());
    if (length > width.getAsLong()) {
      tooNarrow.add(
          "%s takes %d characters, not %d: make it text"
              .formatted(column.columnName(), width.getAsLong(), length));
    }
  }
}
