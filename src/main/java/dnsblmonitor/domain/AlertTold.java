package dnsblmonitor.domain;

import java.time.Instant;

/**
 * What an alert's ticket was told last.
 *
 * @param failing whether the zones failed then, or were back
 * @param failureToldAt when a failure was last reported
 * @param byComment whether a comment reported it, not the description
 */
public record AlertTold(boolean failing, Instant failureToldAt, boolean byComment) {}
