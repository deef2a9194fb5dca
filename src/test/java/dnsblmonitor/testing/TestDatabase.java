package dnsblmonitor.testing;

import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.postal.LeastRights;
import dnsblmonitor.postal.Migration;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database of its own on a real server on loopback, with Postal's table as Postal creates it and
 * the monitor's three columns as {@code migrate} adds them. The monitor's user has what the GRANTs
 * give it that {@code migrate} prints, and nothing else. A trigger counts the updates of rows.
 */
public sealed interface TestDatabase extends AutoCloseable permits TestPostgres, TestMariaDb {

  String USER = "monitor";
  String PASSWORD = "canary/db:p@s\"s#\\w%rd dü";

  /** One row as it stands in the table. */
  record Row(
      long id,
      @Nullable String ipv4,
      @Nullable Integer priority,
      @Nullable Integer oldPriority,
      @Nullable String blockingLists,
      @Nullable String lastEvent) {}

  /** A fresh database on PostgreSQL, ready for runs. */
  static TestDatabase create() {
    return TestPostgres.create();
  }

  /** A fresh database on PostgreSQL as Postal left it: without the monitor's columns. */
  static TestDatabase withoutColumns() {
    return TestPostgres.withoutColumns();
  }

  /** How the monitor reaches it. */
  DatabaseSettings settings();

  /** How its owner reaches it, who may alter the table. */
  DatabaseSettings owner();

  /** What the monitor's user has been granted, where the columns are there. */
  LeastRights rights();

  /** The scheme of its {@code DB_URL}. */
  String scheme();

  int port();

  String name();

  /** A session of the owner, as Postal or a person would have it. */
  Connection connect() throws SQLException;

  /** Moves the server's sessions to come nine hours to the east. */
  void moveToTokyo();

  /** Lets the server refuse all writes of the monitor's sessions to come, as a replica would. */
  void makeReadOnly();

  /** Ends all sessions of the monitor. */
  void endSessionsOfTheMonitor();

  /** How many sessions wait for a lock of another one. */
  int waitingForLocks();

  /** How many row updates there were so far. */
  int writes();

  @Override
  void close();

  /** The same database for one of several tests in turn: closing it makes it anew. */
  TestDatabase shared();

  /** What an operator writes into {@code DB_URL}. */
  default String url() {
    return url(settings());
  }

  /** The same for another login. */
  default String url(DatabaseSettings login) {
    return "%s://%s:%s@127.0.0.1:%d/%s"
        .formatted(
            scheme(), login.user(), percentEncoded(login.password().reveal()), port(), name());
  }

  /** As a part of a URL, where a plus is a plus. */
  static String percentEncoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Does what an operator does once: adds the columns, and grants what was printed then. */
  default void migrate() {
    var _ = new Migration(owner(), Duration.ofSeconds(10)).run();
    rights().statements().forEach(this::executePlainly);
  }

  /** Adds a row with the next id; returns the id. */
  default long insert(@Nullable String ipv4, @Nullable Integer priority) {
    return insert(ipv4, priority, null);
  }

  default long insert(@Nullable String ipv4, @Nullable Integer priority, @Nullable Integer poolId) {
    return insert(ipv4, null, priority, poolId);
  }

  /** Adds a row that holds something in both columns. */
  default long insertWithIpv6(@Nullable String ipv4, String ipv6, int priority) {
    return insert(ipv4, ipv6, priority, null);
  }

  private long insert(
      @Nullable String ipv4,
      @Nullable String ipv6,
      @Nullable Integer priority,
      @Nullable Integer poolId) {
    String sql =
        "insert into ip_addresses"
            + " (ip_pool_id, ipv4, ipv6, hostname, priority, created_at, updated_at)"
            + " values (?, ?, ?, 'mx.example.com', ?, now(), timestamp '2026-01-01 00:00:00')"
            + " returning id";
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, poolId);
      statement.setString(2, ipv4);
      statement.setString(3, ipv6);
      statement.setObject(4, priority);
      try (ResultSet key = statement.executeQuery()) {
        key.next();
        return key.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs SQL as the owner of the database; both kinds quote names by double quotes here. */
  default void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Runs SQL as the owner in a session as it comes, where each kind quotes names its own way. */
  default void executePlainly(String sql) {
    try (Connection connection =
            DriverManager.getConnection(
                owner().jdbcUrl(), owner().user(), owner().password().reveal());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** All rows in id order. */
  default List<Row> rows() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select id, ipv4, priority, \"oldPriority\", \"blockingLists\", \"lastEvent\""
                    + " from ip_addresses order by id")) {
      List<Row> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(
            new Row(
                found.getLong(1),
                found.getString(2),
                found.getObject(3, Integer.class),
                found.getObject(4, Integer.class),
                found.getString(5),
                found.getString(6)));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  default Row row(String ipv4) {
    return rows().stream().filter(row -> ipv4.equals(row.ipv4())).findFirst().orElseThrow();
  }

  /** The first column of the first row. */
  default String single(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      found.next();
      return String.valueOf(found.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }
}
