package dnsblmonitor.history;

import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.ServerFacts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Checks whether a run can be recorded (R5b, R36). What is wrong is a warning, since a run works
 * without its history: also a connection that is neither encrypted nor loopback (R9a). Dry runs are
 * recorded, too, and are checked alike.
 */
public record HistoryCheck(HistorySettings settings) {

  private static final String TRIED = "history";

  /** As for a run. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  public Finding finding() {
    try (HistoryDatabase database = new HistoryDatabase(settings, LIMIT)) {
      return database.call(connection -> {
        for (String table : HistorySchema.TABLES) {
          tryRights(connection, table);
        }
        return server(connection);
      });
    } catch (HistoryException e) {
      return new Warns(TRIED, "runs are not recorded: " + e.getMessage());
    }
  }

  /** Statements that find no row: they are refused without the right, and lock nothing. */
  private void tryRights(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String column = lastColumn(statement, table);
      statement.executeUpdate(
          "insert into %s %s select * from %s where 1 = 0"
              .formatted(table, withGeneratedIds(), table));
      statement.executeUpdate("update %s set %s = %s where 1 = 0".formatted(table, column, column));
      statement.executeUpdate("delete from %s where 1 = 0".formatted(table));
    }
  }

  /** The first one may be a generated id. */
  private static String lastColumn(Statement statement, String table) throws SQLException {
    try (ResultSet none = statement.executeQuery("select * from %s where 1 = 0".formatted(table))) {
      return none.getMetaData().getColumnName(none.getMetaData().getColumnCount());
    }
  }

  private String withGeneratedIds() {
    return switch (settings.database().kind()) {
      case POSTGRESQL -> "overriding system value";
      case MARIADB -> "";
    };
  }

  private Finding server(Connection connection) throws SQLException {
    ServerFacts server = ServerFacts.of(connection, settings.database().kind());
    String details =
        "%s; version %d of the tables, %s; kept for %d days"
            .formatted(
                server.description(),
                HistoryDatabase.VERSION,
                runs(connection),
                settings.retention().toDays());
    if (server.encrypted() || settings.database().isLocal()) {
      return new Holds(TRIED, details);
    }
    return new Warns(
        TRIED,
        "%s; runs and credentials can be read in transit: set HISTORY_DB_URL with %s=verify-full"
            .formatted(
                details,
                settings.database().kind() == DatabaseKind.MARIADB ? "sslMode" : "sslmode"));
  }

  private static String runs(Connection connection) throws SQLException {
    return new HistoryQuery("select count(*) as runs, max(ended_at) as latest from runs")
        .list(
            connection,
            row ->
                row.getLong("runs") == 0
                    ? "no runs yet"
                    : "runs: %d, the last at %s"
                        .formatted(row.getLong("runs"), HistoryQuery.time(row, "latest")))
        .getFirst();
  }
}
