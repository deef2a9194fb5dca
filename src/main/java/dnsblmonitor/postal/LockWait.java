package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * How long a transaction waits for another session's lock, on a row or the table, before it fails.
 * Without such a limit it would wait until the connection times out.
 */
enum LockWait {
  /** No waiting; MySQL waits one second. */
  NONE(Duration.ZERO),
  /** For a row; Postal's UI locks rows for milliseconds. */
  SHORT(Duration.ofSeconds(3)),
  /** For an ALTER TABLE, or a backup that locks its tables. */
  LONG(Duration.ofSeconds(10));

  private final Duration limit;

  LockWait(Duration limit) {
    this.limit = limit;
  }

  /** On MariaDB it applies to the session until it is set again. */
  void limit(Connection connection, DatabaseKind kind) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          switch (kind) {
            // 0 would mean no limit
            case POSTGRESQL -> "set local lock_timeout = " + Math.max(1, limit.toMillis());
            case MARIADB ->
                "set session innodb_lock_wait_timeout = %d, session lock_wait_timeout = %d"
                    .formatted(limit.toSeconds(), limit.toSeconds());
          });
    }
  }
}
