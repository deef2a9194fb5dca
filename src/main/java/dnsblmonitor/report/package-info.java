/**
 * What a run tells: {@link dnsblmonitor.report.RunLog} is the one door for events, a method each,
 * and writes them as JSON lines (R30-R33). This room decides nothing.
 */
@NullMarked
package dnsblmonitor.report;

import org.jspecify.annotations.NullMarked;
