package dnsblmonitor.history;

import java.net.URI;
import java.util.Optional;

/**
 * An open ticket of an address.
 *
 * @param key as Jira names the issue, such as {@code OPS-17}
 * @param page where people see it; empty where that cannot be told
 */
public record Ticket(String key, Optional<URI> page) {}
