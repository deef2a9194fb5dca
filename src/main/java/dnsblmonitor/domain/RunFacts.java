package dnsblmonitor.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Which run speaks in a ticket, and when. */
public record RunFacts(String jobRunId, Instant now) {

  public LocalDate utcDay() {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }
}
