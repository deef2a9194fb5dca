package dnsblmonitor.config;

import dnsblmonitor.postal.DatabaseSettings;

/** The part of the configuration that {@code migrate} needs: no zones, no Jira. */
public record MigrationSettings(DatabaseSettings database, boolean dryRun) {}
