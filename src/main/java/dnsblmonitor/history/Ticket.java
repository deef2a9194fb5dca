package dnsblmonitor.history;

import java.net.URI;
import java.util.Optional;

/**
 * An open ticket of an address.
 *
 * @param key the issue key, such as {@code OPS-17}
 * @param page its web page; empty if unknown
 */
public record Ticket(String key, Optional<URI> page) {}
