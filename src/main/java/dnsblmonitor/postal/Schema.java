package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks that the table is there with the columns that a run needs (R8). It never alters it. */
final class Schema {

  private static final String TABLE = "ip_addresses";
  private static final List<String> POSTALS_COLUMNS =
      List.of("id", "ip_pool_id", "ipv4", "ipv6", "hostname", "priority", "updated_at");
  private static final List<String> OUR_COLUMNS =
      List.of("oldPriority", "blockingLists", "lastEvent");

  private Schema() {}

  /** Returns where all is there, else throws with all that is missing. */
  static void check(Connection connection, DatabaseKind kind, String schema) throws SQLException {
    Set<String> present = columns(connection, kind, schema);
    if (present.isEmpty()) {
      throw fault(
          "there is no table %s.%s that this user can see; check DB_SCHEMA and DB_NAME"
              .formatted(schema, TABLE));
    }
    List<String> postals = POSTALS_COLUMNS.stream().filter(c -> !present.contains(c)).toList();
    if (!postals.isEmpty()) {
      throw fault(
          "%s.%s lacks Postal's column(s) %s; is it Postal's table?"
              .formatted(schema, TABLE, String.join(", ", postals)));
    }
    List<String> ours = OUR_COLUMNS.stream().filter(c -> !present.contains(c)).toList();
    if (!ours.isEmpty()) {
      throw fault(
          "%s.%s lacks the column(s) %s; add them with 'dnsbl-monitor migrate' (until it ships: README, The table)"
              .formatted(schema, TABLE, String.join(", ", ours)));
    }
  }

  private static Set<String> columns(Connection connection, DatabaseKind kind, String schema)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select column_name from information_schema.columns"
                + " where table_schema = ? and table_name = ?")) {
      query.setString(1, schema);
      query.setString(2, TABLE);
      Set<String> columns = new TreeSet<>(namesCompare(kind));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
      return columns;
    }
  }

  /** A column's name is the same in any case on MariaDB, and not on PostgreSQL. */
  private static Comparator<String> namesCompare(DatabaseKind kind) {
    return switch (kind) {
      case POSTGRESQL -> Comparator.naturalOrder();
      case MARIADB -> String.CASE_INSENSITIVE_ORDER;
    };
  }

  private static DatabaseException fault(String message) {
    return new DatabaseException(DatabaseException.Fault.SCHEMA, message, null);
  }
}
