/**
 * Postal's database: the rows of {@code ip_addresses}, read in pages and written so that no edit by
 * Postal's users is lost (R6-R9, R17-R22), the lock against concurrent runs (R5), and the columns
 * that {@code migrate} adds (R5c). This package knows nothing about DNS, Jira or the job; entities
 * never leave it.
 */
@NullMarked
package dnsblmonitor.postal;

import org.jspecify.annotations.NullMarked;
