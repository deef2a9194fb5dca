/**
 * The rules: what a DNS answer means, when an address is listed, and how its row and ticket change.
 * Free of side effects: no I/O, no clock, no log, no framework. The two ports to the outside are
 * {@link dnsblmonitor.domain.ZoneLookup} and {@link dnsblmonitor.domain.TicketDesk}.
 */
@NullMarked
package dnsblmonitor.domain;

import org.jspecify.annotations.NullMarked;
