package dnsblmonitor.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * An open ticket of an address.
 *
 * @param ours whether it carries our label; a person's ticket gets comments, never a new summary
 * @param kept what its property keeps, if it has one
 */
public record OpenTicket(
    String key,
    Ipv4Address address,
    boolean ours,
    String summary,
    Optional<TicketRecord> kept,
    Instant created) {}
