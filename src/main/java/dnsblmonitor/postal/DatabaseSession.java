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
    if (settings.kind() == DatabaseKind.POSTGRESQL) {
      // by default COMMIT and ROLLBACK are prepared by names, which another's session behind a
      // pooler of transactions may have already
      properties.setProperty("prepareThreshold", "0");
    }
    properties.putAll(SessionLock.of(settings).connectionProperties(APPLICATION_NAME + caller));
    return DriverManager.getConnection(settings.jdbcUrl(), properties);
  }
}
