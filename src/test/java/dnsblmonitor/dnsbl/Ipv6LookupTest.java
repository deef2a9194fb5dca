package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.IpAddress;
import dnsblmonitor.domain.Ipv6Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.TestEntries;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.testing.FakeDnsServer;
import dnsblmonitor.testing.QuestionLog.Asked;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 5782 2.4: an IPv6 address is asked for by its nibbles. */
@Timeout(20)
class Ipv6LookupTest {

  private static final Zone ZONE = LookupWorld.zone("bl.example");
  private static final String NIBBLES =
      "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2";

  private final FakeDnsServer server = FakeDnsServer.start();
  private final DnsblLookups lookups =
      new DnsblLookups(
          new DnsSettings(List.of(server.address()), Duration.ofSeconds(3), 4, 0, true));

  @AfterEach
  void close() {
    lookups.close();
    server.close();
  }

  @Test
  void listedAddressIsAskedByItsNibblesAndThenForTheReason() {
    server.lists("bl.example", "2001:DB8:0::7", "127.0.0.4", "open relay");

    LookupResult result = result(Ipv6Address.of("2001:db8::7"));

    assertThat(result)
        .isInstanceOfSatisfying(
            Listed.class, listed -> assertThat(listed.reason()).contains("open relay"));
    assertThat(server.questions())
        .containsOnlyKeys(
            new Asked(NIBBLES + ".bl.example.", "A"), new Asked(NIBBLES + ".bl.example.", "TXT"));
  }

  @Test
  void anotherAddressIsNotListed() {
    server.lists("bl.example", "2001:db8::7", "127.0.0.4");

    assertThat(result(Ipv6Address.of("2001:db8::8"))).isEqualTo(new NotListed());
  }

  @Test
  void testEntriesAreEntriesLikeOthers() {
    server.zone("bl.example");

    assertThat(result(TestEntries.IPV6.listed())).isInstanceOf(Listed.class);
    assertThat(result(TestEntries.IPV6.neverListed())).isEqualTo(new NotListed());
  }

  private LookupResult result(IpAddress address) {
    return lookups.lookup(ZONE, address).orTimeout(10, TimeUnit.SECONDS).join().result();
  }
}
