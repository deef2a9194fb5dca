/**
 * Configuration: reads environment variables by MicroProfile Config and the job parameters of
 * manual runs, reports all faults at once (R2, R29a), and wires the object graph. Settings records
 * live in the packages that use them.
 */
@NullMarked
package dnsblmonitor.config;

import org.jspecify.annotations.NullMarked;
