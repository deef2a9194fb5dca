package dnsblmonitor.jobs;

import dnsblmonitor.postal.DatabaseException;
import dnsblmonitor.postal.DatabaseException.Fault;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Checks whether Liberty can use its tables on MariaDB, where their names are upper case. */
final class MariaDbJobTables {

  /** MariaDB's ER_TABLEACCESS_DENIED_ERROR. */
  private static final int DENIED = 1142;

  /** MariaDB checks the rights for these statements, which match no row. */
  private static final Map<String, String> TRIALS =
      new TreeMap<>(
          Map.of(
              "SELECT", "select 1 from %s where false",
              "INSERT", "insert into %1$s select * from %1$s where false",
              "UPDATE", "update %s set %s = %2$s where false",
              "DELETE", "delete from %s where false"));

  private MariaDbJobTables() {}

  /**
   * Returns if Liberty can use the tables.
   *
   * @throws DatabaseException if a table or a right is missing, a column is too narrow, or the
   *     server is read-only
   */
  static void require(Connection connection, String database) throws SQLException {
    List<String> tables =
        JobTables.TABLES.stream().map(table -> table.toUpperCase(Locale.ROOT)).toList();
    try (Statement statement = connection.createStatement()) {
      requireNone(
          missing(statement, tables),
          "not found in database \"%s\", or not visible to this user; run ddl/jobs-mariadb.sql of the distribution as an administrator of the server"
              .formatted(database));
      if (!first(statement, "select @@global.read_only").equals("0")) {
        requireNone(
            List.of("jobinstance"),
            "in database \"%s\" is on a server that is read-only (a replica?); name the primary"
                .formatted(database));
      }
      requireNone(
          denied(statement, tables),
          "in database \"%s\" must be granted to its user".formatted(database));
      if (first(
              statement,
              "select data_type from information_schema.columns where table_schema = database() and table_name = 'JOBPARAMETER' and column_name = 'VALUE'")
          .equals("varchar")) {
        requireNone(
            List.of("JOBPARAMETER.VALUE"),
            "in database \"%s\" is too narrow; ALTER TABLE JOBPARAMETER MODIFY VALUE LONGTEXT"
                .formatted(database));
      }
    }
  }

  private static void requireNone(List<String> found, String says) {
    if (!found.isEmpty()) {
      throw JobTables.unusable(
          Fault.SCHEMA, "%s %s".formatted(String.join(", ", found), says), null);
    }
  }

  private static List<String> missing(Statement statement, List<String> tables)
      throws SQLException {
    List<String> missing = new ArrayList<>(tables);
    try (ResultSet there =
        statement.executeQuery(
            "select table_name from information_schema.tables where table_schema = database()")) {
      while (there.next()) {
        missing.remove(String.valueOf(there.getString(1)).toUpperCase(Locale.ROOT));
      }
    }
    return missing;
  }

  private static List<String> denied(Statement statement, List<String> tables) throws SQLException {
    List<String> denied = new ArrayList<>();
    for (String table : tables) {
      String column =
          first(
              statement,
              "select column_name from information_schema.columns where table_schema = database() and table_name = '%s' limit 1"
                  .formatted(table));
      for (Map.Entry<String, String> trial : TRIALS.entrySet()) {
        try {
          statement.execute(trial.getValue().formatted(table, column));
        } catch (SQLException e) {
          if (e.getErrorCode() != DENIED) {
            throw e;
          }
          denied.add("%s on %s".formatted(trial.getKey(), table));
        }
      }
    }
    return denied;
  }

  private static String first(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }
}
