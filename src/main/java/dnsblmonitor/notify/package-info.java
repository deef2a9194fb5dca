/** Notifications of what a run found, by webhook, chat and mail (R39). */
@NullMarked
package dnsblmonitor.notify;

import org.jspecify.annotations.NullMarked;
