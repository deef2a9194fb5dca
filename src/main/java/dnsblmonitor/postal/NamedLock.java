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
 * A MariaDB or MySQL {@code GET_LOCK}. Lock names are server-wide, so it includes the database's
 * name, hashed because MySQL limits names to 64 characters.
 *
 * <p>An unprivileged user can see only which connection holds the lock, not since when. So the
 * holder first acquires a second lock, whose name ends with the time.
 */
record NamedLock() implements SessionLock {

  /** The maximum age that is reported. */
  private static final Duration MAX_AGE = Duration.ofHours(25);

  /** The latest of the last 90,000 seconds that is the end of a lock's name. */
  private static final String AGE =
      """
      with recursive n(i) as (select 0 union all select i + 1 from n where i < 299)
      select min(high.i * 300 + low.i) from n high, n low
       where is_used_lock(concat(?, '.', ? - high.i * 300 - low.i)) = ?
      """;

  private static final String TRIAL = "dnsbl-monitor.trial.";

  @Override
  public Map<String, String> connectionProperties(String name) {
    return Map.of("connectionAttributes", "program_name:" + name);
  }

  /** The run lock's ping every 10 seconds keeps the session alive. */
  @Override
  public void setKeepAlive(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set session wait_timeout = 45");
    }
  }

  @Override
  public boolean take(Connection connection) throws SQLException {
    String name = name(connection);
    take(connection, name + "." + now(connection), 0);
    // a second, since the lock of a session that was just closed is freed slightly later
    return take(connection, name, 1);
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
        visible(connection, "select host from information_schema.processlist where id = ?", id)
            .orElse("an unknown host");
    String program =
        visible(
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

  /** Empty if the holder has ended meanwhile. */
  private static Optional<Duration> age(Connection connection, String name, long holder)
      throws SQLException {
    Optional<Long> seconds = number(connection, AGE, name, now(connection), holder);
    if (seconds.isPresent()) {
      return seconds.map(Duration::ofSeconds);
    }
    return number(connection, "select is_used_lock(?)", name)
        .filter(id -> id == holder)
        .map(_ -> MAX_AGE);
  }

  private static long now(Connection connection) throws SQLException {
    return number(connection, "select unix_timestamp()").orElseThrow();
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

  private static Optional<Long> number(Connection connection, String query, Object... values)
      throws SQLException {
    return text(connection, query, values).map(Long::valueOf);
  }

  /** Runs a query that this server or the user's rights may not support. */
  private static Optional<String> visible(Connection connection, String query, long id) {
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
