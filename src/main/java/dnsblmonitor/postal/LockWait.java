package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * How long a transaction waits for a lock of another session, on a row or on the table, before it
 * fails. Without such a limit it would wait until the connection is given up.
 */
enum LockWait {
  /** Not at all; MySQL takes that for a second. */
  NONE(Duration.ZERO),
  /** Postal's UI holds a row's lock for milliseconds. */
  SHORT(Duration.ofSeconds(3)),
  /** An ALTER TABLE, a backup that locks its tables. */
  LONG(Duration.ofSeconds(10));

  private final Duration limit;

  LockWait(Duration limit) {
    this.limit = limit;
  }

  /** On MariaDB it is the session's until it is set again. */
  void limit(Connection connection, DatabaseKind kind) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          switch (kind) {
            // 0 would be no limit
            case POSTGRESQL -> "set local lock_timeout = " + Math.max(1, limit.toMillis());
            case MARIADB ->
                "set session innodb_lock_wait_timeout = %d, session lock_wait_timeout = %d"
                    .formatted(limit.toSeconds(), limit.toSeconds());
          });
    }
  }
}
