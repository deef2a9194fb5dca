package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** What a kind of database offers for the run lock (R5): one that its session holds. */
sealed interface SessionLock permits AdvisoryLock, NamedLock {

  static SessionLock of(DatabaseSettings settings) {
    return switch (settings.kind()) {
      case POSTGRESQL -> new AdvisoryLock(settings.schema());
      case MARIADB -> new NamedLock();
    };
  }

  /** The driver's properties by which other sessions see whose connection it is. */
  Map<String, String> connectionProperties(String name);

  /** Lets the server end the session within about a minute after its client vanished. */
  void setKeepAlive(Connection connection) throws SQLException;

  /** Whether the session has the lock now. */
  boolean take(Connection connection) throws SQLException;

  /** Who has it, as far as the server tells; empty where it is free. */
  Optional<RunLock.Taken> holder(Connection connection) throws SQLException;

  /** Whether the session has a lock of the same kind now that no run asks for. */
  boolean takeTrial(Connection connection, int trial) throws SQLException;

  /** Whether it is this session that has it. */
  boolean hasTrial(Connection connection, int trial) throws SQLException;

  /** Gives it back; as often as it was taken. */
  void releaseTrial(Connection connection, int trial) throws SQLException;
}
