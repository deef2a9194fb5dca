/** Postal's database, tested on a real PostgreSQL. */
@NullMarked
package dnsblmonitor.postal;

import org.jspecify.annotations.NullMarked;
