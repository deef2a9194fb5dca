package dnsblmonitor.domain;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.RowOutcome.Unchanged;
import dnsblmonitor.domain.TicketText.Table;
import dnsblmonitor.domain.ZoneLookup.Answered;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CHECK_IPV6: a row of two addresses is asked for by both and judged as one. */
class BothFamiliesTest {

  private static final Ipv4Address IPV4 = Ipv4Address.of("203.0.113.4");
  private static final Ipv6Address IPV6 = Ipv6Address.of("2001:db8::4");
  private static final MonitoredIp ROW =
      new MonitoredIp(
          1,
          IPV4,
          Optional.of(IPV6),
          Optional.of(7L),
          Optional.of("mta.example"),
          Worlds.listedRow("a.example"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // zone                                    | ipv4      | ipv6      | together
        "a.example                                 | NXDOMAIN  | NXDOMAIN  | NOT_LISTED",
        "a.example                                 | 127.0.0.2 | NXDOMAIN  | LISTED 1 [127.0.0.2]",
        "a.example                                 | NXDOMAIN  | 127.0.0.4 | LISTED 1 [127.0.0.4]",
        "a.example                                 | 127.0.0.2 | SERVFAIL  | LISTED 1 [127.0.0.2]",
        "a.example                                 | SERVFAIL  | 127.0.0.4 | LISTED 1 [127.0.0.4]",
        "a.example                                 | NXDOMAIN  | SERVFAIL  | SERVFAIL",
        "a.example                                 | REFUSED   | NXDOMAIN  | REFUSED",
        "a.example                                 | REFUSED   | SERVFAIL  | REFUSED",
        // listed for both: a weight counts once, each weight whose filter accepts one of them
        "a.example*3                               | 127.0.0.2 | 127.0.0.4 | LISTED 3 [127.0.0.2, 127.0.0.4]",
        "a.example*3                               | 127.0.0.2 | 127.0.0.2 | LISTED 3 [127.0.0.2]",
        "a.example=127.0.0.2*3,a.example=127.0.0.4*4 | 127.0.0.2 | 127.0.0.4 | LISTED 7 [127.0.0.2, 127.0.0.4]",
        "a.example=127.0.0.2*3,a.example=127.0.0.4*4 | NXDOMAIN  | 127.0.0.4 | LISTED 4 [127.0.0.4]",
        "a.example=127.0.0.2*3,a.example=127.0.0.4*-4 | 127.0.0.2 | 127.0.0.4 | LISTED -1 [127.0.0.2, 127.0.0.4]",
        // the zone's filter holds for both
        "a.example=127.0.0.2                       | 127.0.0.4 | 127.0.0.4 | NOT_LISTED",
        "a.example=127.0.0.2                       | 127.0.0.4 | 127.0.0.2 | LISTED 1 [127.0.0.2]",
      })
  void aZoneListsTheRowWhereItListsEitherAddress(
      String specs, String ipv4, String ipv6, String together) {
    Zone zone = Worlds.zone(specs);

    LookupResult result =
        ReturnCodes.together(zone, List.of(classified(zone, ipv4), classified(zone, ipv6)));

    assertThat(inWords(result)).isEqualTo(together);
  }

  @Test
  void everyZoneIsAskedAboutBothAddresses() {
    Zone a = Worlds.zone("a.example");
    Zone b = Worlds.zone("b.example");
    Map<IpAddress, Answered> answers =
        Map.of(
            IPV4, new Answered(new NotListed(), Duration.ofMillis(20)),
            IPV6, new Answered(classified(a, "127.0.0.4"), Duration.ofMillis(50)));

    IpCheck check =
        AddressLookups.start(
                (_, address) -> CompletableFuture.completedFuture(answers.get(address)),
                List.of(a, b),
                ROW)
            .await(List.of(), 1, () -> false);

    assertThat(check.answers())
        .extracting(answer -> answer.zone() + " " + answer.address())
        .containsExactly(
            "a.example 203.0.113.4",
            "a.example 2001:db8::4",
            "b.example 203.0.113.4",
            "b.example 2001:db8::4");
    assertThat(check.verdict().listedZones()).containsExactly("a.example", "b.example");
    assertThat(check.took()).hasMillis(50);
  }

  @Test
  void aRowOfOneAddressIsAskedAboutThatOnly() {
    MonitoredIp row = Worlds.row(1, 7L, "203.0.113.4", Worlds.cleanRow());

    assertThat(row.addresses()).containsExactly(IPV4);
    assertThat(ROW.addresses()).containsExactly(IPV4, IPV6);
    assertThat(ROW.with(Worlds.cleanRow()).ipv6()).contains(IPV6);
  }

  @Test
  void bothLookupsCountInTheZonesHealthAndInTheSummary() {
    Zone zone = Worlds.zone("a.example");
    RunReport report = new RunReport(List.of(zone), new TransitionRules(0, 50, Duration.ZERO));
    IpCheck check = check(zone, "127.0.0.2", "SERVFAIL");

    report.add(new Checked(check, new Unchanged(ROW.values())));

    assertThat(report.totals().rows()).isEqualTo(1);
    assertThat(report.totals().lookups()).isEqualTo(2);
    assertThat(report.totals().unknownLookups()).isEqualTo(1);
    assertThat(report.health(Map.of()))
        .singleElement()
        .satisfies(health -> {
          assertThat(health.listed()).isEqualTo(1);
          assertThat(health.unknown()).containsEntry(UnknownReason.SERVFAIL, 1L);
        });
  }

  @Test
  void theTicketIsNamedByTheIpv4AddressAndSaysWhichOneIsListed() {
    Zone zone = Worlds.zone("zen.spamhaus.org");

    String description = description(check(zone, "NXDOMAIN", "127.0.0.4"));

    assertThat(description)
        .contains("203.0.113.4 or 2001:db8::4 is listed by a.example.")
        .contains("zen.spamhaus.org")
        .contains("LISTED | 203.0.113.4: not listed; 2001:db8::4: 127.0.0.4 (XBL)");
    assertThat(TicketWording.summary(IPV4, Zone.shownNames(List.of(zone))))
        .isEqualTo("IP 203.0.113.4 blacklisted by zen.spamhaus.org");
  }

  @Test
  void theTicketSaysWhichAddressAZoneWasSilentAbout() {
    Zone zone = Worlds.zone("b.example");

    assertThat(description(check(zone, "NXDOMAIN", "SERVFAIL")))
        .contains(
            "b.example | UNKNOWN | 203.0.113.4: not listed; 2001:db8::4: SERVFAIL (rcode SERVFAIL)");
  }

  @Test
  void theLookupPageIsThatOfTheListedAddress() {
    Zone zone = Worlds.zone("zen.spamhaus.org");

    assertThat(lookupPages(check(zone, "NXDOMAIN", "127.0.0.4")))
        .containsExactly("https://check.spamhaus.org/results/?query=2001:db8::4");
    assertThat(lookupPages(check(zone, "127.0.0.2", "127.0.0.4")))
        .containsExactly("https://check.spamhaus.org/results/?query=203.0.113.4");
  }

  private static List<String> lookupPages(IpCheck check) {
    return TicketWording.description(listed(check), Worlds.RUN).blocks().stream()
        .flatMap(block -> block instanceof Table table ? table.rows().stream() : Stream.empty())
        .flatMap(List::stream)
        .flatMap(cell -> cell.link().stream())
        .map(URI::toString)
        .toList();
  }

  private static String description(IpCheck check) {
    return TicketWording.description(listed(check), Worlds.RUN).plain();
  }

  private static ListedAddress listed(IpCheck check) {
    return new ListedAddress(
        ROW, Zone.shownNames(List.of(Worlds.zone("a.example"))), Optional.of(check), false);
  }

  private static IpCheck check(Zone zone, String ipv4, String ipv6) {
    return IpCheck.of(
        ROW,
        List.of(
            Worlds.answer(zone, IPV4, classified(zone, ipv4)),
            Worlds.answer(zone, IPV6, classified(zone, ipv6))),
        List.of(),
        1,
        false);
  }

  private static LookupResult classified(Zone zone, String words) {
    return ReturnCodes.classify(
        zone,
        switch (words) {
          case "NXDOMAIN" -> new DnsAnswer.NoSuchName();
          case "SERVFAIL", "REFUSED" -> new DnsAnswer.ErrorCode(words);
          default ->
              DnsAnswer.Addresses.of(Stream.of(words.split(" ")).map(Ipv4Address::of).toList());
        },
        Probe.OK);
  }

  private static String inWords(LookupResult result) {
    return switch (result) {
      case Listed(var answers, int weight, _) ->
          "LISTED %d [%s]"
              .formatted(
                  weight, answers.stream().map(Ipv4Address::toString).collect(joining(", ")));
      case NotListed() -> "NOT_LISTED";
      case Unknown(var reason, _) -> reason.label();
    };
  }
}
