package dnsblmonitor.domain;

import dnsblmonitor.domain.ZoneLookup.Answered;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** The pending lookups of one row in all zones. */
public record AddressLookups(MonitoredIp ip, List<Pending> lookups) {

  /** One zone queried for one address. */
  public record Pending(Zone zone, IpAddress address, CompletableFuture<Answered> answer) {}

  public AddressLookups {
    lookups = List.copyOf(lookups);
  }

  /** Queries all zones concurrently for every address of the row. */
  public static AddressLookups start(ZoneLookup port, Collection<Zone> zones, MonitoredIp ip) {
    List<Pending> lookups = new ArrayList<>();
    for (Zone zone : zones) {
      for (IpAddress address : ip.addresses()) {
        lookups.add(new Pending(zone, address, port.lookup(zone, address)));
      }
    }
    return new AddressLookups(ip, lookups);
  }

  /** Cancels unanswered lookups. */
  public void cancel() {
    lookups.forEach(lookup -> lookup.answer().cancel(false));
  }

  /**
   * Waits for the last answer.
   *
   * @param leftOut the zones that the run does not query (R29a)
   * @param threshold the verdict's (R15)
   * @param resolverWorks whether some zone's test entries were as expected (R17); called after the
   *     last answer
   * @throws java.util.concurrent.CancellationException if the lookups were stopped
   */
  public IpCheck await(List<Zone> leftOut, int threshold, BooleanSupplier resolverWorks) {
    List<ZoneAnswer> answers =
        lookups.stream()
            .map(lookup -> new ZoneAnswer(lookup.zone(), lookup.address(), lookup.answer().join()))
            .toList();
    return IpCheck.of(ip, answers, leftOut, threshold, resolverWorks.getAsBoolean());
  }
}
