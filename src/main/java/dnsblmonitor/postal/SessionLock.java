package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** The session lock that a kind of database offers for the run lock (R5). */
sealed interface SessionLock permits AdvisoryLock, NamedLock {

  static SessionLock of(DatabaseSettings settings) {
    return switch (settings.kind()) {
      case POSTGRESQL -> new AdvisoryLock(settings.schema());
      case MARIADB -> new NamedLock();
    };
  }

  /** The driver properties that identify the connection to other sessions. */
  Map<String, String> connectionProperties(String name);

  /** Makes the server end the session within about a minute after its client vanished. */
  void setKeepAlive(Connection connection) throws SQLException;

  /** Tries to acquire the lock. */
  boolean take(Connection connection) throws SQLException;

  /** The holder, as far as the server reports it; empty if the lock is free. */
  Optional<RunLock.Taken> holder(Connection connection) throws SQLException;

  /** Tries to acquire a lock of the same kind that no run uses. */
  boolean takeTrial(Connection connection, int trial) throws SQLException;

  /** Whether this session holds it. */
  boolean hasTrial(Connection connection, int trial) throws SQLException;

  /** Releases it once. */
  void releaseTrial(Connection connection, int trial) throws SQLException;
}
