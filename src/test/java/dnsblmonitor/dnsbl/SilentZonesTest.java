package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Ipv6Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.Probe;
import dnsblmonitor.domain.TestEntries;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeDnsServer;
import dnsblmonitor.testing.QuestionLog.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R13, R14: zones that are silent, come back, or list the world. */
@Timeout(60)
class SilentZonesTest {

  private static final int WINDOW = 10;
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration PROBE_EVERY = Duration.ofMillis(300);
  private static final Zone ZONE = LookupWorld.zone("bl.example");
  private static final Zone OTHER = LookupWorld.zone("other.example");

  /** ::FFFF:7F00:0 less its last nibble, reversed. */
  private static final String MAPPED = ".0.0.0.0.0.f.7.f.f.f.f" + ".0".repeat(20);

  private final FakeDnsServer server = FakeDnsServer.start();
  private DnsblLookups lookups = lookups(false);

  @AfterEach
  void close() {
    lookups.close();
    server.close();
  }

  @Test
  void silentZoneCostsAFewTimeOutsAndNotOneForEachAddress() {
    server.zone("bl.example").silent();
    server.zone("other.example");

    List<CompletableFuture<Answered>> silent = lookUp(ZONE, 1_000);
    List<CompletableFuture<Answered>> answered = lookUp(OTHER, 1_000);

    assertThat(reasons(silent)).containsOnly(UnknownReason.TIMEOUT, UnknownReason.ZONE_UNREACHABLE);
    assertThat(reasons(silent)).filteredOn(UnknownReason.TIMEOUT::equals).hasSize(Breaker.SILENCES);
    assertThat(askedAddresses("bl.example")).isLessThanOrEqualTo(WINDOW + Breaker.SILENCES);
    assertThat(results(answered)).hasSize(1_000).hasOnlyElementsOfType(NotListed.class);
    assertThat(lookups.resolverFailed()).isFalse();
  }

  @Test
  void breakerOfAZoneThatDiesInMidRunOpensAndClosesWhenAProbeIsAnswered() {
    server.zone("bl.example");
    server.zone("other.example");
    assertThat(results(lookUp(ZONE, 50))).hasOnlyElementsOfType(NotListed.class);
    server.zone("bl.example").silent();
    assertThat(reasons(lookUp(ZONE, 50))).contains(UnknownReason.ZONE_UNREACHABLE);
    assertThat(reasons(lookUp(ZONE, 50))).containsOnly(UnknownReason.ZONE_UNREACHABLE);

    server.zone("bl.example").behaves();

    Await.until("taken up", () -> results(lookUp(ZONE, 1)).contains(new NotListed()));
    assertThat(results(lookUp(ZONE, 50))).hasOnlyElementsOfType(NotListed.class);
    assertThat(results(lookUp(OTHER, 50))).hasOnlyElementsOfType(NotListed.class);
    assertThat(lookups.probes()).as("no start probe was asked for").isEmpty();
  }

  @Test
  void zoneWithOpenBreakerIsNotProbedWhileNobodyLooksAnythingUp() {
    server.zone("bl.example").silent();
    assertThat(reasons(lookUp(ZONE, 50))).contains(UnknownReason.ZONE_UNREACHABLE);

    Await.passed(PROBE_EVERY.multipliedBy(3));

    assertThat(testEntries("bl.example")).isEmpty();
  }

  @Test
  void zoneWithOpenBreakerIsProbedWhileAnotherIsLookedUp() {
    server.zone("bl.example").silent();
    assertThat(reasons(lookUp(ZONE, 50))).contains(UnknownReason.ZONE_UNREACHABLE);
    server.zone("other.example").delay(TIMEOUT.minusMillis(100));

    while (testEntries("bl.example").isEmpty()) {
      assertThat(results(lookUp(OTHER, 1))).hasSize(1);
    }

    assertThat(reasons(lookUp(ZONE, 50)))
        .as("the zone stays given up")
        .containsOnly(UnknownReason.ZONE_UNREACHABLE);
  }

  @Test
  void lookupThatComesWhenAProbeIsDueWaitsForIt() {
    server.zone("bl.example").silent();
    assertThat(reasons(lookUp(ZONE, 50))).contains(UnknownReason.ZONE_UNREACHABLE);
    server.zone("bl.example").behaves();

    Await.passed(PROBE_EVERY);

    assertThat(results(lookUp(ZONE, 50))).hasOnlyElementsOfType(NotListed.class);
    assertThat(testEntries("bl.example")).isNotEmpty();
  }

  @Test
  void lookupThatComesWhenAProbeIsDueWaitsNoLongerThanForIt() {
    server.zone("bl.example").silent();
    assertThat(reasons(lookUp(ZONE, 50))).contains(UnknownReason.ZONE_UNREACHABLE);

    Await.passed(PROBE_EVERY);

    assertThat(reasons(lookUp(ZONE, 50))).containsOnly(UnknownReason.ZONE_UNREACHABLE);
    assertThat(testEntries("bl.example")).isNotEmpty();
  }

  @Test
  void allZonesSilentTogetherAreTheResolversFault() {
    server.zone("bl.example").silent();
    server.zone("other.example").silent();

    List<CompletableFuture<Answered>> silent = lookUp(ZONE, 50);
    silent.addAll(lookUp(OTHER, 50));

    assertThat(reasons(silent)).hasSize(100);
    assertThat(lookups.resolverFailed()).isTrue();
  }

  @Test
  void zoneThatListsEverythingDoesNotHideADeadResolver() {
    server.zone("bl.example");
    server.zone("other.example").answers("127.0.0.2");
    lookups.probe(List.of(ZONE, OTHER));
    results(lookUp(ZONE, 10));
    results(lookUp(OTHER, 10));

    server.zone("bl.example").silent();
    reasons(lookUp(ZONE, 50));

    assertThat(lookups.resolverFailed()).isTrue();
  }

  @Test
  void zoneWhoseProbeIsAServerFailureIsAskedAndSaysSo() {
    server.zone("bl.example").rcode("SERVFAIL");
    lookups.probe(List.of(ZONE));

    assertThat(reasons(lookUp(ZONE, 50))).containsOnly(UnknownReason.SERVFAIL);
  }

  @Test
  void zoneThatIsSilentAboutReasonsAloneCostsASecondForEachListing() {
    lookups.close();
    lookups =
        new DnsblLookups(
            new DnsSettings(List.of(server.address()), Duration.ofSeconds(20), WINDOW, 0, false));
    server.zone("bl.example").answers("127.0.0.2").losesText();

    assertThat(results(lookUp(ZONE, WINDOW))).hasOnlyElementsOfType(Listed.class);
  }

  @Test
  void resolverThatDiesInMidRunIsTheResolversFault() {
    assertThat(results(lookUp(ZONE, 50))).hasOnlyElementsOfType(NotListed.class);
    assertThat(results(lookUp(OTHER, 50))).hasOnlyElementsOfType(NotListed.class);

    server.close();

    assertThat(reasons(lookUp(ZONE, 1_000)))
        .contains(UnknownReason.NETWORK_ERROR, UnknownReason.ZONE_UNREACHABLE);
    assertThat(lookups.resolverFailed()).as("the other zone is well, as far as known").isFalse();
    assertThat(reasons(lookUp(OTHER, 1_000))).contains(UnknownReason.ZONE_UNREACHABLE);
    assertThat(lookups.resolverFailed()).isTrue();
  }

  @Test
  void zoneThatAnswersLateButInTimeIsAnswered() {
    lookups.close();
    lookups =
        new DnsblLookups(
            new DnsSettings(List.of(server.address()), Duration.ofSeconds(8), WINDOW, 0, false));
    server.zone("bl.example").answers("127.0.0.2").delay(Duration.ofSeconds(4));

    assertThat(results(lookUp(ZONE, 5))).hasSize(5).hasOnlyElementsOfType(Listed.class);
  }

  @Test
  void probeAsksBothTestEntriesBeforeTheAddresses() {
    server.lists("bl.example", "203.0.113.1", "127.0.0.2");
    server.zone("other.example").unlist("127.0.0.2");
    lookups.probe(List.of(ZONE, OTHER));

    List<CompletableFuture<Answered>> looked = lookUp(ZONE, 3);
    results(lookUp(OTHER, 1));

    assertThat(results(looked)).hasAtLeastOneElementOfType(Listed.class);
    assertThat(server.questions().keySet().stream().filter(asked -> asked.name().contains("bl.")))
        .startsWith(
            new Asked("2.0.0.127.bl.example.", "A"), new Asked("1.0.0.127.bl.example.", "A"));
    assertThat(lookups.probes())
        .containsEntry(ZONE, Probe.OK)
        .containsEntry(OTHER, Probe.TEST_ENTRY_MISSING);
  }

  @Test
  void probeAsksTheIpv6EntriesTooWhereThoseAreLookedUp() {
    lookups.close();
    lookups = lookups(true);
    server.zone("bl.example");
    lookups.probe(List.of(ZONE));
    results(lookUp(ZONE, 1));

    assertThat(server.questions().keySet())
        .contains(
            new Asked("2" + MAPPED + ".bl.example.", "A"),
            new Asked("1" + MAPPED + ".bl.example.", "A"));
  }

  @Test
  void zoneThatDoesNotAnswerItsProbeStartsGivenUpAfterOneTimeOut() {
    lookups.close();
    lookups =
        new DnsblLookups(
            new DnsSettings(List.of(server.address()), Duration.ofSeconds(3), WINDOW, 0, false));
    server.zone("bl.example").silent();
    server.zone("other.example");
    lookups.probe(List.of(ZONE, OTHER));

    List<CompletableFuture<Answered>> silent = lookUp(ZONE, 1_000);

    assertThat(results(lookUp(OTHER, 100))).hasOnlyElementsOfType(NotListed.class);
    assertThat(silent).as("healthy zones wait for no other's probe").noneMatch(f -> f.isDone());
    assertThat(reasons(silent)).hasSize(1_000).containsOnly(UnknownReason.ZONE_UNREACHABLE);
    assertThat(server.questions().get(new Asked("2.0.0.127.bl.example.", "A")))
        .as("asked once more at least")
        .isGreaterThanOrEqualTo(2);
    assertThat(lookups.probes()).containsEntry(ZONE, Probe.UNANSWERED);
  }

  @Test
  void lostProbeIsAskedOnceMore() {
    server.zone("bl.example").dropsFirst(2);
    lookups.probe(List.of(ZONE));

    assertThat(results(lookUp(ZONE, 20))).hasOnlyElementsOfType(NotListed.class);
    assertThat(lookups.probes()).containsEntry(ZONE, Probe.OK);
  }

  @Test
  void zoneThatListsTheEntryNobodyMayListMeansNothing() {
    server.zone("bl.example").answers("127.0.0.2");
    lookups.probe(List.of(ZONE));

    assertThat(reasons(lookUp(ZONE, 100))).containsOnly(UnknownReason.ZONE_LISTS_EVERYTHING);
    assertThat(askedAddresses("bl.example")).as("test entries only").isEqualTo(2);
    assertThat(lookups.probes()).containsEntry(ZONE, Probe.LISTS_EVERYTHING);
  }

  @Test
  void zoneWithoutItsTestEntryListsButClearsNothing() {
    server.lists("bl.example", "203.0.113.1", "127.0.0.2").zone("bl.example").unlist("127.0.0.2");
    lookups.probe(List.of(ZONE));

    List<LookupResult> results = results(lookUp(ZONE, 3)); // 203.0.113.0 to .2

    assertThat(results.get(1)).isInstanceOf(Listed.class);
    assertThat(List.of(results.get(0), results.get(2)))
        .extracting(result -> ((Unknown) result).reason())
        .containsOnly(UnknownReason.TEST_ENTRY_MISSING);
    assertThat(lookups.probes()).containsEntry(ZONE, Probe.TEST_ENTRY_MISSING);
  }

  @Test
  void noDataOfAZoneThatWorksIsNotListed() {
    server.zone("bl.example").noData();
    server.zone("other.example").noData().unlist("127.0.0.2");
    lookups.probe(List.of(ZONE, OTHER));

    assertThat(results(lookUp(ZONE, 10))).hasSize(10).hasOnlyElementsOfType(NotListed.class);
    assertThat(reasons(lookUp(OTHER, 10))).hasSize(10).containsOnly(UnknownReason.NO_ANSWER);
    assertThat(lookups.probes())
        .containsEntry(ZONE, Probe.OK)
        .containsEntry(OTHER, Probe.TEST_ENTRY_MISSING);
  }

  /** Most lists have no IPv6 test entry. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void zoneThatListsAllOfOneFamilyIsAskedAboutTheOther(boolean ipv6TestEntry) {
    lookups.close();
    lookups = lookups(true);
    server.lists("bl.example", "127.0.0.1", "127.0.0.2");
    if (!ipv6TestEntry) {
      server.unlist("bl.example", TestEntries.IPV6.listed().toString());
    }
    lookups.probe(List.of(ZONE));

    List<CompletableFuture<Answered>> ipv4 = lookUp(ZONE, 20);
    CompletableFuture<Answered> ipv6 =
        lookups.lookup(ZONE, Ipv6Address.parse("2001:db8::7").orElseThrow());

    assertThat(reasons(ipv4)).containsOnly(UnknownReason.ZONE_LISTS_EVERYTHING);
    assertThat(results(List.of(ipv6))).containsExactly(new NotListed());
    assertThat(reasons(lookUp(ZONE, 3))).containsOnly(UnknownReason.ZONE_LISTS_EVERYTHING);
    assertThat(lookups.probes()).containsEntry(ZONE, Probe.LISTS_EVERYTHING);
  }

  /** R14: each family for itself, but a missing IPv6 test entry alone is only reported. */
  @ParameterizedTest
  @CsvSource({
    // the zone's probe of IPv4, of IPv6, and what judges an IPv6 address
    "OK, OK, OK",
    "OK, TEST_ENTRY_MISSING, OK",
    "OK, LISTS_EVERYTHING, LISTS_EVERYTHING",
    "OK, UNANSWERED, UNANSWERED",
    "OFF, OFF, OFF",
    "TEST_ENTRY_MISSING, OK, OK",
    "TEST_ENTRY_MISSING, TEST_ENTRY_MISSING, TEST_ENTRY_MISSING",
    "LISTS_EVERYTHING, OK, OK",
    "LISTS_EVERYTHING, TEST_ENTRY_MISSING, OFF",
  })
  void anAddressIsJudgedByTheTestEntriesOfItsFamily(Probe ipv4, Probe ipv6, Probe judging) {
    ZoneProbe.Result result = new ZoneProbe.Result(ipv4, ipv6, true);

    assertThat(result.of(Ipv6Address.of("2001:db8::7"))).isEqualTo(judging);
    assertThat(result.of(Ipv4Address.of("203.0.113.7"))).isEqualTo(ipv4);
  }

  @Test
  void filterOfTheZoneDecidesWhetherItListsEverything() {
    Zone filtered = LookupWorld.zone("bl.example=127.0.0.[3..9]");
    server.zone("bl.example").answers("127.0.0.2");
    lookups.probe(List.of(filtered));

    assertThat(results(lookUp(filtered, 10))).hasOnlyElementsOfType(NotListed.class);
    assertThat(lookups.probes()).containsEntry(filtered, Probe.OK);
  }

  @Test
  void rateOfAZoneIsKept() {
    lookups.close();
    lookups =
        new DnsblLookups(new DnsSettings(List.of(server.address()), TIMEOUT, WINDOW, 100, false));
    server.zone("bl.example");
    long begun = System.nanoTime();

    assertThat(results(lookUp(ZONE, 51))).hasOnlyElementsOfType(NotListed.class);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(480));
  }

  /** The test entries of {@code zone} that were asked for. */
  private List<String> testEntries(String zone) {
    return server.questions().keySet().stream()
        .map(Asked::name)
        .filter(name -> name.endsWith(".0.0.127." + zone + "."))
        .toList();
  }

  /** Different names of {@code zone} that were asked for. */
  private long askedAddresses(String zone) {
    return server.questions().keySet().stream()
        .filter(asked -> asked.name().endsWith("." + zone + "."))
        .count();
  }

  private List<CompletableFuture<Answered>> lookUp(Zone zone, int addresses) {
    return new ArrayList<>(
        IntStream.range(0, addresses)
            .mapToObj(i -> lookups.lookup(zone, Ipv4Address.of("203.0.113." + i % 256)))
            .toList());
  }

  private static List<UnknownReason> reasons(List<CompletableFuture<Answered>> pending) {
    return results(pending).stream().map(result -> ((Unknown) result).reason()).toList();
  }

  private static List<LookupResult> results(List<CompletableFuture<Answered>> pending) {
    return pending.stream()
        .map(lookup -> lookup.orTimeout(15, TimeUnit.SECONDS).join().result())
        .toList();
  }

  private DnsblLookups lookups(boolean ipv6) {
    return new DnsblLookups(
        new DnsSettings(List.of(server.address()), TIMEOUT, WINDOW, 0, ipv6), PROBE_EVERY);
  }
}
