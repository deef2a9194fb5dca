package dnsblmonitor.bench;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Type;

/** A thread for each zone; the next address is asked about when all have answered. */
final class BlockingWork implements Work {

  @Override
  public void run(Task task, Tally tally) throws Exception {
    Resolver resolver = StockResolver.of(task);
    List<Zone> zones = Questions.zones(task.deadZones());
    try (ExecutorService threads = Executors.newFixedThreadPool(Questions.ZONES)) {
      for (int i = 0; i < task.addresses(); i++) {
        Ipv4Address address = Questions.address(i);
        List<Callable<LookupResult>> lookups =
            zones.stream()
                .<Callable<LookupResult>>map(zone -> () -> ask(resolver, zone, address))
                .toList();
        List<Future<LookupResult>> results = threads.invokeAll(lookups);
        for (int z = 0; z < zones.size(); z++) {
          tally.add(zones.get(z), address, results.get(z).get());
        }
      }
    }
  }

  private static LookupResult ask(Resolver resolver, Zone zone, Ipv4Address address) {
    try {
      LookupResult result =
          StockResolver.result(resolver.send(StockResolver.question(zone, address, Type.A)));
      if (result instanceof LookupResult.Listed) {
        resolver.send(StockResolver.question(zone, address, Type.TXT));
      }
      return result;
    } catch (IOException _) {
      return StockResolver.unknown(UnknownReason.TIMEOUT);
    }
  }
}
