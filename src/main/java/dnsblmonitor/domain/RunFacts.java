package dnsblmonitor.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The run that writes a ticket, and the time. */
public record RunFacts(String jobRunId, Instant now) {

  /** To the second, as people read it. */
  public RunFacts {
    now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  public LocalDate utcDay() {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }
}
