package dnsblmonitor.config;

/**
 * What the launcher hands the server, its child, in the environment, besides the environment it was
 * given.
 */
public final class ServerEnvironment {

  /** The id of the run for which the process is started; none for a server that stays. */
  public static final String RUN_ID = "POSTAL_MONITOR_RUN_ID";

  /**
   * How long that run had taken when the process was started, ISO 8601; goes with {@link #RUN_ID}.
   * A duration, so that the run's deadline holds also if the system's clock is set meanwhile.
   */
  public static final String ELAPSED = "POSTAL_MONITOR_ELAPSED";

  /** Given if the server's files are removed after the run, so that Liberty need not end itself. */
  public static final String HALT = "POSTAL_MONITOR_HALT";

  /** For the data source in server.xml; holds neither user nor password (R5e). */
  public static final String JDBC_URL = "POSTAL_MONITOR_JDBC_URL";

  /** Given where the server stays and runs are started through it: {@code serve}. */
  public static final String SERVE = "POSTAL_MONITOR_SERVE";

  /** The address that {@code serve} listens on, for server.xml. */
  public static final String HTTPS_HOST = "POSTAL_MONITOR_HTTPS_HOST";

  /** Its port. */
  public static final String HTTPS_PORT = "POSTAL_MONITOR_HTTPS_PORT";

  /** How often {@code serve} starts a run, ISO 8601; given if it keeps a schedule. */
  public static final String SCHEDULE = "POSTAL_MONITOR_SCHEDULE";

  /** For the data source of a job repository that is not in memory; without user and password. */
  public static final String JOBS_JDBC_URL = "POSTAL_MONITOR_JOBS_JDBC_URL";

  /** Whom that data source logs in as; the password goes by {@code EnvironmentPassword}. */
  public static final String JOBS_USER = "POSTAL_MONITOR_JOBS_DB_USER";

  private ServerEnvironment() {}
}
