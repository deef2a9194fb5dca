package dnsblmonitor.postal;

import dnsblmonitor.domain.Secret;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The location of Postal's table, and the login.
 *
 * @param jdbcUrl with the driver's parameters, without user and password
 * @param schema the schema of {@code ip_addresses}; on MariaDB the database itself
 */
public record DatabaseSettings(
    DatabaseKind kind, String jdbcUrl, String user, Secret password, String schema) {

  /** The database for people, such as {@code postgresql://db.example.com/postal}; no login. */
  public String target() {
    return jdbcUrl.replaceFirst("^jdbc:", "").replaceFirst("\\?.*$", "");
  }

  /** Whether each host of the URL is a loopback address; resolves the names. */
  public boolean isLocal() {
    String hosts = jdbcUrl.replaceFirst("^.*?//", "").replaceFirst("/.*$", "");
    return Arrays.stream(hosts.split(",", -1))
        .map(host -> host.replaceFirst(":\\d+$", ""))
        .allMatch(DatabaseSettings::isLoopback);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
