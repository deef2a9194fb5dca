package dnsblmonitor.config;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.postal.DatabaseSettings;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The settings of {@code restore} (R42): no zones, no Jira.
 *
 * @param fallbackPriority for rows without a known old priority, 0-100
 * @param addresses {@code RESTORE_IPS}; empty: all throttled rows
 */
public record RestoreSettings(
    DatabaseSettings database,
    int fallbackPriority,
    Optional<SortedSet<Ipv4Address>> addresses,
    boolean dryRun) {}
