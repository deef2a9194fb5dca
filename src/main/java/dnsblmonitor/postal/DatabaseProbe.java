package dnsblmonitor.postal;

import java.sql.Connection;
import java.sql.SQLException;

/** Checks for readiness probes whether Postal's database accepts the monitor's login. */
public final class DatabaseProbe {

  private static final int PATIENCE_SECONDS = 3;

  private DatabaseProbe() {}

  /** Opens a dedicated connection, since the pool may be busy. May take as long as a login. */
  public static boolean answers(DatabaseSettings settings) {
    try (Connection connection = DatabaseSession.open(settings, "health")) {
      return connection.isValid(PATIENCE_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }
}
