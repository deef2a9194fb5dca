package dnsblmonitor.postal;

import dnsblmonitor.domain.RowOutcome.TooNarrow;
import dnsblmonitor.domain.RowValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of Postal's table that are visible to this user. Column names are case-insensitive on
 * MariaDB but not on PostgreSQL.
 */
final class TableColumns {

  /** Postal's own columns that a run reads (R6). */
  static final List<String> POSTAL_COLUMNS =
      List.of("id", "ip_pool_id", "ipv4", "ipv6", "hostname", "priority", "updated_at");

  /**
   * One column.
   *
   * @param type as in information_schema, without a length
   * @param width in characters; empty if the type has no limit
   */
  record Column(String name, String type, OptionalLong width, boolean nullable) {

    /** The type in SQL notation. */
    String shownType() {
      String length =
          width.isPresent() && type.contains("char") ? "(%d)".formatted(width.getAsLong()) : "";
      return type + length + (nullable ? "" : " NOT NULL");
    }
  }

  private final TableName table;
  private final SortedMap<String, Column> byName;

  private TableColumns(TableName table, SortedMap<String, Column> byName) {
    this.table = table;
    this.byName = byName;
  }

  /** Queries the server; empty if the table does not exist or is not visible to this user. */
  static TableColumns read(Connection connection, TableName table) throws SQLException {
    SortedMap<String, Column> columns = new TreeMap<>(namesCompare(table.kind()));
    try (PreparedStatement query =
        connection.prepareStatement(
            "select column_name, data_type, character_maximum_length, is_nullable"
                + " from information_schema.columns where table_schema = ? and table_name = ?")) {
      query.setString(1, table.schema());
      query.setString(2, TableName.TABLE);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Column column = column(rows);
          columns.put(column.name(), column);
        }
      }
    }
    return new TableColumns(table, columns);
  }

  private static Column column(ResultSet row) throws SQLException {
    return new Column(
        row.getString(1),
        row.getString(2).toLowerCase(Locale.ROOT),
        width(row),
        row.getString(4).equalsIgnoreCase("yes"));
  }

  private static OptionalLong width(ResultSet row) throws SQLException {
    long width = row.getLong(3);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(width);
  }

  private static Comparator<String> namesCompare(DatabaseKind kind) {
    return switch (kind) {
      case POSTGRESQL -> Comparator.naturalOrder();
      case MARIADB -> String.CASE_INSENSITIVE_ORDER;
    };
  }

  TableName table() {
    return table;
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  Optional<Column> find(MonitorColumn column) {
    return Optional.ofNullable(byName.get(column.columnName()));
  }

  /** Those of {@code names} that are missing. */
  List<String> lacking(Collection<String> names) {
    return names.stream().filter(name -> !byName.containsKey(name)).toList();
  }

  /** The missing columns of the monitor. */
  List<MonitorColumn> lacking() {
    return Arrays.stream(MonitorColumn.values()).filter(own -> find(own).isEmpty()).toList();
  }

  /** The existing columns of the monitor, each with its type. */
  List<String> own() {
    return Arrays.stream(MonitorColumn.values())
        .flatMap(own -> find(own).stream())
        .map(column -> column.name() + " " + column.shownType())
        .toList();
  }

  /**
   * The monitor's text columns that are too narrow for their values. MariaDB limits {@code text} in
   * bytes, which is the same, since zone names are ASCII.
   */
  List<TooNarrow> tooNarrowFor(RowValues values) {
    return Stream.of(
            tooNarrow(MonitorColumn.BLOCKING_LISTS, values.blockingLists()),
            tooNarrow(MonitorColumn.LAST_EVENT, values.lastEvent()))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<TooNarrow> tooNarrow(MonitorColumn own, @Nullable String value) {
    int length = value == null ? 0 : value.codePointCount(0, value.length());
    return find(own)
        .map(Column::width)
        .filter(width -> width.isPresent() && length > width.getAsLong())
        .map(width -> new TooNarrow(own.columnName(), width.getAsLong(), length));
  }

  /**
   * A message for each column whose name differs from one of the monitor's only in case, as created
   * by an ALTER TABLE without quotes.
   */
  List<String> lookAlikes() {
    return switch (table.kind()) {
      case MARIADB -> List.of();
      case POSTGRESQL ->
          Arrays.stream(MonitorColumn.values())
              .map(MonitorColumn::columnName)
              .flatMap(own ->
                  byName.keySet().stream()
                      .filter(name -> name.equalsIgnoreCase(own) && !name.equals(own))
                      .map(name -> anotherThan(own, name)))
              .toList();
    };
  }

  private static String anotherThan(String own, String name) {
    return "column %s is not used: PostgreSQL names are case-sensitive, and it is not \"%s\""
        .formatted(name, own);
  }
}
