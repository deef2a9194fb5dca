package dnsblmonitor.domain;

import java.time.Instant;

/** Which run speaks in a ticket, and when. */
public record RunFacts(String jobRunId, Instant now) {}
