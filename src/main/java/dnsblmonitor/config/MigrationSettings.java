package dnsblmonitor.config;

import dnsblmonitor.postal.DatabaseSettings;
import java.util.Optional;

/**
 * The settings of {@code migrate}: no zones, no Jira.
 *
 * @param history where the history's tables are (R36); empty: nowhere
 */
public record MigrationSettings(
    DatabaseSettings database, Optional<DatabaseSettings> history, boolean dryRun) {}
