/** Postal's database, tested on a real PostgreSQL and, by the same contracts, on MariaDB. */
@NullMarked
package dnsblmonitor.postal;

import org.jspecify.annotations.NullMarked;
