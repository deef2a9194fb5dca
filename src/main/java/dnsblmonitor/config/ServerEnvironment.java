package dnsblmonitor.config;

/** The environment variables that the launcher sets for the server, its child process. */
public final class ServerEnvironment {

  /** The id of the run for which the process is started; none for a server that stays. */
  public static final String RUN_ID = "POSTAL_MONITOR_RUN_ID";

  /**
   * The time since the run's start when the process was started, ISO 8601; set with {@link
   * #RUN_ID}. A duration, so that changes to the system clock do not affect the deadline.
   */
  public static final String ELAPSED = "POSTAL_MONITOR_ELAPSED";

  /** Given if the server's files are removed after the run, so that Liberty need not end itself. */
  public static final String HALT = "POSTAL_MONITOR_HALT";

  /** For the data source in server.xml; contains neither user nor password (R5e). */
  public static final String JDBC_URL = "POSTAL_MONITOR_JDBC_URL";

  /** Set for {@code serve}. */
  public static final String SERVE = "POSTAL_MONITOR_SERVE";

  /** The address that {@code serve} listens on, for server.xml. */
  public static final String HTTPS_HOST = "POSTAL_MONITOR_HTTPS_HOST";

  /** Its port. */
  public static final String HTTPS_PORT = "POSTAL_MONITOR_HTTPS_PORT";

  /** How often {@code serve} starts a run, ISO 8601; set if there is a schedule. */
  public static final String SCHEDULE = "POSTAL_MONITOR_SCHEDULE";

  /** For the data source of a job repository that is not in memory; without user and password. */
  public static final String JOBS_JDBC_URL = "POSTAL_MONITOR_JOBS_JDBC_URL";

  /** The user of that data source; {@code EnvironmentPassword} provides the password. */
  public static final String JOBS_USER = "POSTAL_MONITOR_JOBS_DB_USER";

  private ServerEnvironment() {}
}
