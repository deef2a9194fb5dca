package dnsblmonitor.config;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.DatabaseKind;
import java.util.Map;

/**
 * The decoded content of {@code DB_URL} or its parts.
 *
 * @param server {@code host[:port]}, an IPv6 address in brackets
 * @param parameters of the driver, in the given order
 */
record DatabaseAddress(
    DatabaseKind kind,
    String server,
    String name,
    Map<String, String> parameters,
    String user,
    Secret password) {

  /** A stand-in for an invalid variable, so that reading continues. */
  static DatabaseAddress faulty(DatabaseKind kind) {
    return new DatabaseAddress(kind, "invalid", "invalid", Map.of(), "", new Secret(""));
  }
}
