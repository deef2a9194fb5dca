package dnsblmonitor.domain;

import dnsblmonitor.domain.ZoneLookup.Answered;

/** One zone's answer for one address. */
public record ZoneAnswer(Zone zone, IpAddress address, Answered answered) {

  public LookupResult result() {
    return answered.result();
  }
}
