package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.SQLException;

/** Whether Postal's database takes the monitor's login, for those who watch the monitor. */
public final class DatabaseProbe {

  private static final int PATIENCE_SECONDS = 3;

  private DatabaseProbe() {}

  /** Opens a connection of its own: the runs' pool may be busy. May take as long as a login may. */
  public static boolean answers(DatabaseSettings settings) {
    try (Connection connection = DatabaseSession.open(settings, "health")) {
      return connection.isValid(PATIENCE_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }
}
