package dnsblmonitor.postal;

import dnsblmonitor.domain.RowOutcome.TooNarrow;
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

  /** The columns that cannot take their values whole; none if all fits. */
  List<TooNarrow> tooNarrowFor(RowValues values) {
    List<TooNarrow> tooNarrow = new ArrayList<>();
    measure(MonitorColumn.BLOCKING_LISTS, blockingLists, values.blockingLists(), tooNarrow);
    measure(MonitorColumn.LAST_EVENT, lastEvent, values.lastEvent(), tooNarrow);
    return tooNarrow;
  }

  private static void measure(
      MonitorColumn column, OptionalLong width, @Nullable String value, List<TooNarrow> tooNarrow) {
    if (value == null || width.isEmpty()) {
      return;
    }
    int length = value.codePointCount(0, value.length());
    if (length > width.getAsLong()) {
      tooNarrow.add(new TooNarrow(column.columnName(), width.getAsLong(), length));
    }
  }
}
