package dnsblmonitor.config;

/**
 * What the launcher hands the server, its child, in the environment, besides the environment it was
 * given.
 */
public final class ServerEnvironment {

  /** The job run id, made at process start. */
  public static final String RUN_ID = "POSTAL_MONITOR_RUN_ID";

  /** When the process started, ISO 8601. */
  public static final String STARTED_AT = "POSTAL_MONITOR_STARTED_AT";

  /** For the data source in server.xml; holds neither user nor password (R5e). */
  public static final String JDBC_URL = "POSTAL_MONITOR_JDBC_URL";

  private ServerEnvironment() {}
}
