/**
 * Starts and stops runs. Outside Liberty: the launcher, which validates the configuration, starts
 * the server as a child process, forwards its output and stops it gracefully. Inside Liberty:
 * starts the job and sets the exit code, or in {@code serve} keeps the schedule and stops all runs
 * gracefully.
 */
@NullMarked
package dnsblmonitor.launch;

import org.jspecify.annotations.NullMarked;
