package dnsblmonitor.history;

/**
 * The numbers of a run in the batch API.
 *
 * @param instance the job instance; a restart keeps it
 * @param execution the job execution
 */
public record RunNumbers(long instance, long execution) {}
