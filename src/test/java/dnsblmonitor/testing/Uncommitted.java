package dnsblmonitor.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Somebody's update that is not committed yet, and the row locks that it holds. */
public final class Uncommitted implements AutoCloseable {

  private final Connection connection;

  private Uncommitted(Connection connection) {
    this.connection = connection;
  }

  /** Somebody with the owner's rights runs {@code update} and goes for a coffee. */
  public static Uncommitted update(TestDatabase database, String update) {
    try {
      Connection connection = database.connect();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(update);
      }
      return new Uncommitted(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(update, e);
    }
  }

  public void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rolls back what was not committed. */
  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
