/** The job's parts, tested without a container. */
@NullMarked
package dnsblmonitor.batch;

import org.jspecify.annotations.NullMarked;
