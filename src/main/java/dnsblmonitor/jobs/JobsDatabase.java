package dnsblmonitor.jobs;

import dnsblmonitor.domain.Secret;

/**
 * Where the job repository is and who uses it.
 *
 * @param jdbcUrl of PostgreSQL or MariaDB, with the driver's parameters, without user and password
 * @param schema of Liberty's tables, on MariaDB the database; the URL names it as well
 */
public record JobsDatabase(String jdbcUrl, String user, Secret password, String schema) {

  boolean isMariaDb() {
    return jdbcUrl.startsWith("jdbc:mariadb:");
  }

  /**
   * The URL for Liberty's data source, which holds no password either: MariaDB's driver reads it
   * from the environment by itself (Connector/J, {@code credentialType=ENV}), PostgreSQL's by
   * {@link EnvironmentPassword}.
   */
  public String jdbcUrlOfServer() {
    return isMariaDb()
        ? jdbcUrl + "&credentialType=ENV&pwdKey=" + EnvironmentPassword.VARIABLE
        : jdbcUrl;
  }
}
