package dnsblmonitor.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * An open ticket of an address.
 *
 * @param ours whether it carries our label; a person's ticket gets comments, never a new summary
 * @param told what its property says it was told, where it has one
 */
public record OpenTicket(
    String key,
    Ipv4Address address,
    boolean ours,
    String summary,
    Optional<Told> told,
    Instant created) {}
