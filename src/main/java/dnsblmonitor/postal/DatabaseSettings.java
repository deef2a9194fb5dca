package dnsblmonitor.postal;

import dnsblmonitor.domain.Secret;

/**
 * Where Postal's table is and who reads it.
 *
 * @param jdbcUrl with the schema and the driver's parameters, without user and password
 * @param schema the schema of {@code ip_addresses}
 */
public record DatabaseSettings(String jdbcUrl, String user, Secret password, String schema) {}
