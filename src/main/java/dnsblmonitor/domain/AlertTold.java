package dnsblmonitor.domain;

import java.time.Instant;

/**
 * What an alert's ticket was told last.
 *
 * @param failing whether the zones failed then, or were back
 * @param failureToldAt when it was last told of a failure
 */
public record AlertTold(boolean failing, Instant failureToldAt) {}
