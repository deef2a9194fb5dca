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
   * Opens a dedicated connection, in auto-commit.
   *
   * @param caller the run or command, visible to other sessions if the server shows it
   */
  static Connection open(DatabaseSettings settings, String caller) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password().reveal());
    if (settings.kind() == DatabaseKind.POSTGRESQL) {
      // by default COMMIT and ROLLBACK are prepared under names that, behind a transaction pooler,
      // another client may already have used
      properties.setProperty("prepareThreshold", "0");
    }
    properties.putAll(SessionLock.of(settings).connectionProperties(APPLICATION_NAME + caller));
    return DriverManager.getConnection(settings.jdbcUrl(), properties);
  }
}
