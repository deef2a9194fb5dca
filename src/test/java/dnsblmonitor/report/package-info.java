/** What a run tells: every event against the schema that ships. */
@NullMarked
package dnsblmonitor.report;

import org.jspecify.annotations.NullMarked;
