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

/**
 * A MariaDB or MySQL {@code GET_LOCK}, which the whole server shares; so its name is made from the
 * database's, hashed, since MySQL takes at most 64 characters.
 *
 * <p>A user without rights of its own is told only which connection has such a lock, and no server
 * tells since when. So the holder takes further locks, one for each bit of its start in seconds,
 * and a last one that says that they are complete; who finds the lock taken asks for these.
 */
record NamedLock() implements SessionLock {

  /** Seconds since 1970 until the year 2106. */
  private static final int BITS = 32;

  private static final String COMPLETE = ".since";

  private static final String TRIAL = "dnsbl-monitor.trial.";

  @Override
  public Map<String, String> calling(String name) {
    return Map.of("connectionAttributes", "program_name:" + name);
  }

  /** The run lock's ping, every 10 seconds, keeps the session of a living run. */
  @Override
  public void limitSilence(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set session wait_timeout = 45");
    }
  }

  @Override
  public boolean take(Connection connection) throws SQLException {
    String name = name(connection);
    // a second, since the lock of a session that was closed just now is freed a moment later
    if (!take(connection, name, 1)) {
      return false;
    }
    long since = number(connection, "select unix_timestamp()").orElseThrow();
    boolean complete = true;
    for (int bit = 0; bit < BITS; bit++) {
      complete &= (since >> bit & 1) == 0 || take(connection, name + "." + bit, 0);
    }
    if (complete) {
      take(connection, name + COMPLETE, 0);
    }
    return true;
  }

  @Override
  public Optional<Taken> holder(Connection connection) throws SQLException {
    String name = name(connection);
    Optional<Long> holder = number(connection, "select is_used_lock(?)", name);
    if (holder.isEmpty()) {
      return Optional.empty();
    }
    long id = holder.get();
    String host =
        told(connection, "select host from information_schema.processlist where id = ?", id)
            .orElse("an unknown host");
    String program =
        told(
                connection,
                "select attr_value from performance_schema.session_account_connect_attrs"
                    + " where attr_name = 'program_name' and processlist_id = ?",
                id)
            .orElse("dnsbl-monitor");
    return Optional.of(
        new Taken(
            "%s (from %s, connection %d)".formatted(program, host, id), age(connection, name, id)));
  }

  @Override
  public boolean takeTrial(Connection connection, int trial) throws SQLException {
    return take(connection, TRIAL + trial, 0);
  }

  @Override
  public boolean hasTrial(Connection connection, int trial) throws SQLException {
    return number(connection, "select is_used_lock(?) = connection_id()", TRIAL + trial)
        .filter(own -> own == 1)
        .isPresent();
  }

  @Override
  public void releaseTrial(Connection connection, int trial) throws SQLException {
    var _ = number(connection, "select release_lock(?)", TRIAL + trial);
  }

  /** Empty where the holder has not yet told it, or has gone meanwhile. */
  private static Optional<Duration> age(Connection connection, String name, long holder)
      throws SQLException {
    if (!isHeldBy(holder, connection, name + COMPLETE)) {
      return Optional.empty();
    }
    long since = 0;
    for (int bit = 0; bit < BITS; bit++) {
      if (isHeldBy(holder, connection, name + "." + bit)) {
        since |= 1L << bit;
      }
    }
    long now = number(connection, "select unix_timestamp()").orElseThrow();
    return Optional.of(Duration.ofSeconds(now - since));
  }

  private static String name(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select sha1(database())")) {
      row.next();
      return "dnsbl-monitor." + row.getString(1);
    }
  }

  private static boolean take(Connection connection, String name, int waitSeconds)
      throws SQLException {
    String query = "select get_lock(?, %d)".formatted(waitSeconds);
    return number(connection, query, name).filter(taken -> taken == 1).isPresent();
  }

  private static boolean isHeldBy(long holder, Connection connection, String name)
      throws SQLException {
    return number(connection, "select is_used_lock(?)", name)
        .filter(id -> id == holder)
        .isPresent();
  }

  private static Optional<Long> number(Connection connection, String query, Object... values)
      throws SQLException {
    return text(connection, query, values).map(Long::valueOf);
  }

  /** What this server may have or not, and this user may read or not. */
  private static Optional<String> told(Connection connection, String query, long id) {
    try {
      return text(connection, query, id);
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Connection connection, String query, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    }
  }
}
