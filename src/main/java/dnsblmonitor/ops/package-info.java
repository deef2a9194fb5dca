/**
 * What people run beside the job, as plain mains without Liberty: {@code check} tries everything a
 * run needs (R5b), {@code migrate} adds the monitor's columns to Postal's table (R5c). This room
 * operates the others; none of them knows it.
 */
@NullMarked
package dnsblmonitor.ops;

import org.jspecify.annotations.NullMarked;
