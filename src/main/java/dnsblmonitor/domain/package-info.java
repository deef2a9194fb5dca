/**
 * The rules: what a DNS answer means, when an address is listed, what changes in its row and what
 * its ticket is told. Pure: this room knows no I/O, no clock, no log and no framework; the outside
 * is behind the two ports {@link dnsblmonitor.domain.ZoneLookup} and {@link
 * dnsblmonitor.domain.TicketDesk}.
 */
@NullMarked
package dnsblmonitor.domain;

import org.jspecify.annotations.NullMarked;
