package dnsblmonitor.domain;

import dnsblmonitor.domain.ZoneLookup.Answered;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The lookups of one address in all zones, on their way. */
public record AddressLookups(MonitoredIp ip, SortedMap<Zone, CompletableFuture<Answered>> lookups) {

  /** Asks every zone at once; none waits for another. */
  public static AddressLookups start(ZoneLookup port, Collection<Zone> zones, MonitoredIp ip) {
    SortedMap<Zone, CompletableFuture<Answered>> lookups = new TreeMap<>();
    zones.forEach(zone -> lookups.put(zone, port.lookup(zone, ip.address())));
    return new AddressLookups(ip, lookups);
  }

  /**
   * Waits for the last answer.
   *
   * @throws java.util.concurrent.CancellationException where the lookups were stopped
   */
  public Answers await() {
    SortedMap<Zone, Answered> answers = new TreeMap<>();
    lookups.forEach((zone, lookup) -> answers.put(zone, lookup.join()));
    return new Answers(ip, answers);
  }

  /** All that the zones answered for one address. */
  public record Answers(MonitoredIp ip, SortedMap<Zone, Answered> byZone) {

    /** What they say together, and how long the slowest took. */
    public IpCheck check(int threshold) {
      SortedMap<Zone, LookupResult> results = new TreeMap<>();
      byZone.forEach((zone, answered) -> results.put(zone, answered.result()));
      Duration slowest =
          byZone.values().stream()
              .map(Answered::latency)
              .max(Comparator.naturalOrder())
              .orElse(Duration.ZERO);
      return new IpCheck(ip, new Verdict(results, threshold), slowest);
    }
  }
}
