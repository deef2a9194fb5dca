/**
 * The Jakarta Batch job of a run. A chunk step reads rows in pages, starts the lookups of each
 * address without waiting, and writes the changed rows; a batchlet then makes Jira agree with the
 * table. The rules are not here but in {@code domain}.
 */
@NullMarked
package dnsblmonitor.batch;

import org.jspecify.annotations.NullMarked;
