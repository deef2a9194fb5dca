package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections outside pool and JTA. */
final class DatabaseSession {

  private static final String APPLICATION_NAME = "dnsbl-monitor ";

  private DatabaseSession() {}

  /**
   * A connection of its own, in auto-commit.
   *
   * @param caller the run or command, which other sessions see where the server shows that
   */
  static Connection open(DatabaseSettings settings, String caller) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password().reveal());
    properties.putAll(SessionLock.of(settings).calling(APPLICATION_NAME + caller));
    return DriverManager.getConnection(settings.jdbcUrl(), properties);
  }
}
