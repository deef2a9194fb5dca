package dnsblmonitor.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * An open ticket of an address.
 *
 * @param ours whether it has our label; other tickets get comments, never a new summary
 * @param kept the content of its property, if it has one
 */
public record OpenTicket(
    String key,
    Ipv4Address address,
    boolean ours,
    String summary,
    Optional<TicketRecord> kept,
    Instant created) {}
