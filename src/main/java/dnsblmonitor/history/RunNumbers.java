package dnsblmonitor.history;

/**
 * What people call a run by in the batch API.
 *
 * @param instance of its job; a restart keeps it
 * @param execution its own
 */
public record RunNumbers(long instance, long execution) {}
