package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Ipv6Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.testing.Engine;
import dnsblmonitor.testing.NeedsServers;
import dnsblmonitor.testing.Rbldnsd;
import dnsblmonitor.testing.RealServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R10-R12 and RFC 5782: the engine asks the server that many lists run. */
@NeedsServers(RealServer.RBLDNSD)
@Timeout(60)
class RbldnsdIT {

  private static final String CODES =
      """
      :127.0.0.2:see https://bl.example/?ip=$
      127.0.0.2
      203.0.113.7
      198.51.100.0/24
      !198.51.100.9
      203.0.113.10 :127.0.0.10:a policy
      203.0.113.254 :127.255.255.254:ask through a resolver of your own
      """;
  private static final String MORE_CODES = ":127.0.0.4:exploited\n203.0.113.7\n";

  private static final String IPV6_CODES =
      """
      :127.0.0.2:a network of spammers
      0:0:0:0:0:FFFF:7F00:2/128
      2001:db8:7::/48
      """;

  private final Rbldnsd server =
      Rbldnsd.withZone("bl.example", "ip4set", CODES)
          .zone("both.example", "ip4set", CODES)
          .zone("both.example", "ip4set", MORE_CODES)
          .zone("world.example", "ip4set", "0.0.0.0/1\n128.0.0.0/1\n")
          .zone("six.example", "ip6trie", IPV6_CODES)
          .silentZone("dead.example")
          .start();
  private final DnsblLookups lookups = Engine.asking(server.address(), Duration.ofSeconds(1), 4);

  @AfterEach
  void close() {
    lookups.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bl.example                   | 203.0.113.7    | 127.0.0.2
          bl.example                   | 198.51.100.8   | 127.0.0.2
          bl.example                   | 198.51.100.9   |
          bl.example                   | 203.0.113.8    |
          bl.example                   | 203.0.113.10   | 127.0.0.10
          bl.example=127.0.0.[2..4]    | 203.0.113.10   |
          bl.example=127.0.0.[2..4]    | 203.0.113.7    | 127.0.0.2
          both.example                 | 203.0.113.7    | 127.0.0.2 127.0.0.4
          both.example=127.0.0.4       | 203.0.113.7    | 127.0.0.2 127.0.0.4
          both.example=127.0.0.4       | 198.51.100.8   |
          bl.example                   | 127.0.0.2      | 127.0.0.2
          bl.example                   | 127.0.0.1      |
          world.example                | 127.0.0.1      | 127.0.0.2
          """)
  void anAddressIsListedWithTheCodesThatTheZoneHolds(String zone, String address, String codes) {
    LookupResult result = result(zone, address);

    if (codes == null) {
      assertThat(result).isEqualTo(new NotListed());
    } else {
      assertThat(result)
          .isInstanceOfSatisfying(
              Listed.class, listed -> assertThat(listed.answers()).isEqualTo(addresses(codes)));
    }
  }

  @Test
  void theReasonIsTheTextThatTheZoneHolds() {
    assertThat(result("bl.example", "203.0.113.7"))
        .isEqualTo(
            new Listed(
                addresses("127.0.0.2"), 1, Optional.of("see https://bl.example/?ip=203.0.113.7")));
  }

  @Test
  void anErrorCodeIsNoListing() {
    assertThat(reason("bl.example", "203.0.113.254")).isEqualTo(UnknownReason.ZONE_REFUSES_SERVICE);
  }

  @Test
  void aZoneThatTheServerDoesNotHoldIsRefused() {
    assertThat(reason("other.example", "203.0.113.7")).isEqualTo(UnknownReason.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({"2001:db8:7::1, true", "2001:db8:8::1, false"})
  void anIpv6AddressIsAskedByItsNibbles(String address, boolean isListed) {
    Zone zone = ZoneList.parse("six.example").getFirst();

    assertThat(joined(lookups.lookup(zone, Ipv6Address.of(address))))
        .isInstanceOf(isListed ? Listed.class : NotListed.class);
  }

  @Test
  void probesTellWhatTheTestEntriesSay() {
    List<Zone> zones = ZoneList.parse("bl.example,six.example,world.example,dead.example");
    lookups.probe(zones);

    zones.forEach(zone -> joined(lookups.lookup(zone, Ipv4Address.of("203.0.113.7"))));

    assertThat(lookups.probes().entrySet())
        .extracting(probe -> probe.getKey() + " " + probe.getValue().label())
        .containsExactlyInAnyOrder(
            "bl.example Ok", // rbldnsd finds the IPv4-mapped entries in an ip4set as well
            "six.example TestEntryMissing", // that of IPv4
            "world.example ListsEverything",
            "dead.example Unanswered");
  }

  @Test
  void zonesAnswerWhileAnotherIsSilent() {
    try (DnsblLookups patient = Engine.asking(server.address(), Duration.ofSeconds(20), 4)) {
      CompletableFuture<Answered> silent = ask(patient, "dead.example", "203.0.113.7");
      List<CompletableFuture<Answered>> healthy =
          Stream.of("bl.example", "both.example", "world.example")
              .map(zone -> ask(patient, zone, "203.0.113.7"))
              .toList();

      assertThat(healthy)
          .allSatisfy(lookup -> assertThat(joined(lookup)).isInstanceOf(Listed.class));
      assertThat(silent).isNotDone();
    }
    assertThat(reason("dead.example", "203.0.113.7")).isEqualTo(UnknownReason.TIMEOUT);
  }

  private UnknownReason reason(String zone, String address) {
    return ((Unknown) result(zone, address)).reason();
  }

  private LookupResult result(String zone, String address) {
    return joined(ask(lookups, zone, address));
  }

  private static CompletableFuture<Answered> ask(
      DnsblLookups lookups, String zone, String address) {
    return lookups.lookup(ZoneList.parse(zone).getFirst(), Ipv4Address.of(address));
  }

  private static LookupResult joined(CompletableFuture<Answered> pending) {
    return pending.orTimeout(30, TimeUnit.SECONDS).join().result();
  }

  private static SortedSet<Ipv4Address> addresses(String words) {
    return Stream.of(words.split(" "))
        .map(Ipv4Address::of)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
