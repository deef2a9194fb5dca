/** Metrics of runs in the Prometheus text format (R38). */
@NullMarked
package dnsblmonitor.metrics;

import org.jspecify.annotations.NullMarked;
