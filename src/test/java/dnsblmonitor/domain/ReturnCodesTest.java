package dnsblmonitor.domain;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** R11: what an answer means; the first rule that matches wins. */
class ReturnCodesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // (1) a listing
        "bl.example                  | 127.0.0.2                 | LISTED 1",
        "bl.example                  | 127.0.0.0                 | LISTED 1",
        "bl.example                  | 127.255.254.255           | LISTED 1",
        "bl.example                  | 127.0.0.2 127.0.0.4       | LISTED 1",
        "bl.example                  | 127.0.0.1 127.0.0.2       | LISTED 1",
        "bl.example                  | 127.0.0.2 127.255.255.254 | LISTED 1",
        "bl.example                  | 127.0.0.2 192.0.2.1       | LISTED 1",
        "bl.example*3                | 127.0.0.2                 | LISTED 3",
        "bl.example=127.0.0.1        | 127.0.0.1                 | LISTED 1",
        "bl.example=127.0.0.[2..11]  | 127.0.0.11                | LISTED 1",
        "bl.example=127.0.0.4        | 127.0.0.2 127.0.0.4       | LISTED 1",
        "bl.example=127.0.0.2*2,bl.example=127.0.0.4*3 | 127.0.0.2 127.0.0.4 | LISTED 5",
        "bl.example=127.0.0.2*2,bl.example=127.0.0.4*3 | 127.0.0.4           | LISTED 3",
        "bl.example,bl.example=127.0.0.4*3             | 127.0.0.4           | LISTED 4",
        "bl.example,bl.example=127.0.0.4*3             | 127.0.0.2           | LISTED 1",
        // (2) the list's error codes
        "bl.example                  | 127.255.255.254           | ZoneRefusesService",
        "bl.example                  | 127.255.255.0             | ZoneRefusesService",
        "bl.example                  | 127.255.255.252 127.0.0.1 | ZoneRefusesService",
        "bl.example                  | 127.255.255.252 192.0.2.1 | ZoneRefusesService",
        "bl.example=127.0.0.2        | 127.255.255.255 127.0.0.3 | ZoneRefusesService",
        // (3) rewritten answers, parked domains
        "bl.example                  | 192.0.2.1                 | InvalidResponse",
        "bl.example                  | 126.255.255.255           | InvalidResponse",
        "bl.example                  | 128.0.0.0                 | InvalidResponse",
        "bl.example                  | 192.0.2.1 127.0.0.1       | InvalidResponse",
        "bl.example=127.0.0.2        | 192.0.2.1                 | InvalidResponse",
        "bl.example=127.0.0.2        | 192.0.2.1 127.0.0.3       | InvalidResponse",
        // (4) a filter that does not accept
        "bl.example=127.0.0.2        | 127.0.0.3                 | NOT_LISTED",
        "bl.example=127.0.0.2        | 127.0.0.1                 | NOT_LISTED",
        // (5) nothing but 127.0.0.1
        "bl.example                  | 127.0.0.1                 | ZoneRefusesService",
        "bl.example,bl.example=127.0.0.2               | 127.0.0.1           | ZoneRefusesService",
      })
  void returnCodesMean(String specs, String answers, String meaning) {
    Zone zone = zone(specs);
    DnsAnswer answer =
        DnsAnswer.Addresses.of(
            Stream.of(answers.split(" ")).map(Ipv4Address::of).collect(toList()));

    assertThat(inWords(ReturnCodes.classify(zone, answer, Probe.OK))).isEqualTo(meaning);
  }

  static Stream<Arguments> answersWithoutAddress() {
    return Stream.of(
        Arguments.of(new DnsAnswer.NoSuchName(), "NOT_LISTED"),
        Arguments.of(new DnsAnswer.ErrorCode("SERVFAIL"), "SERVFAIL"),
        Arguments.of(new DnsAnswer.ErrorCode("REFUSED"), "REFUSED"),
        Arguments.of(new DnsAnswer.ErrorCode("NOTIMP"), "OtherRcode"),
        Arguments.of(new DnsAnswer.ErrorCode("FORMERR"), "OtherRcode"),
        Arguments.of(new DnsAnswer.TimedOut(Duration.ofSeconds(5)), "Timeout"),
        Arguments.of(new DnsAnswer.NetworkFault("port unreachable"), "NetworkError"));
  }

  @ParameterizedTest
  @MethodSource("answersWithoutAddress")
  void answersWithoutAddressMeanTheSameWithAndWithoutFilter(DnsAnswer answer, String meaning) {
    assertThat(inWords(ReturnCodes.classify(zone("bl.example"), answer, Probe.OK)))
        .isEqualTo(meaning);
    assertThat(inWords(ReturnCodes.classify(zone("bl.example=127.0.0.2"), answer, Probe.OFF)))
        .isEqualTo(meaning);
  }

  @Test
  void listedKeepsAllAnswersAndHasNoReasonYet() {
    LookupResult result = classify("bl.example=127.0.0.4", answered("127.0.0.4", "127.0.0.2"));

    assertThat(result)
        .isInstanceOfSatisfying(
            Listed.class,
            listed -> {
              assertThat(listed.answers()).hasToString("[127.0.0.2, 127.0.0.4]");
              assertThat(listed.reason()).isEmpty();
            });
  }

  @Test
  void unknownNamesTheAnswerThatMadeItSo() {
    assertThat(classify("bl.example", answered("127.0.0.1", "127.255.255.254")))
        .isEqualTo(new Unknown(UnknownReason.ZONE_REFUSES_SERVICE, "answered 127.255.255.254"));
    assertThat(classify("bl.example", new DnsAnswer.ErrorCode("NOTIMP")))
        .isEqualTo(new Unknown(UnknownReason.OTHER_RCODE, "rcode NOTIMP"));
    assertThat(classify("bl.example", new DnsAnswer.TimedOut(Duration.ofMillis(2500))))
        .isEqualTo(new Unknown(UnknownReason.TIMEOUT, "no answer within 2.5 s"));
  }

  /** R11 (0): by the list alone: at another list the same code is a listing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list.dnswl.org                            | 127.0.0.255          | ZoneRefusesService",
        "list.dnswl.org=127.0.[0..255].[1..3]*-4   | 127.0.0.255          | ZoneRefusesService",
        "list.dnswl.org=127.0.0.255*-4             | 127.0.0.255          | ZoneRefusesService",
        "list.dnswl.org*-4                         | 127.0.0.255 127.0.5.1 | ZoneRefusesService",
        "list.dnswl.org=127.0.[0..255].[1..3]*-4   | 127.0.5.1            | LISTED -4",
        "dbl.spamhaus.org                          | 127.0.1.255          | ZoneRefusesService",
        "canarykey0123456789ab.zrd.dq.spamhaus.net  | 127.0.2.255          | ZoneRefusesService",
        "zen.spamhaus.org                          | 127.0.1.255          | LISTED 1",
        "black.uribl.com=127.0.0.1                 | 127.0.0.1            | ZoneRefusesService",
        "multi.surbl.org=127.0.0.[0..127]          | 127.0.0.1            | ZoneRefusesService",
        "dnsbl.dronebl.org                         | 127.0.0.255          | LISTED 1",
        "bl.example                                | 127.0.0.255          | LISTED 1",
      })
  void codesByWhichAKnownListRefusesServiceAreNoListings(
      String specs, String answers, String meaning) {
    DnsAnswer answer = answered(answers.split(" "));

    assertThat(inWords(classify("anchor.example," + specs, answer))).isEqualTo(meaning);
  }

  /** R14: what a list without its test entry does not list may be lost with the entry. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // zone                | answer    | probe                   | meaning
        "bl.example            | NXDOMAIN  | TEST_ENTRY_MISSING      | TestEntryMissing",
        "bl.example=127.0.0.2  | 127.0.0.3 | TEST_ENTRY_MISSING      | TestEntryMissing",
        "bl.example            | 127.0.0.3 | TEST_ENTRY_MISSING      | LISTED 1",
        "bl.example            | SERVFAIL  | TEST_ENTRY_MISSING      | SERVFAIL",
        "bl.example            | NXDOMAIN  | OK                      | NOT_LISTED",
        "bl.example            | NXDOMAIN  | IPV6_TEST_ENTRY_MISSING | NOT_LISTED",
        "bl.example            | NXDOMAIN  | OFF                     | NOT_LISTED",
        "bl.example            | NXDOMAIN  | UNANSWERED              | NOT_LISTED",
        // an allowlist, and a list that is only watched, protect or throttle nobody by it
        "wl.example*-2         | NXDOMAIN  | TEST_ENTRY_MISSING      | NOT_LISTED",
        "bl.example*0          | NXDOMAIN  | TEST_ENTRY_MISSING      | NOT_LISTED",
        "k.example=127.0.0.2,k.example=127.0.0.1*-2 | NXDOMAIN | TEST_ENTRY_MISSING | TestEntryMissing",
        // NOERROR without an A record
        "bl.example            | NODATA    | OK                      | NOT_LISTED",
        "bl.example            | NODATA    | IPV6_TEST_ENTRY_MISSING | NOT_LISTED",
        "bl.example            | NODATA    | OFF                     | NoAnswer",
        "bl.example            | NODATA    | UNANSWERED              | NoAnswer",
        "bl.example            | NODATA    | TEST_ENTRY_MISSING      | NoAnswer",
      })
  void whatTheProbeShowedDecidesWhatNotListedMeans(
      String specs, String words, Probe probe, String meaning) {
    Zone zone = zone("anchor.example," + specs);
    DnsAnswer answer =
        switch (words) {
          case "NXDOMAIN" -> new DnsAnswer.NoSuchName();
          case "NODATA" -> new DnsAnswer.NoData();
          case "SERVFAIL" -> new DnsAnswer.ErrorCode(words);
          default -> answered(words);
        };

    assertThat(inWords(ReturnCodes.classify(zone, answer, probe))).isEqualTo(meaning);
  }

  @Test
  void ofAListThatIsKnownToHaveNoTestEntryAnswersCountAsTheyStand() {
    Zone zone = zone("bl.example").withoutTestEntry();

    assertThat(ReturnCodes.classify(zone, new DnsAnswer.NoData(), Probe.OFF))
        .isEqualTo(new NotListed());
    assertThat(ReturnCodes.classify(zone, new DnsAnswer.NoSuchName(), Probe.OFF))
        .isEqualTo(new NotListed());
  }

  private static LookupResult classify(String specs, DnsAnswer answer) {
    return ReturnCodes.classify(zone(specs), answer, Probe.OK);
  }

  @Test
  void reasonIsAddedWithoutTouchingTheRest() {
    Listed listed = (Listed) classify("bl.example*2", answered("127.0.0.2"));

    Listed explained = listed.withReason(java.util.Optional.of("open relay"));

    assertThat(explained.reason()).contains("open relay");
    assertThat(explained.weight()).isEqualTo(2);
    assertThat(explained.answers()).isEqualTo(listed.answers());
  }

  private static DnsAnswer answered(String... addresses) {
    return DnsAnswer.Addresses.of(Stream.of(addresses).map(Ipv4Address::of).toList());
  }

  private static Zone zone(String specs) {
    return ZoneList.parse(specs).getLast();
  }

  private static String inWords(LookupResult result) {
    return switch (result) {
      case Listed(_, int weight, _) -> "LISTED " + weight;
      case NotListed() -> "NOT_LISTED";
      case Unknown(var reason, _) -> reason.label();
    };
  }
}
