package dnsblmonitor.jobs;

import org.jspecify.annotations.Nullable;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;

/**
 * Tells PostgreSQL's driver the password of the job repository, from the server's environment.
 *
 * <p>Liberty opens these connections by itself, and would need the password in {@code server.xml}:
 * what stands there, or in a variable that is used there, it writes into its work area. So {@code
 * jobs.xml} names this class instead. The driver finds it in a jar of its own, which the server of
 * a run does not load; there is no MicroProfile Config there.
 */
public final class EnvironmentPassword implements AuthenticationPlugin {

  /** The variable that the launcher gives the server. */
  public static final String VARIABLE = "POSTAL_MONITOR_JOBS_DB_PASSWORD";

  @Override
  public char @Nullable [] getPassword(AuthenticationRequestType type) {
    String password = System.getenv(VARIABLE);
    return password == null ? null : password.toCharArray();
  }
}
