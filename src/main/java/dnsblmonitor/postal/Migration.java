package dnsblmonitor.postal;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Adds the missing columns of the monitor to Postal's table (R5c, R8) and changes nothing else.
 * Concurrent migrations are harmless: the later one checks the table again.
 */
public final class Migration {

  /** One attempt per column, since another session may add one meanwhile. */
  private static final int TURNS = 3;

  /** The outcome of a migration. */
  public sealed interface Outcome {}

  /**
   * The columns were added.
   *
   * @param columns with their definitions
   */
  public record Added(String columns) implements Outcome {}

  /** In a dry run, the statement that would add the missing columns. */
  public record WouldAdd(String statement) implements Outcome {}

  /**
   * All columns already exist.
   *
   * @param columns with their types
   */
  public record NothingToDo(String columns) implements Outcome {}

  /** The kind of login, which determines the advice on rights. */
  public enum Login {
    /** It may alter the table; the monitor should use a different one. */
    OWNER,
    OTHER
  }

  /**
   * The report of a migration.
   *
   * @param hints oddities of the table
   * @param rights the rights that the monitor's user needs
   */
  public record Report(
      String table, Outcome outcome, List<String> hints, Login login, LeastRights rights) {}

  private final DatabaseSettings settings;
  private final TableName table;
  private final Duration lockLimit;

  /**
   * Creates a migration of the table in {@code settings}.
   *
   * @param lockLimit how long the ALTER TABLE may wait for locks, while Postal's own statements
   *     queue behind it; whole seconds
   */
  public Migration(DatabaseSettings settings, Duration lockLimit) {
    this.settings = settings;
    this.table = TableName.of(settings);
    this.lockLimit = lockLimit;
  }

  /**
   * Adds the missing columns.
   *
   * @throws DatabaseException if that fails; nothing has changed then
   */
  public Report run() {
    return report(this::add);
  }

  /** Reports what {@link #run()} would do (R3). */
  public Report dryRun() {
    return report((_, columns) -> new WouldAdd(statement(columns.lacking())));
  }

  /** Handles a table that lacks columns. */
  private interface Step {
    Outcome take(Connection connection, TableColumns columns) throws SQLException;
  }

  private Report report(Step step) {
    try (Connection connection = DatabaseSession.open(settings, "migrate")) {
      TableColumns columns = usable(connection);
      Outcome outcome =
          columns.lacking().isEmpty()
              ? new NothingToDo(String.join(", ", columns.own()))
              : step.take(connection, columns);
      Login login = outcome instanceof Added ? Login.OWNER : login(connection);
      LeastRights rights =
          new LeastRights(table.kind(), table.schema(), single(connection, "select current_user"));
      return new Report(table.toString(), outcome, columns.lookAlikes(), login, rights);
    } catch (SQLException e) {
      throw DatabaseException.of(e);
    }
  }

  private TableColumns usable(Connection connection) throws SQLException {
    TableColumns columns = TableColumns.read(connection, table);
    TableColumns.requireNone(columns.unusable());
    return columns;
  }

  private Outcome add(Connection connection, TableColumns found) throws SQLException {
    TableColumns columns = found;
    for (int turn = 1; turn <= TURNS && !columns.lacking().isEmpty(); turn++) {
      try {
        alter(connection, statement(columns.lacking()));
        return new Added(definitions(columns.lacking(), ""));
      } catch (SQLException e) {
        if (!isDuplicateColumn(e)) {
          throw refused(e);
        }
        columns = usable(connection);
      }
    }
    TableColumns.requireNone(columns.incomplete());
    return new NothingToDo(String.join(", ", columns.own()));
  }

  private void alter(Connection connection, String statement) throws SQLException {
    try (Statement alter = connection.createStatement()) {
      switch (table.kind()) {
        case POSTGRESQL -> {
          // in one transaction, so that both use the same session even behind a pooler
          connection.setAutoCommit(false);
          try {
            alter.execute("set local lock_timeout = %d".formatted(lockLimit.toMillis()));
            alter.execute(statement);
            connection.commit();
          } finally {
            connection.rollback();
            connection.setAutoCommit(true);
          }
        }
        case MARIADB -> {
          alter.execute("set session lock_wait_timeout = %d".formatted(lockLimit.toSeconds()));
          alter.execute(statement);
        }
      }
    }
  }

  private String statement(List<MonitorColumn> missing) {
    return "ALTER TABLE %s %s".formatted(table.sql(), definitions(missing, "ADD COLUMN "));
  }

  private String definitions(List<MonitorColumn> columns, String prefix) {
    return columns.stream().map(own -> prefix + own.definition(table)).collect(joining(", "));
  }

  /** 42701: PostgreSQL's duplicate_column; 42S21: MariaDB's ER_DUP_FIELDNAME. */
  private static boolean isDuplicateColumn(SQLException failure) {
    return List.of("42701", "42S21").contains(failure.getSQLState());
  }

  private DatabaseException refused(SQLException failure) {
    return switch (table.kind()) {
      case POSTGRESQL ->
          switch (String.valueOf(failure.getSQLState())) {
            case "42501" -> mayNotAlter(failure);
            case "55P03" -> inUse("pg_stat_activity", failure);
            default -> DatabaseException.of(failure);
          };
      case MARIADB ->
          switch (failure.getErrorCode()) {
            case 1142 -> mayNotAlter(failure);
            case 1205 -> inUse("SHOW PROCESSLIST", failure);
            default -> DatabaseException.of(failure);
          };
    };
  }

  private DatabaseException mayNotAlter(SQLException failure) {
    return new DatabaseException(
        DatabaseException.Fault.SCHEMA,
        "user %s may not alter %s. For this command only, log in as the table's owner (DB_USER and DB_PASSWORD, or DB_URL)"
            .formatted(settings.user(), table),
        failure);
  }

  private DatabaseException inUse(String where, SQLException failure) {
    return new DatabaseException(
        DatabaseException.Fault.UNREACHABLE,
        "another transaction held a lock on %s for %d s. Nothing was changed, and Postal is no longer blocked. Try again, or find the transaction in %s"
            .formatted(table, lockLimit.toSeconds(), where),
        failure);
  }

  private Login login(Connection connection) throws SQLException {
    String query =
        switch (table.kind()) {
          case POSTGRESQL ->
              """
              select count(*) from pg_class
               where oid = ?::regclass and pg_has_role(relowner, 'USAGE')
              """;
          case MARIADB ->
              """
              select count(*) from (
                select grantee from information_schema.user_privileges
                 where privilege_type = 'ALTER'
                union all
                select grantee from information_schema.schema_privileges
                 where privilege_type = 'ALTER' and database() like table_schema
                union all
                select grantee from information_schema.table_privileges
                 where privilege_type = 'ALTER'
                   and concat(table_schema, '.', table_name) = ?) as altering
               where grantee = concat('''', replace(current_user(), '@', '''@'''), '''')
              """;
        };
    String name =
        switch (table.kind()) {
          case POSTGRESQL -> table.sql();
          case MARIADB -> table.toString();
        };
    return single(connection, query, name).equals("0") ? Login.OTHER : Login.OWNER;
  }

  private static String single(Connection connection, String query, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
