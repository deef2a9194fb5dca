package dnsblmonitor.postal;

import dnsblmonitor.postal.RunLock.Taken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL advisory lock, one for each schema of a database. */
record AdvisoryLock(String schema) implements SessionLock {

  /** First key of the advisory lock: "dnsb" in ASCII; the second is made from the schema. */
  private static final int LOCK_CLASS = 0x646e7362;

  /** That of locks which are only tried: "dnst". */
  private static final int TRIAL_CLASS = 0x646e7374;

  @Override
  public Map<String, String> calling(String name) {
    return Map.of("ApplicationName", name);
  }

  @Override
  public void limitSilence(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set tcp_keepalives_idle = 20");
      statement.execute("set tcp_keepalives_interval = 10");
      statement.execute("set tcp_keepalives_count = 3");
    }
  }

  @Override
  public boolean take(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select pg_try_advisory_lock(?, hashtext(?))")) {
      query.setInt(1, LOCK_CLASS);
      query.setString(2, schema);
      try (ResultSet answer = query.executeQuery()) {
        answer.next();
        return answer.getBoolean(1);
      }
    }
  }

  @Override
  public Optional<Taken> holder(Connection connection) throws SQLException {
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
          return Optional.empty();
        }
        String name = row.getString(1).isEmpty() ? "another user's session" : row.getString(1);
        return Optional.of(
            new Taken(
                "%s (from %s, backend %d)".formatted(name, row.getString(2), row.getInt(3)),
                age(row)));
      }
    }
  }

  @Override
  public boolean takeTrial(Connection connection, int trial) throws SQLException {
    return isSo(connection, "select pg_try_advisory_lock(?, ?)", trial);
  }

  @Override
  public boolean hasTrial(Connection connection, int trial) throws SQLException {
    return isSo(
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
    var _ = isSo(connection, "select pg_advisory_unlock(?, ?)", trial);
  }

  private static boolean isSo(Connection connection, String query, int trial) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setInt(1, TRIAL_CLASS);
      statement.setInt(2, trial);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static Optional<Duration> age(ResultSet row) throws SQLException {
    Timestamp started = row.getTimestamp(4);
    Instant now = row.getTimestamp(5).toInstant();
    return started == null
        ? Optional.empty()
        : Optional.of(Duration.between(started.toInstant(), now));
  }
}
