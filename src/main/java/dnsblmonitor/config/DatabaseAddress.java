package dnsblmonitor.config;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.DatabaseKind;
import java.util.Map;

/**
 * What {@code DB_URL} or its parts say, decoded.
 *
 * @param server {@code host[:port]}, an IPv6 address in brackets
 * @param parameters the driver's, in the order given
 */
record DatabaseAddress(
    DatabaseKind kind,
    String server,
    String name,
    Map<String, String> parameters,
    String user,
    Secret password) {

  /** Stands in where the variable is faulty, so that reading goes on. */
  static DatabaseAddress faulty(DatabaseKind kind) {
    return new DatabaseAddress(kind, "invalid", "invalid", Map.of(), "", new Secret(""));
  }
}
