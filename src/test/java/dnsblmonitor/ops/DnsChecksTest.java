package dnsblmonitor.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.dnsbl.DnsSettings;
import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.testing.FakeDnsServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R5b, R14: what resolvers and zones are found to be, at a server on loopback. */
class DnsChecksTest {

  private final FakeDnsServer server = FakeDnsServer.start();
  private final FakeDnsServer other = FakeDnsServer.start();

  @AfterEach
  void close() {
    server.close();
    other.close();
  }

  private static DnsSettings asking(InetSocketAddress... resolvers) {
    return new DnsSettings(List.of(resolvers), Duration.ofSeconds(1), 4, 0, false);
  }

  private List<Finding> zones(String specs) {
    return new ZoneCheck(asking(server.address()), ZoneList.parse(specs)).findings();
  }

  private List<Finding> resolvers(String specs) {
    return new ResolverCheck(asking(server.address(), other.address()), ZoneList.parse(specs))
        .findings();
  }

  private static String name(FakeDnsServer resolver) {
    return "resolver 127.0.0.1:" + resolver.address().getPort();
  }

  @Test
  void aZoneThatListsItsTestEntryOnlyHolds() {
    assertThat(zones("bl.example"))
        .containsExactly(new Holds("zone bl.example", "lists 127.0.0.2, does not list 127.0.0.1"));
  }

  @Test
  void aFilterThatLeavesTheTestEntryOutIsNoFault() {
    assertThat(zones("bl.example=127.0.0.9")).singleElement().isInstanceOf(Holds.class);
  }

  @Test
  void aZoneWithoutTheTestEntryIsAWarning() {
    server.unlist("bl.example", "127.0.0.2");

    assertThat(zones("bl.example"))
        .singleElement()
        .isInstanceOf(Warns.class)
        .extracting(Finding::details)
        .asString()
        .contains("does not list 127.0.0.2", "\"not listed\" answers are not trusted");
  }

  /** R14: of an allowlist, and of a list that is watched only, this is only reported. */
  @ParameterizedTest
  @ValueSource(strings = {"wl.example*-2", "bl.example*0"})
  void theAnswersOfAZoneThatThrottlesNobodyCountAllTheSame(String spec) {
    server.unlist(ZoneList.parse("anchor.example," + spec).getLast().shownName(), "127.0.0.2");

    assertThat(zones("anchor.example," + spec))
        .last()
        .isInstanceOf(Warns.class)
        .asString()
        .contains("does not list 127.0.0.2", "ZONES_WITHOUT_TEST_ENTRY")
        .doesNotContain("not trusted");
  }

  /** R11: from a zone that may hide its listings, no data is no "not listed". */
  @Test
  void aZoneThatAnswersNothingAtAllFailsAndMayHaveNoTestEntry() {
    server.zone("bl.example").noData().unlist("127.0.0.2");

    assertThat(zones("bl.example"))
        .singleElement()
        .isInstanceOf(Fails.class)
        .asString()
        .contains("NoAnswer", "add it to ZONES_WITHOUT_TEST_ENTRY");
  }

  @Test
  void aZoneThatIsKnownToHaveNoTestEntryHolds() {
    server.unlist("bl.example", "127.0.0.2");
    List<Zone> zones = List.of(ZoneList.parse("bl.example").getFirst().withoutTestEntry());

    assertThat(new ZoneCheck(asking(server.address()), zones).findings())
        .containsExactly(
            new Holds(
                "zone bl.example",
                "does not list 127.0.0.1; has no test entry 127.0.0.2 (ZONES_WITHOUT_TEST_ENTRY)"));
  }

  @Test
  void aKnownListThatIsNotUsedAsItShouldBeIsAWarningBesideWhatItAnswers() {
    server.zone("hostkarma.junkemailfilter.com");

    assertThat(zones("hostkarma.junkemailfilter.com"))
        .satisfiesExactly(
            answers -> assertThat(answers).isInstanceOf(Holds.class),
            advice ->
                assertThat(advice)
                    .isInstanceOf(Warns.class)
                    .asString()
                    .contains("hostkarma.junkemailfilter.com=127.0.0.2"));
  }

  @Test
  void aZoneThatListsEverythingFails() {
    server.zone("bl.example").answers("127.0.0.2");

    assertThat(zones("bl.example"))
        .singleElement()
        .isInstanceOf(Fails.class)
        .extracting(Finding::details)
        .asString()
        .contains("lists 127.0.0.1", "DNSBL_ZONES");
  }

  @Test
  void aSilentZoneFailsAndTheOthersHold() {
    server.zone("dead.example").silent();

    assertThat(zones("dead.example,bl.example"))
        .satisfiesExactly(
            dead -> assertThat(dead).isInstanceOf(Fails.class).asString().contains("within 1 s"),
            alive -> assertThat(alive).isInstanceOf(Holds.class));
  }

  @ParameterizedTest
  @CsvSource({
    "127.255.255.254, ZoneRefusesService, resolver of your own",
    "192.0.2.1, InvalidResponse, the domain may be parked"
  })
  void aZoneWhoseAnswersSayNothingFails(String answer, String reason, String advice) {
    server.zone("bl.example").answers(answer);

    assertThat(zones("bl.example"))
        .singleElement()
        .isInstanceOf(Fails.class)
        .asString()
        .contains(reason, answer, advice);
  }

  @ParameterizedTest
  @CsvSource({"SERVFAIL", "REFUSED", "NOTIMP"})
  void aZoneThatAnswersOnlyErrorsFails(String rcode) {
    server.zone("bl.example").rcode(rcode);

    assertThat(zones("bl.example"))
        .singleElement()
        .isInstanceOf(Fails.class)
        .asString()
        .contains(rcode, "UNKNOWN");
  }

  @Test
  void aKeyOfAZoneIsNotShown() {
    server.zone("canaryzonekey0123456789.bl.example").silent();

    assertThat(zones("canaryzonekey0123456789.bl.example"))
        .singleElement()
        .asString()
        .contains("zone bl.example")
        .doesNotContain("canaryzonekey");
  }

  @Test
  void aResolverThatAnswersHolds() {
    assertThat(resolvers("bl.example,b.example"))
        .containsExactly(
            new Holds(name(server), "answers for 2 of 2 zones"),
            new Holds(name(other), "answers for 2 of 2 zones"));
  }

  @Test
  void aResolverWithoutAnyAnswerFailsBesideOneThatAnswers() {
    server.zone("dead.example").silent();
    other.zone("bl.example").silent();
    other.zone("dead.example").silent();

    assertThat(resolvers("bl.example,dead.example"))
        .satisfiesExactly(
            alive ->
                assertThat(alive).isEqualTo(new Holds(name(server), "answers for 1 of 2 zones")),
            dead ->
                assertThat(dead)
                    .isInstanceOf(Fails.class)
                    .asString()
                    .contains(name(other), "any zone", "within 1.0 s"));
  }

  @Test
  void aResolverThatRefusesToServeFails() {
    other.zone("bl.example").rcode("REFUSED");

    assertThat(resolvers("bl.example").getLast())
        .isInstanceOf(Fails.class)
        .asString()
        .contains("REFUSED");
  }

  @Test
  void aPublicResolverIsAWarningAlthoughItAnswers() {
    ResolverCheck check = new ResolverCheck(asking(), ZoneList.parse("bl.example"));
    InetSocketAddress google = new InetSocketAddress(PublicResolvers.GOOGLE, 53);

    assertThat(check.judge(google, "google", List.of(new NotListed())))
        .isInstanceOf(Warns.class)
        .asString()
        .contains("Google Public DNS", "lists refuse", "from the system", "DNS_RESOLVERS");
  }

  @Test
  void wellKnownPublicResolversAreNamed() {
    assertThat(PublicResolvers.nameOf(PublicResolvers.GOOGLE)).contains("Google Public DNS");
    assertThat(PublicResolvers.nameOf(PublicResolvers.QUAD9_IPV6)).contains("Quad9");
    assertThat(PublicResolvers.nameOf(server.address().getAddress())).isEmpty();
  }
}
