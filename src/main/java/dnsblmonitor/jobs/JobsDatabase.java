package dnsblmonitor.jobs;

import dnsblmonitor.domain.Secret;

/**
 * Where the job repository is and who uses it.
 *
 * @param jdbcUrl of PostgreSQL, with the driver's parameters, without user and password
 * @param schema of Liberty's tables; the URL names it as well
 */
public record JobsDatabase(String jdbcUrl, String user, Secret password, String schema) {}
