package dnsblmonitor.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Checks for readiness probes whether the job repository's database answers. */
public final class JobsProbe {

  /** The name in {@code jobs.xml}. */
  private static final String DATA_SOURCE = "jdbc/jobs";

  private static final int PATIENCE_SECONDS = 3;

  private JobsProbe() {}

  /** Uses one of Liberty's connections, since only Liberty has the password. */
  @SuppressWarnings("BanJNDI") // a fixed name, defined in server.xml
  public static boolean answers() {
    try (Connection connection = InitialContext.<DataSource>doLookup(DATA_SOURCE).getConnection()) {
      return connection.isValid(PATIENCE_SECONDS);
    } catch (NamingException | SQLException e) {
      return false;
    }
  }
}
