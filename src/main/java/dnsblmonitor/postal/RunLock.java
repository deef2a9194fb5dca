package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The lock that keeps two runs apart (R5): a PostgreSQL advisory lock of the session, on a
 * connection of its own outside pool and JTA. It dies with its holder; where the holder's node
 * vanished, the server's TCP keep-alive ends the session within about a minute.
 */
public final class RunLock implements AutoCloseable {

  /** First key of the advisory lock: "dnsb" in ASCII; the second is made from the schema. */
  private static final int LOCK_CLASS = 0x646e7362;

  private static final Duration PING_EVERY = Duration.ofSeconds(10);
  private static final Duration PING_LIMIT = Duration.ofSeconds(20);
  private static final String APPLICATION_NAME = "dnsbl-monitor ";

  /** What came of asking for the lock. */
  public sealed interface Attempt {}

  public record Acquired(RunLock lock) implements Attempt {}

  /**
   * Somebody else has it.
   *
   * @param holder as far as the server tells
   * @param age how long its session lives, where the server tells
   */
  public record Taken(String holder, Optional<Duration> age) implements Attempt {}

  private final Connection connection;
  private final ScheduledExecutorService pinger =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("run-lock").unstarted(task));

  private RunLock(Connection connection) {
    this.connection = connection;
  }

  /**
   * Asks for the lock without waiting for it, after a look at the schema.
   *
   * @param onLost called once, on a thread of the lock, when the session is gone
   * @throws DatabaseException where the database cannot be used
   */
  public static Attempt tryAcquire(DatabaseSettings settings, String runId, Runnable onLost) {
    try {
      Connection connection = open(settings, APPLICATION_NAME + runId);
      try {
        Schema.check(connection, settings.schema());
        Attempt attempt = ask(connection, settings.schema());
        if (attempt instanceof Acquired(RunLock lock)) {
          lock.watch(onLost);
        } else {
          connection.close();
        }
        return attempt;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw DatabaseException.of(e);
    }
  }

  /** What a dry run needs of all this: a look at the schema, no lock (R5). */
  public static void checkSchema(DatabaseSettings settings, String runId) {
    try (Connection connection = open(settings, APPLICATION_NAME + runId)) {
      Schema.check(connection, settings.schema());
    } catch (SQLException e) {
      throw DatabaseException.of(e);
    }
  }

  private static Connection open(DatabaseSettings settings, String applicationName)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password().reveal());
    properties.setProperty("ApplicationName", applicationName);
    properties.setProperty("socketTimeout", String.valueOf(PING_LIMIT.toSeconds()));
    return DriverManager.getConnection(settings.jdbcUrl(), properties);
  }

  private static Attempt ask(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set tcp_keepalives_idle = 20");
      statement.execute("set tcp_keepalives_interval = 10");
      statement.execute("set tcp_keepalives_count = 3");
    }
    try (PreparedStatement query =
        connection.prepareStatement("select pg_try_advisory_lock(?, hashtext(?))")) {
      query.setInt(1, LOCK_CLASS);
      query.setString(2, schema);
      try (ResultSet answer = query.executeQuery()) {
        answer.next();
        return answer.getBoolean(1)
            ? new Acquired(new RunLock(connection))
            : holder(connection, schema);
      }
    }
  }

  private static Taken holder(Connection connection, String schema) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select coalesce(a.application_name, ''), coalesce(host(a.client_addr), 'local'),
                   a.pid, a.backend_start, now()
              from pg_locks l join pg_stat_activity a using (pid)
             where l.locktype = 'advisory' and l.granted
               and l.database = (select oid from pg_database where datname = current_database())
               and l.classid = ?::bigint::oid and l.objid = (hashtext(?)::bigint & 4294967295)::oid
            """)) {
      query.setInt(1, LOCK_CLASS);
      query.setString(2, schema);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return new Taken("a run that has just ended", Optional.empty());
        }
        String name = row.getString(1).isEmpty() ? "another user's session" : row.getString(1);
        return new Taken(
            "%s (from %s, backend %d)".formatted(name, row.getString(2), row.getInt(3)), age(row));
      }
    }
  }

  private static Optional<Duration> age(ResultSet row) throws SQLException {
    java.sql.Timestamp started = row.getTimestamp(4);
    Instant now = row.getTimestamp(5).toInstant();
    return started == null
        ? Optional.empty()
        : Optional.of(Duration.between(started.toInstant(), now));
  }

  private void watch(Runnable onLost) {
    var _ =
        pinger.scheduleWithFixedDelay(
            () -> {
              if (!isAlive()) {
                pinger.shutdown();
                onLost.run();
              }
            },
            PING_EVERY.toMillis(),
            PING_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private boolean isAlive() {
    try (Statement statement = connection.createStatement()) {
      return statement.execute("select 1");
    } catch (SQLException e) {
      return false;
    }
  }

  /** Gives the lock back, by ending its session. */
  @Override
  public void close() {
    pinger.shutdownNow();
    try {
      connection.close();
    } catch (SQLException e) {
      // the session is gone already, and the lock with it
    }
  }
}
