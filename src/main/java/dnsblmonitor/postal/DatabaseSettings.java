package dnsblmonitor.postal;

import dnsblmonitor.domain.Secret;

/**
 * Where Postal's table is and who reads it.
 *
 * @param jdbcUrl with the driver's parameters, without user and password
 * @param schema the schema of {@code ip_addresses}; on MariaDB the database itself
 */
public record DatabaseSettings(
    DatabaseKind kind, String jdbcUrl, String user, Secret password, String schema) {}
