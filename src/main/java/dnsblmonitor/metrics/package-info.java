/**
 * Metrics of runs in the Prometheus text format (R38): for scrapes, a Pushgateway and a file. Made
 * of run records only; knows neither the job nor the configuration. All metrics and their labels
 * are in {@link dnsblmonitor.metrics.Metric}.
 */
@NullMarked
package dnsblmonitor.metrics;

import org.jspecify.annotations.NullMarked;
