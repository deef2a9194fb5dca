package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.testing.FakeDnsServer;
import dnsblmonitor.testing.FakeZone;
import dnsblmonitor.testing.QuestionLog.Asked;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R10-R12: one lookup, from the question on the wire to its result, over real sockets. */
@Timeout(20)
class DnsblLookupsTest {

  private static final Zone ZONE = zone("bl.example");
  private static final Ipv4Address IP = Ipv4Address.of("203.0.113.7");

  private final FakeDnsServer server = FakeDnsServer.start();
  private DnsblLookups lookups = lookups(Duration.ofSeconds(3), server.address());

  @AfterEach
  void close() {
    lookups.close();
    server.close();
  }

  @Test
  void listedAddressIsAskedByItsAbsoluteNameAndThenForTheReason() {
    server.lists("bl.example", "203.0.113.7", "127.0.0.4", "open relay, see https://bl.example/7");

    LookupResult result = result(ZONE);

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

    assertThat(result(ZONE)).isEqualTo(new NotListed());
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

    assertThat(result(ZONE))
        .isInstanceOfSatisfying(Unknown.class, u -> assertThat(u.reason()).isEqualTo(reason));
    assertThat(server.questions("bl.example")).isEqualTo(1);
  }

  @Test
  void zoneThatNobodyKnowsListsNothing() {
    assertThat(result(zone("nowhere.example"))).isEqualTo(new NotListed());
  }

  @Test
  void addressesBehindACnameCount() {
    server
        .zone("bl.example")
        .lists("203.0.113.7", List.of("127.0.0.2", "127.0.0.9"), "")
        .viaCname();

    assertThat(result(ZONE))
        .isInstanceOfSatisfying(Listed.class, listed -> assertThat(listed.answers()).hasSize(2));
  }

  @Test
  void truncatedAnswerIsFetchedOverTcp() {
    server.lists("bl.example", "203.0.113.7", "127.0.0.2", "reason").zone("bl.example").truncated();

    assertThat(result(ZONE))
        .isInstanceOfSatisfying(
            Listed.class, listed -> assertThat(listed.reason()).contains("reason"));
  }

  @Test
  void lostPacketIsAskedAgain() {
    server.zone("bl.example").answers("127.0.0.2").dropsFirst(2);

    assertThat(result(ZONE)).isInstanceOf(Listed.class);
    assertThat(server.questions()).containsEntry(new Asked("7.113.0.203.bl.example.", "A"), 3);
  }

  @Test
  void lateAnswerToTheFirstTryStillCounts() {
    ask(Duration.ofMillis(1500)); // a try every 0.5 s
    server.zone("bl.example").answers("127.0.0.2").delay(Duration.ofMillis(700));

    Answered answered = lookup(ZONE);

    assertThat(answered.result()).isInstanceOf(Listed.class);
    assertThat(answered.latency()).isBetween(Duration.ofMillis(700), Duration.ofMillis(1190));
  }

  @Test
  void wrongIdAndGarbageAreSurvived() {
    server.lists("bl.example", "203.0.113.7", "127.0.0.2", "reason");
    server.zone("bl.example").wrongIdFirst(2).garbageFirst(1);

    assertThat(result(ZONE))
        .isInstanceOfSatisfying(
            Listed.class, listed -> assertThat(listed.reason()).contains("reason"));
  }

  @Test
  void answersOfOtherQuestionsOnlyAreANetworkError() {
    ask(Duration.ofMillis(400));
    server.zone("bl.example").answers("127.0.0.2").wrongIdFirst(1_000_000);

    assertThat(result(ZONE))
        .isEqualTo(
            new Unknown(UnknownReason.NETWORK_ERROR, "answer is malformed or of another question"));
  }

  @Test
  void unreachableResolverIsANetworkErrorThatNamesTheCause() throws SocketException {
    ask(Duration.ofMillis(600), closedPort());

    Answered answered = lookup(ZONE);

    assertThat(answered.result())
        .isEqualTo(new Unknown(UnknownReason.NETWORK_ERROR, "resolver's port is unreachable"));
    assertThat(answered.latency()).isLessThan(Duration.ofMillis(1100));
  }

  @Test
  void unreachableResolverDoesNotMatterWhereThereIsAnother() throws SocketException {
    ask(Duration.ofSeconds(3), closedPort(), server.address());
    server.zone("bl.example").answers("127.0.0.2");

    assertThat(Stream.generate(() -> result(ZONE)).limit(4))
        .allSatisfy(result -> assertThat(result).isInstanceOf(Listed.class));
  }

  @Test
  void serverFailureIsAskedOfTheNextResolverOnce() {
    try (FakeDnsServer other = FakeDnsServer.start()) {
      ask(Duration.ofSeconds(3), other.address(), server.address());
      other.zone("bl.example").rcode("SERVFAIL");
      server.zone("bl.example").answers("127.0.0.2");
      other.zone("broken.example").rcode("SERVFAIL");
      server.zone("broken.example").rcode("SERVFAIL");

      assertThat(Stream.generate(() -> result(ZONE)).limit(4))
          .allSatisfy(result -> assertThat(result).isInstanceOf(Listed.class));
      assertThat(result(zone("broken.example")))
          .isEqualTo(new Unknown(UnknownReason.SERVFAIL, "rcode SERVFAIL"));
      assertThat(server.questions("broken.example") + other.questions("broken.example"))
          .isEqualTo(2);
    }
  }

  @Test
  void silentZoneTimesOutWhenItsTimeIsOver() {
    ask(Duration.ofMillis(400));
    server.zone("bl.example").silent();

    Answered answered = lookup(ZONE);

    assertThat(answered.result())
        .isEqualTo(new Unknown(UnknownReason.TIMEOUT, "no answer within 0.4 s"));
    assertThat(answered.latency()).isBetween(Duration.ofMillis(400), Duration.ofMillis(900));
    assertThat(server.questions("bl.example")).isEqualTo(2);
  }

  @Test
  void listingWithoutReasonIsStillAListing() {
    server.lists("bl.example", "203.0.113.7", "127.0.0.2");

    assertThat(result(ZONE))
        .isInstanceOfSatisfying(Listed.class, listed -> assertThat(listed.reason()).isEmpty());
  }

  @Test
  void silenceAboutTheReasonCostsTheReasonOnly() {
    ask(Duration.ofMillis(500));
    server.lists("bl.example", "203.0.113.7", "127.0.0.2", "reason").zone("bl.example").losesText();

    Answered answered = lookup(ZONE);

    assertThat(answered.result())
        .isInstanceOfSatisfying(Listed.class, listed -> assertThat(listed.reason()).isEmpty());
    assertThat(answered.latency()).isLessThan(Duration.ofMillis(400));
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

    assertThat(result(ZONE))
        .isInstanceOfSatisfying(
            Listed.class, listed -> assertThat(listed.reason()).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u0000\u0001"})
  void emptyReasonIsNone(String text) {
    server.lists("bl.example", "203.0.113.7", "127.0.0.2", text);

    assertThat(result(ZONE))
        .isInstanceOfSatisfying(Listed.class, listed -> assertThat(listed.reason()).isEmpty());
  }

  @Test
  void longReasonOfSeveralStringsIsJoinedAndBounded() {
    server.lists("bl.example", "203.0.113.7", "127.0.0.2", "0123456789".repeat(60));

    assertThat(result(ZONE))
        .isInstanceOfSatisfying(
            Listed.class,
            listed ->
                assertThat(listed.reason())
                    .contains("0123456789".repeat(50).substring(0, 499) + "…"));
  }

  @Test
  void keyInTheZonesNameIsAskedButNeverToldBack() {
    Zone keyed = zone("s3cr3ts3cr3ts3cr3ts3cr3t.bl.example");
    FakeZone behaviour = server.zone("s3cr3ts3cr3ts3cr3ts3cr3t.bl.example").answers("127.0.0.2");
    assertThat(result(keyed)).isInstanceOf(Listed.class);
    ask(Duration.ofMillis(300));

    List<LookupResult> results =
        List.of(
            result(keyed),
            after(() -> behaviour.wrongIdFirst(1_000), keyed),
            after(() -> behaviour.garbageFirst(1_000), keyed),
            after(() -> behaviour.rcode("SERVFAIL"), keyed),
            after(behaviour::silent, keyed));

    assertThat(results).asString().doesNotContain("s3cr3t");
    assertThat(server.questions())
        .containsKey(new Asked("7.113.0.203.s3cr3ts3cr3ts3cr3ts3cr3t.bl.example.", "A"));
  }

  private LookupResult after(Runnable change, Zone zone) {
    change.run();
    return result(zone);
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

  private LookupResult result(Zone zone) {
    return lookup(zone).result();
  }

  private Answered lookup(Zone zone) {
    return lookups.lookup(zone, IP).orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void ask(Duration timeout) {
    ask(timeout, server.address());
  }

  private void ask(Duration timeout, InetSocketAddress... resolvers) {
    lookups.close();
    lookups = lookups(timeout, resolvers);
  }

  private static DnsblLookups lookups(Duration timeout, InetSocketAddress... resolvers) {
    return new DnsblLookups(new DnsSettings(List.of(resolvers), timeout, 4));
  }

  private static InetSocketAddress closedPort() throws SocketException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }
  }

  private static Zone zone(String specs) {
    return ZoneList.parse(specs).getFirst();
  }
}
