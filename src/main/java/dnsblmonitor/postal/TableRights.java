package dnsblmonitor.postal;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.postal.DatabaseException.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the server for each right that a run needs, by statements that find no row and are rolled
 * back: a server that is read-only, and one that has no function for it, answers these too.
 *
 * @param dryRun whether runs only read (R3)
 */
record TableRights(TableName table, Connection connection, boolean dryRun) {

  private static final String TRIED = "rights";

  Finding finding() throws SQLException {
    List<String> lacking = new ArrayList<>();
    List<DatabaseException> other = new ArrayList<>();
    List<String> all =
        dryRun
            ? List.of(select(LeastRights.READ))
            : List.of(select(LeastRights.READ), update(LeastRights.WRITTEN));
    for (String statement : all) {
      refusal(statement).filter(refused -> refused.fault() != Fault.SCHEMA).ifPresent(other::add);
    }
    if (!other.isEmpty()) {
      return new Fails(TRIED, other.getFirst().getMessage());
    }
    for (String column : LeastRights.READ) {
      refusal(select(List.of(column))).ifPresent(_ -> lacking.add("SELECT of " + column));
    }
    for (String column : dryRun ? List.<String>of() : LeastRights.WRITTEN) {
      refusal(update(List.of(column))).ifPresent(_ -> lacking.add("UPDATE of " + column));
    }
    return lacking.isEmpty()
        ? new Holds(
            TRIED,
            dryRun
                ? "SELECT of what a dry run reads"
                : "SELECT and UPDATE of what a run reads and writes")
        : new Fails(
            TRIED,
            "the user lacks %s; run the GRANTs that 'dnsbl-monitor migrate' prints"
                .formatted(String.join(", ", lacking)));
  }

  private String select(List<String> columns) {
    return "select %s from %s where 1 = 0"
        .formatted(columns.stream().map(table::quoted).collect(joining(", ")), table.sql());
  }

  private String update(List<String> columns) {
    return "update %s set %s where 1 = 0"
        .formatted(
            table.sql(),
            columns.stream()
                .map(table::quoted)
                .map(column -> column + " = null")
                .collect(joining(", ")));
  }

  private Optional<DatabaseException> refusal(String sql) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      LockWait.LONG.limit(connection, table.kind());
      statement.execute(sql);
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(DatabaseException.of(e));
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
