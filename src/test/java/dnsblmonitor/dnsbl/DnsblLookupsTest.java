package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.testing.FakeDnsServer;
import dnsblmonitor.testing.FakeZone;
import dnsblmonitor.testing.QuestionLog.Asked;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R10, R11: one lookup, from the question on the wire to its result, over real sockets. */
@Timeout(20)
class DnsblLookupsTest {

  private static final Zone ZONE = LookupWorld.zone("bl.example");

  private final LookupWorld world = new LookupWorld();
  private final FakeDnsServer server = world.server();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void listedAddressIsAskedByItsAbsoluteNameAndThenForTheReason() {
    server.lists("bl.example", "203.0.113.7", "127.0.0.4", "open relay, see https://bl.example/7");

    LookupResult result = world.result(ZONE);

    assertThat(result)
        .isInstanceOfSatisfying(
            Listed.class,
            listed -> {
              assertThat(listed.answers()).containsExactly(Ipv4Address.of("127.0.0.4"));
              assertThat(listed.weight()).isEqualTo(1);
              assertThat(listed.reason()).contains("open relay, see https://bl.example/7");
            });
    assertThat(server.questions())
        .containsExactly(
            Map.entry(new Asked("7.113.0.203.bl.example.", "A"), 1),
            Map.entry(new Asked("7.113.0.203.bl.example.", "TXT"), 1));
  }

  @Test
  void addressThatIsNotListedIsNotAskedForAReason() {
    server.zone("bl.example");

    assertThat(world.result(ZONE)).isEqualTo(new NotListed());
    assertThat(server.questions()).containsOnlyKeys(new Asked("7.113.0.203.bl.example.", "A"));
  }

  static Stream<Arguments> zonesThatSayNothing() {
    return Stream.of(
        Arguments.of(rcode("SERVFAIL"), UnknownReason.SERVFAIL),
        Arguments.of(rcode("REFUSED"), UnknownReason.REFUSED),
        Arguments.of(rcode("NOTIMP"), UnknownReason.OTHER_RCODE),
        Arguments.of(behaviour(FakeZone::noData), UnknownReason.NO_ANSWER),
        Arguments.of(answers("192.0.2.1"), UnknownReason.INVALID_RESPONSE),
        Arguments.of(answers("127.255.255.254"), UnknownReason.ZONE_REFUSES_SERVICE),
        Arguments.of(answers("127.0.0.1"), UnknownReason.ZONE_REFUSES_SERVICE));
  }

  @ParameterizedTest
  @MethodSource("zonesThatSayNothing")
  void answerThatSaysNothingIsUnknownAtOnce(Behaviour behaviour, UnknownReason reason) {
    behaviour.of(server.zone("bl.example"));

    assertThat(world.result(ZONE))
        .isInstanceOfSatisfying(Unknown.class, u -> assertThat(u.reason()).isEqualTo(reason));
    assertThat(server.questions("bl.example")).isEqualTo(1);
  }

  @Test
  void zoneThatNobodyKnowsListsNothing() {
    assertThat(world.result(LookupWorld.zone("nowhere.example"))).isEqualTo(new NotListed());
  }

  @Test
  void addressesBehindACnameCount() {
    server
        .zone("bl.example")
        .lists("203.0.113.7", List.of("127.0.0.2", "127.0.0.9"), "")
        .viaCname();

    assertThat(world.result(ZONE))
        .isInstanceOfSatisfying(Listed.class, listed -> assertThat(listed.answers()).hasSize(2));
  }

  @Test
  void truncatedAnswerIsFetchedOverTcp() {
    server.lists("bl.example", "203.0.113.7", "127.0.0.2", "reason").zone("bl.example").truncated();

    assertThat(world.result(ZONE))
        .isInstanceOfSatisfying(
            Listed.class, listed -> assertThat(listed.reason()).contains("reason"));
  }

  @Test
  void listingWithoutReasonIsStillAListing() {
    server.lists("bl.example", "203.0.113.7", "127.0.0.2");

    assertThat(world.result(ZONE))
        .isInstanceOfSatisfying(Listed.class, listed -> assertThat(listed.reason()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'line one\n\tline\u0007 two'       | line one line two",
        "'zero\u200bwidth \u202eoverride'   | zero width override",
        "'Größe: 7 \u2713'                  | Größe: 7 \u2713",
        "'back\\slash \"quoted\"'           | back\\slash \"quoted\"",
      })
  void reasonIsOneLineOfPrintableText(String text, String reason) {
    server.lists("bl.example", "203.0.113.7", "127.0.0.2", text);

    assertThat(world.result(ZONE))
        .isInstanceOfSatisfying(
            Listed.class, listed -> assertThat(listed.reason()).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u0000\u0001"})
  void emptyReasonIsNone(String text) {
    server.lists("bl.example", "203.0.113.7", "127.0.0.2", text);

    assertThat(world.result(ZONE))
        .isInstanceOfSatisfying(Listed.class, listed -> assertThat(listed.reason()).isEmpty());
  }

  @Test
  void longReasonOfSeveralStringsIsJoinedAndBounded() {
    server.lists("bl.example", "203.0.113.7", "127.0.0.2", "0123456789".repeat(60));

    assertThat(world.result(ZONE))
        .isInstanceOfSatisfying(
            Listed.class,
            listed ->
                assertThat(listed.reason())
                    .contains("0123456789".repeat(50).substring(0, 499) + "…"));
  }

  /** What a zone does, under a name that tells the cases of a table apart. */
  @FunctionalInterface
  interface Behaviour {
    FakeZone of(FakeZone zone);
  }

  private static Behaviour rcode(String mnemonic) {
    return zone -> zone.rcode(mnemonic);
  }

  private static Behaviour answers(String code) {
    return zone -> zone.answers(code);
  }

  private static Behaviour behaviour(Behaviour behaviour) {
    return behaviour;
  }
}
