package dnsblmonitor.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The run that writes a ticket, and the time. */
public record RunFacts(String jobRunId, Instant now) {

  public LocalDate utcDay() {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }
}
