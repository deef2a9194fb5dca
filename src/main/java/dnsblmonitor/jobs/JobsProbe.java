package dnsblmonitor.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Whether the job repository's database answers the server, for those who watch it. */
public final class JobsProbe {

  /** As {@code jobs.xml} names it. */
  private static final String DATA_SOURCE = "jdbc/jobs";

  private static final int PATIENCE_SECONDS = 3;

  private JobsProbe() {}

  /** Borrows one of Liberty's own connections: nothing else here knows the password. */
  @SuppressWarnings("BanJNDI") // the name is ours, and stands for what server.xml says
  public static boolean answers() {
    try (Connection connection = InitialContext.<DataSource>doLookup(DATA_SOURCE).getConnection()) {
      return connection.isValid(PATIENCE_SECONDS);
    } catch (NamingException | SQLException e) {
      return false;
    }
  }
}
