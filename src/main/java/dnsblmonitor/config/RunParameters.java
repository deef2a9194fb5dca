package dnsblmonitor.config;

import dnsblmonitor.domain.RunScope;

/**
 * What one run was asked for by job parameters, beside the settings that all runs share (R29a).
 *
 * @param dryRun whether it writes nothing, because of the environment or of its parameter
 * @param scope the zones and addresses that it is about
 */
record RunParameters(boolean dryRun, RunScope scope) {}
