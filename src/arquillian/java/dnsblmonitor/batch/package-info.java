/** The job, tested in Liberty's own batch runtime. */
@NullMarked
package dnsblmonitor.batch;

import org.jspecify.annotations.NullMarked;
