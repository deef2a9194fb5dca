package dnsblmonitor.config;

import dnsblmonitor.postal.DatabaseSettings;

/** The settings of {@code migrate}: no zones, no Jira. */
public record MigrationSettings(DatabaseSettings database, boolean dryRun) {}
