/**
 * The commands for operators, which run without Liberty: {@code check} verifies everything a run
 * needs (R5b), {@code migrate} adds the monitor's columns to Postal's table (R5c) and makes the
 * history's tables (R36), {@code restore} restores priorities (R42). No other package depends on
 * this one.
 */
@NullMarked
package dnsblmonitor.ops;

import org.jspecify.annotations.NullMarked;
