package dnsblmonitor.testing;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A database of its own on a real PostgreSQL on loopback, with Postal's table as Postal creates it
 * and the monitor's three columns. The monitor's user may only read the table and update what the
 * monitor writes. A trigger counts the updates of rows.
 */
public final class TestDatabase implements AutoCloseable {

  public static final String USER = "monitor";
  public static final String PASSWORD = "canary/db:p@ss#word";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String TABLE =
      """
      create schema postal;
      create table postal.ip_addresses (
        id serial primary key, ip_pool_id integer, ipv4 varchar(255), ipv6 varchar(255),
        created_at timestamp(6), updated_at timestamp(6), hostname varchar(255), priority integer);
      """;
  private static final String COLUMNS =
      """
      alter table postal.ip_addresses
        add "oldPriority" integer, add "blockingLists" text, add "lastEvent" text;
      """;
  private static final String RIGHTS =
      """
      grant usage on schema postal to monitor;
      grant select on postal.ip_addresses to monitor;
      grant update on postal.ip_addresses to monitor;
      create schema audit;
      create table audit.writes (at timestamp default clock_timestamp(), row_id integer);
      create function audit.count_write() returns trigger language plpgsql security definer as
        'begin insert into audit.writes(row_id) values (new.id); return new; end';
      create trigger count_write after update on postal.ip_addresses
        for each row execute function audit.count_write();
      """;

  /** One row as it stands in the table. */
  public record Row(
      long id,
      @Nullable String ipv4,
      @Nullable Integer priority,
      @Nullable Integer oldPriority,
      @Nullable String blockingLists,
      @Nullable String lastEvent) {}

  /** What becomes of the database when it is closed. */
  private enum Closing {
    DROP,
    EMPTY
  }

  private final int port;
  private final String name;
  private final Closing closing;

  private TestDatabase(int port, String name, Closing closing) {
    this.port = port;
    this.name = name;
    this.closing = closing;
  }

  private static final class Server {
    static final EmbeddedPostgres SHARED = start();

    private static EmbeddedPostgres start() {
      try {
        Path data = Files.createTempDirectory("dnsbl-monitor-postgres-");
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(true).start();
        Path access = data.resolve("pg_hba.conf");
        Files.writeString(
            access, "host all monitor 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
        try (Connection connection = server.getPostgresDatabase().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("create role monitor login password '" + PASSWORD + "'");
          statement.execute("select pg_reload_conf()");
        }
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A fresh database, ready for runs. */
  public static TestDatabase create() {
    TestDatabase database = withoutColumns();
    database.execute(COLUMNS);
    return database;
  }

  /** A fresh database as Postal left it: without the monitor's columns. */
  public static TestDatabase withoutColumns() {
    String name = "postal_" + NUMBER.incrementAndGet();
    TestDatabase database = new TestDatabase(Server.SHARED.getPort(), name, Closing.DROP);
    try (Connection connection = Server.SHARED.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    database.execute(TABLE + RIGHTS);
    return database;
  }

  /** One that another JVM made and drops: closing it only empties its table. */
  public static TestDatabase madeElsewhere(int port, String name) {
    return new TestDatabase(port, name, Closing.EMPTY);
  }

  public DatabaseSettings settings() {
    return new DatabaseSettings(
        "jdbc:postgresql://127.0.0.1:%d/%s?currentSchema=postal".formatted(port, name),
        USER,
        new Secret(PASSWORD),
        "postal");
  }

  public int port() {
    return port;
  }

  public String name() {
    return name;
  }

  /** Adds a row with the next id; returns the id. */
  public long insert(@Nullable String ipv4, @Nullable Integer priority) {
    return insert(ipv4, priority, null);
  }

  public long insert(@Nullable String ipv4, @Nullable Integer priority, @Nullable Integer poolId) {
    return insert(ipv4, null, priority, poolId);
  }

  /** Adds a row that holds something in both columns. */
  public long insertWithIpv6(@Nullable String ipv4, String ipv6, int priority) {
    return insert(ipv4, ipv6, priority, null);
  }

  private long insert(
      @Nullable String ipv4,
      @Nullable String ipv6,
      @Nullable Integer priority,
      @Nullable Integer poolId) {
    String sql =
        "insert into postal.ip_addresses"
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

  /** Runs SQL as the owner of the database, as Postal or a person would. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public Connection connect() throws SQLException {
    return connect(name);
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), "postgres", "");
  }

  /** All rows in id order. */
  public List<Row> rows() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select id, ipv4, priority, \"oldPriority\", \"blockingLists\", \"lastEvent\""
                    + " from postal.ip_addresses order by id")) {
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

  public Row row(String ipv4) {
    return rows().stream().filter(row -> ipv4.equals(row.ipv4())).findFirst().orElseThrow();
  }

  /** How many row updates there were so far. */
  public int writes() {
    return Integer.parseInt(single("select count(*) from audit.writes"));
  }

  /** The first column of the first row. */
  public String single(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      found.next();
      return String.valueOf(found.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** Drops the database; sessions that are left in it are ended. */
  @Override
  public void close() {
    switch (closing) {
      case EMPTY -> execute("truncate postal.ip_addresses, audit.writes restart identity");
      case DROP -> drop();
    }
  }

  private void drop() {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("drop database " + name + " with (force)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
