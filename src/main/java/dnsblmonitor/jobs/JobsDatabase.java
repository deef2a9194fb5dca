package dnsblmonitor.jobs;

import dnsblmonitor.domain.Secret;

/**
 * The location of the job repository, and the login.
 *
 * @param jdbcUrl of PostgreSQL or MariaDB, with the driver's parameters, without user and password
 * @param schema of Liberty's tables, on MariaDB the database; also part of the URL
 */
public record JobsDatabase(String jdbcUrl, String user, Secret password, String schema) {

  boolean isMariaDb() {
    return jdbcUrl.startsWith("jdbc:mariadb:");
  }

  /**
   * The URL for Liberty's data source, without a password: MariaDB's driver reads it from the
   * environment (Connector/J, {@code credentialType=ENV}), PostgreSQL's by {@link
   * EnvironmentPassword}.
   */
  public String jdbcUrlOfServer() {
    return isMariaDb()
        ? jdbcUrl + "&credentialType=ENV&pwdKey=" + EnvironmentPassword.VARIABLE
        : jdbcUrl;
  }
}
