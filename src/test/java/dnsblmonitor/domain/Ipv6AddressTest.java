package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CHECK_IPV6: which texts are IPv6 addresses, and how one is asked for and shown. */
class Ipv6AddressTest {

  @ParameterizedTest
  @CsvSource({
    // written, shown (RFC 5952 4)
    "2001:db8::7, 2001:db8::7",
    "2001:DB8::AB, 2001:db8::ab",
    "2001:0db8:0000:0000:0000:0000:0000:0007, 2001:db8::7",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8:0:0:1:0:0:0, 2001:db8:0:0:1::",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:1:2:3:4:5::, 2001:db8:1:2:3:4:5:0",
    "2001:db8::, 2001:db8::",
    "::, ::",
    "::1, ::1",
    "0:0:0:0:0:0:0:1, ::1",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::203.0.113.7, 2001:db8::cb00:7107",
    "2001:db8:1:2:3:4:203.0.113.7, 2001:db8:1:2:3:4:cb00:7107",
  })
  void literalsAreShownInTheirCanonicalForm(String written, String shown) {
    assertThat(Ipv6Address.parse(written)).get().hasToString(shown);
    assertThat(Ipv6Address.of(shown)).isEqualTo(Ipv6Address.of(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ":",
        ":::",
        "NULL",
        "mail.example",
        "203.0.113.7",
        "2001:db8",
        "2001:db8:0:0:0:0:0",
        "2001:db8:0:0:0:0:0:0:7",
        "2001:db8:0:0:0:0:0:0::",
        "::2001:db8:0:0:0:0:0:7",
        "2001:db8::1::7",
        "2001:db8:::7",
        "2001:db8::7:",
        ":2001:db8::7",
        "2001:db8::00007",
        "2001:db8::g",
        "2001:db8::-7",
        "2001:db8::+7",
        "2001:db8::7%eth0",
        "2001:db8::7%1",
        "2001:db8::7/64",
        "[2001:db8::7]",
        " 2001:db8::7",
        "2001:db8::7 ",
        "2001:db8::7\n",
        "2001:db8::203.0.113",
        "2001:db8::203.0.113.256",
        "2001:db8::203.0.113.07",
        "2001:db8::203.0.113.7:1",
        "203.0.113.7::2001:db8",
        "1:2:3:4:5:6:7:203.0.113.7",
        "2001:db8::\u0667",
        // no mail is sent from an IPv4-mapped address
        "::ffff:203.0.113.7",
        "::FFFF:7F00:2",
        "0:0:0:0:0:ffff:cb00:7107",
      })
  void everythingElseIsNoAddress(String text) {
    assertThat(Ipv6Address.parse(text)).isEmpty();
    assertThatThrownBy(() -> Ipv6Address.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** The example of RFC 5782 2.4. */
  @Test
  void nibblesAreReversedForTheQuestion() {
    assertThat(Ipv6Address.of("2001:db8:1:2:3:4:567:89ab").reversed())
        .isEqualTo("b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2");
  }

  @Test
  void addressesAreOrderedByNumberNotByText() {
    Ipv6Address low = Ipv6Address.of("2001:db8::9");
    Ipv6Address middle = Ipv6Address.of("2001:db8::10");
    Ipv6Address high = Ipv6Address.of("2001:db8::ffff:0:0:1");
    Ipv6Address highest = Ipv6Address.of("fe80::1");

    assertThat(List.of(highest, high, low, middle).stream().sorted())
        .containsExactly(low, middle, high, highest);
  }

  @Test
  void testEntriesAreThoseOfTheStandard() {
    assertThat(TestEntries.IPV4.listed()).hasToString("127.0.0.2");
    assertThat(TestEntries.IPV4.neverListed()).hasToString("127.0.0.1");
    assertThat(TestEntries.IPV6.listed()).hasToString("::ffff:7f00:2");
    assertThat(TestEntries.IPV6.neverListed()).hasToString("::ffff:7f00:1");
    assertThat(TestEntries.IPV6.listed().reversed())
        .isEqualTo("2.0.0.0.0.0.f.7.f.f.f.f" + ".0".repeat(20));
  }
}
