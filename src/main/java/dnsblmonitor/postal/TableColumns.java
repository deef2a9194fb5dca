package dnsblmonitor.postal;

import dnsblmonitor.domain.RowOutcome.TooNarrow;
import dnsblmonitor.domain.RowValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
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

  /**
   * The columns of a table that has all that a run needs (R8). It is never altered.
   *
   * @throws DatabaseException with what is missing, and what to do
   */
  static TableColumns require(Connection connection, TableName table) throws SQLException {
    TableColumns columns = read(connection, table);
    requireNone(columns.unusable().or(columns::incomplete));
    return columns;
  }

  static void requireNone(Optional<String> fault) {
    if (fault.isPresent()) {
      throw new DatabaseException(DatabaseException.Fault.SCHEMA, fault.get(), null);
    }
  }

  /** Why the table is not one that {@code migrate} can make ready, and what to do. */
  Optional<String> unusable() {
    if (byName.isEmpty()) {
      return Optional.of(
          "the table %s does not exist or is not visible to this user; check DB_SCHEMA, DB_NAME and the user's rights"
              .formatted(table));
    }
    List<String> postals =
        POSTAL_COLUMNS.stream().filter(name -> !byName.containsKey(name)).toList();
    if (!postals.isEmpty()) {
      return Optional.of(
          "%s lacks Postal's column(s) %s, or they are not visible to this user. Check that it is Postal's table"
              .formatted(table, String.join(", ", postals)));
    }
    List<String> unsuitable =
        Arrays.stream(MonitorColumn.values())
            .flatMap(own -> find(own).flatMap(found -> own.fault(found, table)).stream())
            .toList();
    return unsuitable.isEmpty()
        ? Optional.empty()
        : Optional.of("%s: %s".formatted(table, String.join("; ", unsuitable)));
  }

  /** What {@code migrate} has to add. */
  Optional<String> incomplete() {
    List<String> lacking = lacking().stream().map(MonitorColumn::columnName).toList();
    if (lacking.isEmpty()) {
      return Optional.empty();
    }
    String missing =
        "%s lacks the column(s) %s, or they are not visible to this user. Run 'dnsbl-monitor migrate' to add them; it also prints the GRANTs"
            .formatted(table, String.join(", ", lacking));
    return Optional.of(
        String.join("; ", Stream.concat(Stream.of(missing), lookAlikes().stream()).toList()));
  }

  Optional<Column> find(MonitorColumn column) {
    return Optional.ofNullable(byName.get(column.columnName()));
  }

  /** The monitor's columns that are not there. */
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
