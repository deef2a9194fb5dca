package dnsblmonitor.testing;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.postal.LeastRights;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A database on an embedded PostgreSQL; its owner's sessions look into the schema first. */
public final class TestPostgres implements TestDatabase {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String TABLE =
      """
      create schema postal;
      create table postal.ip_addresses (
        id serial primary key, ip_pool_id integer, ipv4 varchar(255), ipv6 varchar(255),
        created_at timestamp(6), updated_at timestamp(6), hostname varchar(255), priority integer);
      """;

  /** What the monitor may see before its columns are there; and the count of updates. */
  private static final String RIGHTS =
      """
      grant usage on schema postal to monitor;
      grant select (id, ip_pool_id, ipv4, ipv6, hostname, priority, updated_at)
        on postal.ip_addresses to monitor;
      create schema audit;
      create table audit.writes (at timestamp default clock_timestamp(), row_id integer);
      create function audit.count_write() returns trigger language plpgsql security definer as
        'begin insert into audit.writes(row_id) values (new.id); return new; end';
      create trigger count_write after update on postal.ip_addresses
        for each row execute function audit.count_write();
      """;

  /** What becomes of the database when it is closed. */
  private enum Closing {
    DROP,
    EMPTY
  }

  private final int port;
  private final String name;
  private final Closing closing;

  private TestPostgres(int port, String name, Closing closing) {
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

  static TestPostgres create() {
    TestPostgres database = withoutColumns();
    database.migrate();
    return database;
  }

  static TestPostgres withoutColumns() {
    String name = "postal_" + NUMBER.incrementAndGet();
    TestPostgres database = new TestPostgres(Server.SHARED.getPort(), name, Closing.DROP);
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
  public static TestPostgres madeElsewhere(int port, String name) {
    return new TestPostgres(port, name, Closing.EMPTY);
  }

  @Override
  public DatabaseSettings settings() {
    return new DatabaseSettings(
        DatabaseKind.POSTGRESQL,
        "jdbc:postgresql://127.0.0.1:%d/%s?currentSchema=postal".formatted(port, name),
        USER,
        new Secret(PASSWORD),
        "postal");
  }

  @Override
  public DatabaseSettings owner() {
    DatabaseSettings monitors = settings();
    return new DatabaseSettings(
        monitors.kind(), monitors.jdbcUrl(), "postgres", new Secret(""), monitors.schema());
  }

  @Override
  public LeastRights rights() {
    return new LeastRights(DatabaseKind.POSTGRESQL, "postal", USER);
  }

  @Override
  public String scheme() {
    return "postgresql";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Connection connect() throws SQLException {
    return connect(name + "?currentSchema=postal,public");
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), "postgres", "");
  }

  @Override
  public void moveToTokyo() {
    execute("alter database %s set timezone = 'Asia/Tokyo'".formatted(name));
  }

  @Override
  public void makeReadOnly() {
    execute("alter database %s set default_transaction_read_only = on".formatted(name));
  }

  @Override
  public void endSessionsOfTheMonitor() {
    execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'monitor'");
  }

  @Override
  public int waitingForLocks() {
    return Integer.parseInt(single("select count(*) from pg_locks where not granted"));
  }

  @Override
  public int writes() {
    return Integer.parseInt(single("select count(*) from audit.writes"));
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
