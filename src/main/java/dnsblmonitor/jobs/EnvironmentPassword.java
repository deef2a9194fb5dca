package dnsblmonitor.jobs;

import org.jspecify.annotations.Nullable;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;

/**
 * Provides PostgreSQL's driver with the job repository's password from the environment.
 *
 * <p>Liberty opens these connections and would need the password in {@code server.xml}, but it
 * writes such values, and variables used there, into its work area. So {@code jobs.xml} names this
 * class instead. It is in a separate jar next to the driver, without MicroProfile Config, which the
 * server of a single run does not load.
 */
public final class EnvironmentPassword implements AuthenticationPlugin {

  /** The variable that the launcher sets for the server. */
  public static final String VARIABLE = "POSTAL_MONITOR_JOBS_DB_PASSWORD";

  @Override
  public char @Nullable [] getPassword(AuthenticationRequestType type) {
    String password = System.getenv(VARIABLE);
    return password == null ? null : password.toCharArray();
  }
}
