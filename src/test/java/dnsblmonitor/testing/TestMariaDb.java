package dnsblmonitor.testing;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.postal.LeastRights;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A database on a {@link MariaDbServer}, its table as Postal's own migrations make it. */
public final class TestMariaDb implements TestDatabase {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Postal's {@code db/schema.rb}, 3.3: {@code t.datetime} is {@code datetime(6)} there. */
  private static final String TABLE =
      """
      create table ip_addresses (
        id int not null auto_increment primary key, ip_pool_id int,
        ipv4 varchar(255), ipv6 varchar(255), created_at datetime(6), updated_at datetime(6),
        hostname varchar(255), priority int)
      default charset=utf8mb4 collate=utf8mb4_general_ci
      """;

  /** What becomes of the database when it is closed. */
  private enum Closing {
    DROP,
    RENEW
  }

  private final MariaDbServer server;
  private final String name;
  private final Closing closing;

  private TestMariaDb(MariaDbServer server, String name, Closing closing) {
    this.server = server;
    this.name = name;
    this.closing = closing;
  }

  /** A fresh database on the server that all tests of this JVM share, ready for runs. */
  public static TestMariaDb create() {
    return create(MariaDbServer.shared());
  }

  /** A fresh one on another server, ready for runs. */
  public static TestMariaDb create(MariaDbServer server) {
    TestMariaDb database = withoutColumns(server);
    database.migrate();
    return database;
  }

  /** The same as Postal left it: without the monitor's columns. */
  public static TestMariaDb withoutColumns() {
    return withoutColumns(MariaDbServer.shared());
  }

  /** The same on another server. */
  public static TestMariaDb withoutColumns(MariaDbServer server) {
    String name = "postal_" + NUMBER.incrementAndGet();
    TestMariaDb database = new TestMariaDb(server, name, Closing.DROP);
    database.make();
    return database;
  }

  private void make() {
    server.execute("create database " + name);
    server.execute("create database " + audit());
    server.execute(
        "create table %s.writes (at timestamp(6) default now(6), row_id int)".formatted(audit()));
    execute(TABLE);
    execute(
        """
        create trigger count_write after update on ip_addresses
          for each row insert into %s.writes(row_id) values (new.id)
        """
            .formatted(audit()));
    server.execute(
        "grant select (id, ip_pool_id, ipv4, ipv6, hostname, priority, updated_at) on %s.ip_addresses to monitor"
            .formatted(name));
  }

  @Override
  public TestMariaDb shared() {
    return new TestMariaDb(server, name, Closing.RENEW);
  }

  private String audit() {
    return name + "_audit";
  }

  @Override
  public DatabaseSettings settings() {
    return new DatabaseSettings(
        DatabaseKind.MARIADB,
        "jdbc:mariadb://127.0.0.1:%d/%s".formatted(port(), name),
        USER,
        new Secret(PASSWORD),
        name);
  }

  @Override
  public DatabaseSettings owner() {
    DatabaseSettings monitors = settings();
    return new DatabaseSettings(
        monitors.kind(), monitors.jdbcUrl(), "root", new Secret(""), monitors.schema());
  }

  @Override
  public LeastRights rights() {
    return new LeastRights(DatabaseKind.MARIADB, name, USER + "@%");
  }

  @Override
  public String scheme() {
    return "mariadb";
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
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:%d/%s?sessionVariables=sql_mode='ANSI_QUOTES'"
            .formatted(port(), name),
        "root",
        "");
  }

  @Override
  public void moveToTokyo() {
    execute("set global time_zone = '+09:00'");
  }

  @Override
  public void makeReadOnly() {
    execute("set global read_only = on");
  }

  @Override
  public void endSessionsOfTheMonitor() {
    server.execute("kill connection user " + USER);
  }

  @Override
  public int waitingForLocks() {
    // not innodb_lock_waits: who asks again within 100 ms gets the answer of before
    return Integer.parseInt(
        single(
            "select variable_value from information_schema.global_status"
                + " where variable_name = 'INNODB_ROW_LOCK_CURRENT_WAITS'"));
  }

  @Override
  public int writes() {
    return Integer.parseInt(single("select count(*) from %s.writes".formatted(audit())));
  }

  /** Drops the database; sessions that are left in it find nothing more. */
  @Override
  public void close() {
    server.execute("set global time_zone = default, global read_only = off");
    server.execute("drop database " + name);
    server.execute("drop database " + audit());
    if (closing == Closing.RENEW) {
      endSessionsOfTheMonitor();
      make();
      migrate();
    }
  }
}
