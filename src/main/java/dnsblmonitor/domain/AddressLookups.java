package dnsblmonitor.domain;

import dnsblmonitor.domain.ZoneLookup.Answered;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** The lookups of one row in all zones, on their way. */
public record AddressLookups(MonitoredIp ip, List<Pending> lookups) {

  /** One zone asked about one address. */
  public record Pending(Zone zone, IpAddress address, CompletableFuture<Answered> answer) {}

  public AddressLookups {
    lookups = List.copyOf(lookups);
  }

  /** Asks every zone at once, about every address of the row; none waits for another. */
  public static AddressLookups start(ZoneLookup port, Collection<Zone> zones, MonitoredIp ip) {
    List<Pending> lookups = new ArrayList<>();
    for (Zone zone : zones) {
      for (IpAddress address : ip.addresses()) {
        lookups.add(new Pending(zone, address, port.lookup(zone, address)));
      }
    }
    return new AddressLookups(ip, lookups);
  }

  /** Gives up what is not answered. */
  public void cancel() {
    lookups.forEach(lookup -> lookup.answer().cancel(false));
  }

  /**
   * Waits for the last answer.
   *
   * @param leftOut the zones that the run does not ask (R29a)
   * @param threshold the verdict's (R15)
   * @param resolverWorks as some zone's test entries showed (R17); called after the last answer
   * @throws java.util.concurrent.CancellationException where the lookups were stopped
   */
  public IpCheck await(List<Zone> leftOut, int threshold, BooleanSupplier resolverWorks) {
    List<ZoneAnswer> answers =
        lookups.stream()
            .map(lookup -> new ZoneAnswer(lookup.zone(), lookup.address(), lookup.answer().join()))
            .toList();
    return IpCheck.of(ip, answers, leftOut, threshold, resolverWorks.getAsBoolean());
  }
}
