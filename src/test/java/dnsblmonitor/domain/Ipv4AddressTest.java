package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R7: an address is a strict dotted quad, and nothing else is. */
class Ipv4AddressTest {

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.7", "192.0.2.0", "198.51.100.255", "0.0.0.0", "127.0.0.2"})
  void dottedQuadsAreShownAsTheyWereWritten(String text) {
    assertThat(Ipv4Address.parse(text)).get().hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "NULL",
        "mail.example",
        "203.0.113",
        "203.0.113.7.1",
        "203.0.113.",
        ".203.0.113.7",
        "203.0.113.256",
        "203.0.113.1000",
        "203.0.113.-7",
        "203.0.113.+7",
        "203.0.113.07",
        "010.0.113.7",
        "203.0.113.00",
        "0xcb.0.113.7",
        "203.0.113.7 ",
        " 203.0.113.7",
        "203.0.113.7\n",
        "203,0,113,7",
        "203.0.113.7/32",
        "3405803783",
        "2001:db8::7",
        "::ffff:203.0.113.7",
        "\u0662\u0660\u0663.0.113.7",
      })
  void everythingElseIsNoAddress(String text) {
    assertThat(Ipv4Address.parse(text)).isEmpty();
    assertThatThrownBy(() -> Ipv4Address.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void octetsAreReversedForTheQuestion() {
    assertThat(Ipv4Address.of("203.0.113.7").reversed()).isEqualTo("7.113.0.203");
  }

  @Test
  void addressesAreOrderedByNumberNotByText() {
    Ipv4Address low = Ipv4Address.of("9.0.0.0");
    Ipv4Address middle = Ipv4Address.of("127.0.0.2");
    Ipv4Address high = Ipv4Address.of("203.0.113.7");

    assertThat(List.of(high, low, middle).stream().sorted()).containsExactly(low, middle, high);
  }

  @Test
  void addressesOfTheSameQuadAreEqual() {
    assertThat(Ipv4Address.of("203.0.113.4"))
        .isEqualTo(Ipv4Address.of("203.0.113.4"))
        .isNotEqualTo(Ipv4Address.of("203.0.113.45"));
  }
}
