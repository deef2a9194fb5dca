package dnsblmonitor.history;

import dnsblmonitor.postal.DatabaseSettings;
import java.time.Duration;

/**
 * Where the history is kept (R36).
 *
 * @param deployment the name of the only deployment that writes to it
 * @param retention the age from which runs and ended listings are deleted, P1D-P3650D
 */
public record HistorySettings(DatabaseSettings database, String deployment, Duration retention) {}
