package dnsblmonitor.domain;

import dnsblmonitor.domain.ZoneLookup.Answered;

/** What one zone answered about one address. */
public record ZoneAnswer(Zone zone, IpAddress address, Answered answered) {

  public LookupResult result() {
    return answered.result();
  }
}
