/**
 * Postal's database: the rows of {@code ip_addresses}, read in pages and written so that no edit of
 * Postal's own users is lost (R6-R9, R17-R22), the lock that keeps two runs apart (R5), and the
 * columns that are added once (R5c). This room knows nothing of DNS, Jira or the job; entities
 * never leave it.
 */
@NullMarked
package dnsblmonitor.postal;

import org.jspecify.annotations.NullMarked;
