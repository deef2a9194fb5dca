package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks that the table exists and has the columns that a run needs (R8). Never alters it. */
final class Schema {

  private Schema() {}

  /** Returns if everything exists, else throws naming everything that is missing. */
  static TableColumns check(Connection connection, TableName table) throws SQLException {
    TableColumns columns = TableColumns.read(connection, table);
    requireNone(unusable(columns).or(() -> incomplete(columns)));
    return columns;
  }

  static void requireNone(Optional<String> fault) {
    if (fault.isPresent()) {
      throw new DatabaseException(DatabaseException.Fault.SCHEMA, fault.get(), null);
    }
  }

  /** Why {@code migrate} cannot prepare the table, and what to do. */
  static Optional<String> unusable(TableColumns columns) {
    TableName table = columns.table();
    if (columns.isEmpty()) {
      return Optional.of(
          "the table %s does not exist or is not visible to this user; check DB_SCHEMA, DB_NAME and the user's rights"
              .formatted(table));
    }
    List<String> postals = columns.lacking(TableColumns.POSTAL_COLUMNS);
    if (!postals.isEmpty()) {
      return Optional.of(
          "%s lacks Postal's column(s) %s, or they are not visible to this user. Check that it is Postal's table"
              .formatted(table, String.join(", ", postals)));
    }
    List<String> unsuitable =
        Arrays.stream(MonitorColumn.values())
            .flatMap(own -> columns.find(own).flatMap(found -> own.fault(found, table)).stream())
            .toList();
    return unsuitable.isEmpty()
        ? Optional.empty()
        : Optional.of("%s: %s".formatted(table, String.join("; ", unsuitable)));
  }

  /** The columns that {@code migrate} has to add. */
  static Optional<String> incomplete(TableColumns columns) {
    List<String> lacking = columns.lacking().stream().map(MonitorColumn::columnName).toList();
    if (lacking.isEmpty()) {
      return Optional.empty();
    }
    String missing =
        "%s lacks the column(s) %s, or they are not visible to this user. Run 'dnsbl-monitor migrate' to add them; it also prints the GRANTs"
            .formatted(columns.table(), String.join(", ", lacking));
    return Optional.of(
        String.join(
            "; ", Stream.concat(Stream.of(missing), columns.lookAlikes().stream()).toList()));
  }
}
