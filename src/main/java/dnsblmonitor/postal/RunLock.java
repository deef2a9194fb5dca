package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The lock against concurrent runs (R5): a database session lock, on a dedicated connection outside
 * pool and JTA. It ends with its holder; if the holder's node vanished, the server's TCP keep-alive
 * or session time-out ends the session within about a minute.
 */
public final class RunLock implements AutoCloseable {

  private static final Duration PING_EVERY = Duration.ofSeconds(10);
  private static final Duration PING_LIMIT = Duration.ofSeconds(20);

  /** The result of trying to acquire the lock. */
  public sealed interface Attempt {}

  public record Acquired(RunLock lock) implements Attempt {}

  /**
   * Another session holds it.
   *
   * @param holder as far as the server reports it
   * @param age how long it has been held, if the server reports it
   */
  public record Taken(String holder, Optional<Duration> age) implements Attempt {
    static Taken justEnded() {
      return new Taken("a run that has just ended", Optional.empty());
    }
  }

  private final Connection connection;
  private final ScheduledExecutorService pinger =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("run-lock").unstarted(task));

  RunLock(Connection connection) {
    this.connection = connection;
  }

  /**
   * Checks the schema, then tries to acquire the lock without waiting.
   *
   * @param onLost called once, on the lock's thread, if the session is lost
   * @throws DatabaseException if the database cannot be used
   */
  public static Attempt tryAcquire(DatabaseSettings settings, String runId, Runnable onLost) {
    SessionLock session = SessionLock.of(settings);
    try {
      Connection connection = open(settings, runId);
      try {
        var _ = TableColumns.require(connection, TableName.of(settings));
        ServerFacts.of(connection, settings.kind()).requireWritable();
        Attempt attempt = ask(connection, session);
        if (attempt instanceof Acquired(RunLock lock)) {
          lock.watch(PING_EVERY, onLost);
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

  /** Checks only the schema, for a dry run, which needs no lock (R5). */
  public static void checkSchema(DatabaseSettings settings, String runId) {
    try (Connection connection = open(settings, runId)) {
      var _ = TableColumns.require(connection, TableName.of(settings));
    } catch (SQLException e) {
      throw DatabaseException.of(e);
    }
  }

  private static Connection open(DatabaseSettings settings, String runId) throws SQLException {
    Connection connection = DatabaseSession.open(settings, runId);
    // not as a property, which the URL would override
    connection.setNetworkTimeout(Runnable::run, (int) PING_LIMIT.toMillis());
    return connection;
  }

  private static Attempt ask(Connection connection, SessionLock session) throws SQLException {
    session.setKeepAlive(connection);
    return session.take(connection)
        ? new Acquired(new RunLock(connection))
        : session.holder(connection).orElseGet(Taken::justEnded);
  }

  void watch(Duration every, Runnable onLost) {
    var _ =
        pinger.scheduleWithFixedDelay(
            () -> {
              if (!isHeld()) {
                pinger.shutdown();
                onLost.run();
              }
            },
            every.toMillis(),
            every.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Pings the session that holds the lock. After any exception the lock counts as lost. */
  public synchronized boolean isHeld() {
    try (Statement statement = connection.createStatement()) {
      return statement.execute("select 1");
    } catch (SQLException | RuntimeException | Error e) {
      return false;
    }
  }

  /** Releases the lock by ending its session. */
  @Override
  public void close() {
    pinger.shutdownNow();
    try {
      connection.close();
    } catch (SQLException e) {
      // the session has already ended, and with it the lock
    }
  }
}
