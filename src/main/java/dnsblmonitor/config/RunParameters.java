package dnsblmonitor.config;

import dnsblmonitor.domain.RunScope;

/**
 * The job parameters of one run, besides the settings that all runs share (R29a).
 *
 * @param dryRun whether it writes nothing, due to the environment or its parameter
 * @param scope the zones and addresses of the run
 */
record RunParameters(boolean dryRun, RunScope scope) {}
