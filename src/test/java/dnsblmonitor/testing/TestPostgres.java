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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A database on a {@link PostgresServer}; its owner's sessions look into the schema first. */
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
    EMPTY,
    RENEW
  }

  private final PostgresServer server;
  private final String name;
  private final Closing closing;

  private TestPostgres(PostgresServer server, String name, Closing closing) {
    this.server = server;
    this.name = name;
    this.closing = closing;
  }

  private static final class Embedded {
    static final PostgresServer SHARED = start();

    private static PostgresServer start() {
      try {
        Path data = Files.createTempDirectory("dnsbl-monitor-postgres-");
        EmbeddedPostgres embedded =
            EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(true).start();
        Path access = data.resolve("pg_hba.conf");
        Files.writeString(
            access,
            "host all monitor,dnsbl_jobs 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
        PostgresServer server = new PostgresServer(embedded.getPort(), "").withMonitor();
        try (Connection connection = server.connect("postgres");
            Statement statement = connection.createStatement()) {
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
    return create(Embedded.SHARED);
  }

  /** A fresh one on another server that has the monitor's role, ready for runs. */
  public static TestPostgres create(PostgresServer server) {
    TestPostgres database = withoutColumns(server);
    database.migrate();
    return database;
  }

  static TestPostgres withoutColumns() {
    return withoutColumns(Embedded.SHARED);
  }

  /** The same as Postal left it: without the monitor's columns. */
  public static TestPostgres withoutColumns(PostgresServer server) {
    String name = "postal_" + NUMBER.incrementAndGet();
    TestPostgres database = new TestPostgres(server, name, Closing.DROP);
    try (Connection connection = server.connect("postgres");
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
    return new TestPostgres(new PostgresServer(port, ""), name, Closing.EMPTY);
  }

  @Override
  public TestPostgres shared() {
    return new TestPostgres(server, name, Closing.RENEW);
  }

  @Override
  public DatabaseSettings settings() {
    return new DatabaseSettings(
        DatabaseKind.POSTGRESQL,
        "jdbc:postgresql://127.0.0.1:%d/%s?currentSchema=postal".formatted(port(), name),
        USER,
        new Secret(PASSWORD),
        "postal");
  }

  @Override
  public DatabaseSettings owner() {
    DatabaseSettings monitors = settings();
    return new DatabaseSettings(
        monitors.kind(),
        monitors.jdbcUrl(),
        "postgres",
        new Secret(server.ownersPassword()),
        monitors.schema());
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
    return server.port();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Connection connect() throws SQLException {
    return server.connect(name + "?currentSchema=postal,public");
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
      case RENEW -> renew();
    }
  }

  /** Sessions that are left in it are ended: they may have been made read-only. */
  private void renew() {
    executeElsewhere("alter database %s reset all".formatted(name));
    endSessionsOfTheMonitor();
    execute("drop schema postal cascade; drop schema audit cascade;" + TABLE + RIGHTS);
    migrate();
  }

  private void drop() {
    executeElsewhere("drop database " + name + " with (force)");
  }

  private void executeElsewhere(String sql) {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
