package dnsblmonitor.web;

import dnsblmonitor.history.Ticket;
import java.util.Optional;

/**
 * A ticket on the page.
 *
 * @param href if empty, only the key is shown
 */
record TicketLink(String key, Optional<String> href) {

  static TicketLink of(Ticket ticket) {
    return new TicketLink(ticket.key(), ticket.page().map(Object::toString));
  }
}
