/**
 * How fast the DNS engine is, beside what else could do its work, in one run on one machine. No
 * part of the tests: {@code mvn -Pbench test} (CONTRIBUTING). Every contender runs as a process of
 * its own; all traffic stays on loopback; names asked for are of 198.18.0.0/15, the range for
 * benchmarks (RFC 2544), because the ranges for documentation hold too few addresses.
 */
@NullMarked
package dnsblmonitor.bench;

import org.jspecify.annotations.NullMarked;
