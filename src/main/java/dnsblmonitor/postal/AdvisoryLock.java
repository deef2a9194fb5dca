package dnsblmonitor.postal;

import dnsblmonitor.postal.RunLock.Taken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL advisory lock, one per schema of a database. */
record AdvisoryLock(String schema) implements SessionLock {

  /** First key of the advisory lock: "dnsb" in ASCII; the second is made from the schema. */
  private static final int LOCK_CLASS = 0x646e7362;

  /** The class of trial locks: "dnst". */
  private static final int TRIAL_CLASS = 0x646e7374;

  /**
   * "dnss": the key of a shared lock of this class is the time, as in {@link #NOW}, since when its
   * session has held the run lock; the session itself may be a pooler's and older.
   */
  static final int SINCE_CLASS = 0x646e7373;

  /** In seconds since 2020, which fits into a lock's int key until 2088. */
  static final String NOW =
      "extract(epoch from clock_timestamp() - timestamptz '2020-01-01T00:00:00Z')::integer";

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String UNDEFINED_OBJECT = "42704";

  @Override
  public Map<String, String> connectionProperties(String name) {
    return Map.of("ApplicationName", name);
  }

  /**
   * By TCP keep-alive; if the server or pooler does not support these settings, by the session's
   * idle time-out (PostgreSQL 14), which the run lock's ping every 10 seconds prevents.
   */
  @Override
  public void setKeepAlive(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try {
        statement.execute("set tcp_keepalives_idle = 20");
        statement.execute("set tcp_keepalives_interval = 10");
        statement.execute("set tcp_keepalives_count = 3");
        // without it, an unacknowledged answer is resent for a quarter of an hour
        statement.execute("set tcp_user_timeout = '50s'");
      } catch (SQLException e) {
        limitIdleSession(statement, e);
      }
    }
  }

  private static void limitIdleSession(Statement statement, SQLException refused)
      throws SQLException {
    try {
      statement.execute("set idle_session_timeout = '45s'");
    } catch (SQLException e) {
      if (!UNDEFINED_OBJECT.equals(e.getSQLState())) {
        throw e;
      }
      e.addSuppressed(refused);
      throw DatabaseException.because(DatabaseException.Refusal.NO_TIMEOUT, e);
    }
  }

  /** Waits a second, since the lock of a session that was just closed is freed slightly later. */
  @Override
  public boolean take(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement lock =
            connection.prepareStatement("select pg_advisory_lock(?, hashtext(?))")) {
      statement.execute("set lock_timeout = '1s'");
      lock.setInt(1, LOCK_CLASS);
      lock.setString(2, schema);
      lock.execute();
      statement.execute("set lock_timeout = 0");
      statement.execute("select pg_try_advisory_lock_shared(%d, %s)".formatted(SINCE_CLASS, NOW));
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Optional<Taken> holder(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select coalesce(a.application_name, ''), coalesce(host(a.client_addr), 'local'), a.pid,
                   %s - s.objid::bigint
              from pg_locks l
              join pg_stat_activity a using (pid)
              left join pg_locks s
                on s.pid = l.pid and s.locktype = 'advisory' and s.granted and s.classid = %d
             where l.locktype = 'advisory' and l.granted
               and l.database = (select oid from pg_database where datname = current_database())
               and l.classid = ?::bigint::oid and l.objid = (hashtext(?)::bigint & 4294967295)::oid
            """
                .formatted(NOW, SINCE_CLASS))) {
      query.setInt(1, LOCK_CLASS);
      query.setString(2, schema);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        String name = row.getString(1).isEmpty() ? "another user's session" : row.getString(1);
        String holder = "%s (from %s, backend %d)".formatted(name, row.getString(2), row.getInt(3));
        long seconds = row.getLong(4);
        return Optional.of(
            new Taken(
                holder,
                row.wasNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds))));
      }
    }
  }

  @Override
  public boolean takeTrial(Connection connection, int trial) throws SQLException {
    return queryBoolean(connection, "select pg_try_advisory_lock(?, ?)", trial);
  }

  @Override
  public boolean hasTrial(Connection connection, int trial) throws SQLException {
    return queryBoolean(
        connection,
        """
        select count(*) > 0 from pg_locks
         where locktype = 'advisory' and granted and pid = pg_backend_pid()
           and classid = ?::bigint::oid and objid = ?::bigint::oid
        """,
        trial);
  }

  @Override
  public void releaseTrial(Connection connection, int trial) throws SQLException {
    var _ = queryBoolean(connection, "select pg_advisory_unlock(?, ?)", trial);
  }

  private static boolean queryBoolean(Connection connection, String query, int trial)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setInt(1, TRIAL_CLASS);
      statement.setInt(2, trial);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
