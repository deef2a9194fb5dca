package dnsblmonitor.dnsbl;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.testing.FakeDnsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server and lookups that ask it about 203.0.113.7, one at a time. */
final class LookupWorld implements AutoCloseable {

  private static final Ipv4Address IP = Ipv4Address.of("203.0.113.7");

  private final FakeDnsServer server = FakeDnsServer.start();
  private DnsblLookups lookups = lookups(Duration.ofSeconds(3), server.address());

  FakeDnsServer server() {
    return server;
  }

  LookupResult result(Zone zone) {
    return lookup(zone).result();
  }

  Answered lookup(Zone zone) {
    return lookups.lookup(zone, IP).orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Asks with another time-out from now on. */
  void ask(Duration timeout) {
    ask(timeout, server.address());
  }

  /** Asks other resolvers from now on. */
  void ask(Duration timeout, InetSocketAddress... resolvers) {
    lookups.close();
    lookups = lookups(timeout, resolvers);
  }

  private static DnsblLookups lookups(Duration timeout, InetSocketAddress... resolvers) {
    return new DnsblLookups(new DnsSettings(List.of(resolvers), timeout, 4, 0, false));
  }

  /** Where nobody listens: no port that the system gives to another test. */
  static InetSocketAddress closedPort() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1);
  }

  static Zone zone(String specs) {
    return ZoneList.parse(specs).getFirst();
  }

  @Override
  public void close() {
    lookups.close();
    server.close();
  }
}
