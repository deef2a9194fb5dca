/** Tests of the commands beside the job. */
@NullMarked
package dnsblmonitor.ops;

import org.jspecify.annotations.NullMarked;
