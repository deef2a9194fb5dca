/**
 * How a run begins and ends. Beside Liberty: the launcher, a plain main that validates everything,
 * starts the server as its child, passes its lines on, and ends it in order. Inside Liberty: the
 * start of the one job and the exit code it leaves, or in {@code serve} the schedule and the
 * orderly end of all that were started.
 */
@NullMarked
package dnsblmonitor.launch;

import org.jspecify.annotations.NullMarked;
