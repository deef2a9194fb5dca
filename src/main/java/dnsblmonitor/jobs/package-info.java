/**
 * The database in which {@code serve} may keep Liberty's job repository: where it is, whether the
 * tables are there, and how Liberty gets its password. Liberty alone writes those tables. This room
 * knows nothing of Postal's table, which may be in another database.
 */
@NullMarked
package dnsblmonitor.jobs;

import org.jspecify.annotations.NullMarked;
