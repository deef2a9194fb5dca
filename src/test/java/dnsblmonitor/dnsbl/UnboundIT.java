package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.testing.Engine;
import dnsblmonitor.testing.NeedsServers;
import dnsblmonitor.testing.Rbldnsd;
import dnsblmonitor.testing.RealServer;
import dnsblmonitor.testing.Stalls;
import dnsblmonitor.testing.Unbound;
import dnsblmonitor.testing.Unbound.Stub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R11-R13 through a real resolver, as in production. */
@NeedsServers({RealServer.RBLDNSD, RealServer.UNBOUND})
@Timeout(60)
class UnboundIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private final Rbldnsd lists =
      Rbldnsd.withZone(
              "bl.example", "ip4set", ":127.0.0.3:see https://bl.example/?ip=$\n203.0.113.7\n")
          .start();
  private final DatagramSocket blackHole = silentSocket();
  private final Unbound resolver =
      Unbound.start(
          List.of(
              new Stub("bl.example", lists.address()),
              new Stub("unserved.example", lists.address()),
              new Stub("dead.example", (InetSocketAddress) blackHole.getLocalSocketAddress())));
  private final DnsblLookups lookups = Engine.asking(resolver.address(), TIMEOUT, 4);

  @AfterEach
  void close() {
    lookups.close();
    resolver.close();
    blackHole.close();
    lists.close();
  }

  @Test
  void aListingComesThroughWithItsCodeAndReason() {
    assertThat(result(ask("bl.example", "203.0.113.7")))
        .isInstanceOfSatisfying(
            Listed.class,
            listed -> {
              assertThat(listed.answers()).containsExactly(Ipv4Address.of("127.0.0.3"));
              assertThat(listed.reason()).contains("see https://bl.example/?ip=203.0.113.7");
            });
    assertThat(result(ask("bl.example", "203.0.113.8"))).isEqualTo(new NotListed());
  }

  @Test
  void aZoneThatItsServerRefusesIsAServerFailure() {
    assertThat(result(ask("unserved.example", "203.0.113.7")))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown -> assertThat(unknown.reason()).isEqualTo(UnknownReason.SERVFAIL));
  }

  @Test
  void aZoneWhoseServerIsSilentIsUnknownInTimeAndDelaysNoOther() {
    try (Stalls stalls = Stalls.watched()) {
      CompletableFuture<Answered> dead = ask("dead.example", "203.0.113.7");
      List<CompletableFuture<Answered>> healthy =
          IntStream.range(0, 200).mapToObj(i -> ask("bl.example", "198.51.100." + i)).toList();

      assertThat(healthy)
          .allSatisfy(lookup -> assertThat(result(lookup)).isEqualTo(new NotListed()));
      assertThat(dead).as("the healthy zone was done before").isNotDone();
      Answered given = joined(dead);
      assertThat(given.result())
          .isInstanceOfSatisfying(
              Unknown.class,
              unknown -> assertThat(unknown.reason()).isEqualTo(UnknownReason.TIMEOUT));
      assertThat(given.latency()).isBetween(TIMEOUT, stalls.added(TIMEOUT.plusMillis(500)));
    }
  }

  private CompletableFuture<Answered> ask(String zone, String address) {
    return lookups.lookup(ZoneList.parse(zone).getFirst(), Ipv4Address.of(address));
  }

  private static LookupResult result(CompletableFuture<Answered> pending) {
    return joined(pending).result();
  }

  private static Answered joined(CompletableFuture<Answered> pending) {
    return pending.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static DatagramSocket silentSocket() {
    try {
      return new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
