package dnsblmonitor.history;

import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on the history's tables, one after the other, in one connection, which the first one
 * opens. Not usable after a failure. Called by one thread at a time.
 */
final class HistoryDatabase implements AutoCloseable {

  /** The version of the tables that this program reads and writes, as {@code migrate} makes it. */
  static final int VERSION = 1;

  private final HistorySettings settings;
  private final Duration limit;
  private final Object lock = new Object();
  private @Nullable Connection connection;
  private boolean abandoned;
  private boolean ours;

  /** Statements in one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /**
   * @param limit of each transaction, of the first one including the login
   */
  HistoryDatabase(HistorySettings settings, Duration limit) {
    this.settings = settings;
    this.limit = limit;
  }

  /**
   * Runs {@code work} in a transaction: in a separate thread, since a driver may block for longer
   * than its own time-outs say.
   *
   * @throws HistoryException if it fails or does not end within the limit
   */
  <T> T call(Work<T> work) {
    FutureTask<T> task = new FutureTask<>(() -> inTransaction(work));
    Thread.ofPlatform().daemon().name("history").start(task);
    boolean done = false;
    try {
      T result = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      done = true;
      return result;
    } catch (TimeoutException e) {
      throw new HistoryException(
          "no answer within %d s; check the server, and whether another session holds a lock on its tables"
              .formatted(limit.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HistoryException("interrupted while waiting for an answer");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw HistoryException.of(innermost(failure));
      }
      if (e.getCause() instanceof HistoryException failure) {
        throw failure;
      }
      throw new IllegalStateException("the history: unexpected failure", e.getCause());
    } finally {
      if (!done) {
        abandon();
      }
    }
  }

  /**
   * Breaks off what the other thread still does; a connection that it opens later is closed. In a
   * separate thread, since MariaDB's driver opens another connection for it.
   */
  private void abandon() {
    Optional<Connection> current;
    synchronized (lock) {
      abandoned = true;
      current = Optional.ofNullable(connection);
    }
    current.ifPresent(
        opened -> Thread.ofPlatform().daemon().name("history-abort").start(() -> abort(opened)));
  }

  private static void abort(Connection opened) {
    try {
      opened.abort(Runnable::run);
    } catch (SQLException e) {
      return; // it is not used again
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (connection != null && !abandoned) {
        try {
          connection.close();
        } catch (SQLException e) {
          return; // it is not used again
        }
      }
    }
  }

  /** A batch's error repeats the whole statement. */
  private static SQLException innermost(SQLException failure) {
    return failure.getCause() instanceof SQLException cause ? innermost(cause) : failure;
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    Connection current = connected();
    selectSchema(current);
    if (!ours) {
      requireOurs(current);
      ours = true;
    }
    T result = work.in(current);
    current.commit();
    return result;
  }

  private Connection connected() throws SQLException {
    synchronized (lock) {
      if (connection != null) {
        return connection;
      }
    }
    Connection opened = open(settings.database());
    synchronized (lock) {
      if (abandoned) {
        opened.close();
        throw new HistoryException("the connection was opened too late");
      }
      connection = opened;
    }
    opened.setAutoCommit(false);
    opened.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    return opened;
  }

  static Connection open(DatabaseSettings database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password().reveal());
    if (database.kind() == DatabaseKind.POSTGRESQL) {
      // PgBouncer runs each transaction in any session
      properties.setProperty("prepareThreshold", "0");
      properties.setProperty("ApplicationName", "dnsbl-monitor history");
      properties.setProperty("reWriteBatchedInserts", "true");
    }
    return DriverManager.getConnection(database.jdbcUrl(), properties);
  }

  /** Not by the URL: a search path does not pass through PgBouncer. */
  private void selectSchema(Connection connection) throws SQLException {
    if (settings.database().kind() == DatabaseKind.POSTGRESQL) {
      try (PreparedStatement path =
          connection.prepareStatement("select set_config('search_path', ?, true)")) {
        path.setString(1, settings.database().kind().quoted(settings.database().schema()));
        path.executeQuery().close();
      }
    }
  }

  /** Checks the version of the tables and whose history it is. */
  private void requireOurs(Connection connection) throws SQLException {
    int version = version(connection);
    if (version < VERSION) {
      throw HistoryException.needsMigration(
          "its tables have version %d, but %d is required".formatted(version, VERSION));
    }
    if (version > VERSION) {
      throw HistoryException.newer(String.valueOf(version));
    }
    Optional<String> owner = owner(connection);
    if (owner.filter(name -> !name.equals(settings.deployment())).isPresent()) {
      throw new HistoryException(
          "it belongs to the deployment '%s', not to '%s'. Set HISTORY_DB_SCHEMA, or on MariaDB the database of HISTORY_DB_URL, to one for this deployment, or correct DEPLOYMENT_NAME"
              .formatted(owner.get(), settings.deployment()));
    }
  }

  private static int version(Connection connection) throws SQLException {
    return new HistoryQuery("select max(cast(version as decimal)) from flyway_schema_history")
        .where("success")
        .first(connection, row -> row.getInt(1))
        .orElse(0);
  }

  private static Optional<String> owner(Connection connection) throws SQLException {
    return new HistoryQuery("select name from deployment")
        .where("id = 1")
        .first(connection, row -> HistoryQuery.text(row, "name"))
        .flatMap(name -> name);
  }
}
