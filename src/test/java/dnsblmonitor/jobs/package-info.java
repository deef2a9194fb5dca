/** Tests of the job repository's database. */
@NullMarked
package dnsblmonitor.jobs;

import org.jspecify.annotations.NullMarked;
