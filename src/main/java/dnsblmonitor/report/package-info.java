/**
 * The log events of a run: {@link dnsblmonitor.report.RunLog} has one method per event and writes
 * them as JSON lines (R30-R33). This package makes no decisions.
 */
@NullMarked
package dnsblmonitor.report;

import org.jspecify.annotations.NullMarked;
