package dnsblmonitor.testing;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of Postal's table as a table for people, plain text. */
final class RowTable {

  private static final String LINE = "%-3s %-17s %8s %11s  %-24s %s\n";

  private RowTable() {}

  static String of(List<TestDatabase.Row> rows) {
    String head =
        LINE.formatted("id", "ipv4", "priority", "oldPriority", "blockingLists", "lastEvent");
    return Stream.concat(Stream.of(head), rows.stream().map(RowTable::line)).collect(joining());
  }

  private static String line(TestDatabase.Row row) {
    return LINE.formatted(
        row.id(),
        text(row.ipv4()),
        text(row.priority()),
        text(row.oldPriority()),
        row.blockingLists() == null ? "-" : "'" + row.blockingLists() + "'",
        text(row.lastEvent()));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }
}
