package dnsblmonitor.testing;

import dnsblmonitor.history.HistorySchema;
import dnsblmonitor.history.HistorySettings;
import dnsblmonitor.ops.HistoryMigration;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A history on the server of a {@link TestDatabase}, as {@code migrate} makes it: on PostgreSQL a
 * schema of the same database, on MariaDB a database beside it. The monitor's user may do what its
 * GRANTs say.
 */
public final class TestHistory implements AutoCloseable {

  private static final String SCHEMA = "dnsbl_history";

  private final TestDatabase database;

  private TestHistory(TestDatabase database) {
    this.database = database;
  }

  /** One with tables, for the monitor's user. */
  public static TestHistory create(TestDatabase database) {
    TestHistory history = withoutTables(database);
    var _ = new HistoryMigration(history.owner()).run();
    history.grant();
    return history;
  }

  /** What an operator provides: nothing on PostgreSQL, an empty database on MariaDB. */
  public static TestHistory withoutTables(TestDatabase database) {
    TestHistory history = new TestHistory(database);
    if (database.settings().kind() == DatabaseKind.MARIADB) {
      database.executePlainly("create database " + history.name());
    }
    return history;
  }

  /** Runs the GRANTs that {@code migrate} prints, for the monitor's user. */
  public void grant() {
    new HistorySchema(owner(), database.rights().user()).grants().forEach(this::execute);
  }

  private String name() {
    return database.name() + "_history";
  }

  /** What an operator writes into {@code HISTORY_DB_URL}. */
  public String url() {
    return switch (database.settings().kind()) {
      case POSTGRESQL -> database.url();
      case MARIADB -> database.url().replaceFirst("/[^/]*$", "/" + name());
    };
  }

  public DatabaseSettings database() {
    return of(database.settings());
  }

  public DatabaseSettings owner() {
    return of(database.owner());
  }

  /** The settings of a run of the deployment {@code postal}. */
  public HistorySettings settings() {
    return settings("postal", Duration.ofDays(400));
  }

  public HistorySettings settings(String deployment, Duration retention) {
    return new HistorySettings(database(), deployment, retention);
  }

  private DatabaseSettings of(DatabaseSettings login) {
    return switch (login.kind()) {
      case POSTGRESQL ->
          new DatabaseSettings(
              login.kind(),
              login.jdbcUrl().replace("currentSchema=postal", "currentSchema=" + SCHEMA),
              login.user(),
              login.password(),
              SCHEMA);
      case MARIADB ->
          new DatabaseSettings(
              login.kind(),
              login.jdbcUrl().replaceFirst("/[^/]*$", "/" + name()),
              login.user(),
              login.password(),
              name());
    };
  }

  /** A session of the owner. */
  public Connection connect() throws SQLException {
    DatabaseSettings owner = owner();
    return DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password().reveal());
  }

  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The rows of a query, their columns joined by {@code |}. */
  public List<String> rows(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          columns.add(String.valueOf(found.getString(i)));
        }
        rows.add(String.join("|", columns));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  @Override
  public void close() {
    switch (database.settings().kind()) {
      case POSTGRESQL ->
          database.execute(
              "begin read write; drop schema if exists %s cascade; commit".formatted(SCHEMA));
      case MARIADB -> database.executePlainly("drop database if exists " + name());
    }
  }
}
