package dnsblmonitor.testing;

import dnsblmonitor.dnsbl.DnsSettings;
import dnsblmonitor.dnsbl.DnsblLookups;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The DNS engine, set up for tests and benchmarks. */
public final class Engine {

  private Engine() {}

  /** An engine that asks {@code server} only. */
  public static DnsblLookups asking(InetSocketAddress server, Duration timeout, int perZone) {
    return new DnsblLookups(new DnsSettings(List.of(server), timeout, perZone, 0, true));
  }
}
