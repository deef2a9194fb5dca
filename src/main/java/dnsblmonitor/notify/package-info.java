/**
 * Notifications of what a run found, by webhook, chat and mail (R39). Knows neither how a run works
 * nor the history's database: it gets the record of a run and what is new in it.
 */
@NullMarked
package dnsblmonitor.notify;

import org.jspecify.annotations.NullMarked;
