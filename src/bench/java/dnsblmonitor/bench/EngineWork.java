package dnsblmonitor.bench;

import dnsblmonitor.dnsbl.DnsblLookups;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.testing.Engine;
import java.util.List;

/** The engine, fed as the job feeds it: a chunk of 1,000 addresses ahead. */
final class EngineWork implements Work {

  private static final int CHUNK = 1000 * Questions.ZONES;

  @Override
  public void run(Task task, Tally tally) {
    List<Zone> zones = Questions.zones(task.deadZones());
    try (DnsblLookups lookups = Engine.asking(task.world(), task.timeout(), task.perZone())) {
      Pace pace = pace();
      for (int i = 0; i < task.addresses(); i++) {
        start(lookups, zones, Questions.address(i), tally, pace);
      }
      pace.awaitAll();
    }
  }

  /** Of the thread that starts lookups. */
  static Pace pace() {
    return new Pace(CHUNK);
  }

  /** Starts the lookups of one address when it is their turn. */
  static void start(
      DnsblLookups lookups, List<Zone> zones, Ipv4Address address, Tally tally, Pace pace) {
    for (Zone zone : zones) {
      pace.start();
      var _ =
          lookups
              .lookup(zone, address)
              .thenAccept(answered -> {
                tally.add(zone, address, answered.result());
                pace.end();
              });
    }
  }
}
