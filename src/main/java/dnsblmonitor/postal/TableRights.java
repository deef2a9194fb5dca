package dnsblmonitor.postal;

import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.postal.DatabaseException.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks each right that a run needs with statements that match no row and are rolled back. This
 * also works on read-only servers and on servers without a function for it.
 *
 * @param dryRun whether runs only read (R3)
 */
record TableRights(TableName table, Connection connection, boolean dryRun) {

  private static final String TRIED = "rights";

  Finding finding() throws SQLException {
    List<String> lacking = new ArrayList<>();
    try {
      for (String column : LeastRights.READ) {
        if (isRefused(
            "select %s from %s where 1 = 0".formatted(table.kind().quoted(column), table.sql()))) {
          lacking.add("SELECT on " + column);
        }
      }
      for (String column : dryRun ? List.<String>of() : LeastRights.WRITTEN) {
        if (isRefused(
            "update %s set %s = null where 1 = 0"
                .formatted(table.sql(), table.kind().quoted(column)))) {
          lacking.add("UPDATE on " + column);
        }
      }
    } catch (DatabaseException e) {
      return new Fails(TRIED, e.getMessage());
    }
    return lacking.isEmpty()
        ? new Holds(
            TRIED,
            dryRun
                ? "SELECT on the columns that a dry run reads"
                : "SELECT and UPDATE on the columns that a run reads and writes")
        : new Fails(
            TRIED,
            "the user lacks %s; run the GRANTs that 'dnsbl-monitor migrate' prints"
                .formatted(String.join(", ", lacking)));
  }

  /**
   * Whether the user lacks the right to run a statement.
   *
   * @throws DatabaseException if the server refuses it for another reason
   */
  private boolean isRefused(String sql) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      LockWait.LONG.limit(connection, table.kind());
      statement.execute(sql);
      return false;
    } catch (SQLException e) {
      DatabaseException refused = DatabaseException.of(e);
      if (refused.fault() != Fault.SCHEMA) {
        throw refused;
      }
      return true;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
