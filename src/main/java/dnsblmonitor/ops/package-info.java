/**
 * What people run beside the job, as plain mains without Liberty: {@code check} tries everything a
 * run needs (R5b). This room operates the others; none of them knows it.
 */
@NullMarked
package dnsblmonitor.ops;

import org.jspecify.annotations.NullMarked;
