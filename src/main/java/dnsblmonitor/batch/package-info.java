/**
 * The spine: Jakarta Batch artifacts that walk a run's way in order, each delegating. A chunk reads
 * rows in pages, starts an address's lookups without waiting, and writes what changed; a batchlet
 * then makes Jira agree with the table. The rules are not here but in {@code domain}.
 */
@NullMarked
package dnsblmonitor.batch;

import org.jspecify.annotations.NullMarked;
