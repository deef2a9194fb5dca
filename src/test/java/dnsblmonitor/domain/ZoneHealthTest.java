package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.ZoneHealth.Status;
import dnsblmonitor.domain.ZoneLookup.Answered;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R33: counts, percentiles and status of a zone. R13: when it is the resolver that failed. */
class ZoneHealthTest {

  @ParameterizedTest
  @CsvSource({
    // answers, status, failed
    "'', HEALTHY, false",
    "LN, HEALTHY, false",
    "NNN?, DEGRADED, false",
    "N?, DEGRADED, false",
    "LN??, DEGRADED, false",
    "N??, FAILED, true",
    "NN???, FAILED, true",
    "?, BROKEN, true",
    "????, BROKEN, true",
  })
  void statusFollowsTheShareOfUnknownAnswers(String answers, Status status, boolean failed) {
    ZoneHealth health = health("bl.example", answers);

    assertThat(health.status()).isEqualTo(status);
    assertThat(health.hasFailed()).isEqualTo(failed);
  }

  /** R33; but R28 counts UNKNOWN answers, whatever the probe. */
  @ParameterizedTest
  @CsvSource({
    // answers, probe, status, failed by R28
    "'', TEST_ENTRY_MISSING, FAILED, false",
    "LL, TEST_ENTRY_MISSING, FAILED, false",
    "L?, TEST_ENTRY_MISSING, FAILED, false",
    "L??, TEST_ENTRY_MISSING, FAILED, true",
    "??, TEST_ENTRY_MISSING, BROKEN, true",
    "LN, IPV6_TEST_ENTRY_MISSING, HEALTHY, false",
    "LN, OFF, HEALTHY, false",
    "LN, UNANSWERED, HEALTHY, false",
  })
  void aZoneWithoutItsTestEntryHasFailed(
      String answers, Probe probe, Status status, boolean failed) {
    ZoneHealth health = health("bl.example", answers, probe);

    assertThat(health.status()).isEqualTo(status);
    assertThat(health.hasFailed()).isEqualTo(failed);
  }

  @ParameterizedTest
  @CsvSource({
    "TEST_ENTRY_MISSING TEST_ENTRY_MISSING, true",
    "TEST_ENTRY_MISSING TEST_ENTRY_MISSING OFF, true",
    "TEST_ENTRY_MISSING, false",
    "TEST_ENTRY_MISSING OFF, false",
    "TEST_ENTRY_MISSING OK, false",
    "TEST_ENTRY_MISSING TEST_ENTRY_MISSING UNANSWERED, false",
    "TEST_ENTRY_MISSING TEST_ENTRY_MISSING LISTS_EVERYTHING, false",
    "OK OK, false",
    "OFF OFF, false",
  })
  void noTestEntryInAnyZoneIsTheResolversFault(String probes, boolean hidden) {
    List<ZoneHealth> zones =
        Stream.of(probes.split(" ")).map(p -> health("bl.example", "N", Probe.valueOf(p))).toList();

    assertThat(ZoneHealth.resolverHidesTestEntries(zones)).isEqualTo(hidden);
  }

  @Test
  void answersAreCountedByKindAndReason() {
    ZoneTally tally = new ZoneTally(Worlds.zone("bl.example"));
    answers("LLN?").forEach(tally::add);
    tally.add(unknown(UnknownReason.SERVFAIL));
    tally.add(unknown(UnknownReason.SERVFAIL));

    ZoneHealth health = tally.health(Probe.OK);

    assertThat(health.listed()).isEqualTo(2);
    assertThat(health.notListed()).isEqualTo(1);
    assertThat(health.unknown())
        .hasSize(2)
        .containsEntry(UnknownReason.TIMEOUT, 1L)
        .containsEntry(UnknownReason.SERVFAIL, 2L);
    assertThat(health.unknowns()).isEqualTo(3);
    assertThat(health.lookups()).isEqualTo(6);
    assertThat(health.probe()).isEqualTo(Probe.OK);
  }

  @ParameterizedTest
  @CsvSource({
    // lookups of 1, 2, 3 ... ms; median; 99th percentile (nearest rank)
    "0, 0, 0",
    "1, 1, 1",
    "2, 1, 2",
    "3, 2, 3",
    "99, 50, 99",
    "100, 50, 99",
    "101, 51, 100",
    "200, 100, 198",
    "700, 350, 693",
    "1000, 500, 990",
    "2300, 1150, 2277",
  })
  void percentilesAreTheNearestRank(int lookups, long median, long percentile99) {
    ZoneTally tally = new ZoneTally(Worlds.zone("bl.example"));
    IntStream.iterate(lookups, n -> n > 0, n -> n - 1)
        .mapToObj(millis -> new Answered(new LookupResult.NotListed(), Duration.ofMillis(millis)))
        .forEach(tally::add);

    ZoneHealth health = tally.health(Probe.OFF);

    assertThat(health.median()).hasMillis(median);
    assertThat(health.percentile99()).hasMillis(percentile99);
  }

  @Test
  void lookupsThatWereNotSentHaveNoLatency() {
    ZoneTally tally = new ZoneTally(Worlds.zone("bl.example"));
    tally.add(unknown(UnknownReason.TIMEOUT));
    for (int i = 0; i < 9; i++) {
      tally.add(
          new Answered(new Unknown(UnknownReason.ZONE_UNREACHABLE, "given up"), Duration.ZERO));
    }

    ZoneHealth health = tally.health(Probe.UNANSWERED);

    assertThat(health.lookups()).isEqualTo(10);
    assertThat(health.median()).hasMillis(10);
    assertThat(health.percentile99()).hasMillis(10);
  }

  @Test
  void suggestionLeavesTheBrokenZonesOutAndHidesKeys() {
    List<ZoneHealth> zones =
        List.of(
            health("secret.zen.dq.spamhaus.net=127.0.0.[2..11]*2", "LN"),
            health("dead.example", "???"),
            health("slow.example", "N???"));

    assertThat(ZoneHealth.suggestedZones(zones, zonesOf(zones)))
        .contains("<key>.zen.dq.spamhaus.net=127.0.0.[2..11]*2,slow.example");
  }

  /** R29a: a run over a part does not judge what it left out. */
  @Test
  void suggestionKeepsTheZonesThatWereLeftOutInTheirPlaces() {
    ZoneHealth dead = health("dead.example", "??");
    ZoneHealth good = health("bl.example", "N?");
    List<Zone> configured =
        ZoneList.parse("first.example*2,dead.example,bl.example,last.example=127.0.0.2");

    assertThat(ZoneHealth.suggestedZones(List.of(dead, good), configured))
        .contains("first.example*2,bl.example,last.example=127.0.0.2");
  }

  private static List<Zone> zonesOf(List<ZoneHealth> zones) {
    return zones.stream().map(ZoneHealth::zone).toList();
  }

  @Test
  void nothingIsSuggestedWhenNoneOrAllAreBroken() {
    ZoneHealth dead = health("dead.example", "??");
    ZoneHealth good = health("bl.example", "N?");

    assertThat(ZoneHealth.suggestedZones(List.of(good), zonesOf(List.of(good, dead)))).isEmpty();
    assertThat(ZoneHealth.suggestedZones(List.of(dead), zonesOf(List.of(good, dead)))).isEmpty();
    assertThat(ZoneHealth.suggestedZones(List.of(), List.of())).isEmpty();
  }

  @Test
  void resolverFailedWhenAllZonesAreSilent() {
    ZoneHealth silent = health("dead.example", "??");
    ZoneHealth refusing = tallied("bl.example", Probe.OK, unknown(UnknownReason.REFUSED));
    ZoneHealth unreachable =
        tallied(
            "zen.example",
            Probe.OK,
            unknown(UnknownReason.TIMEOUT),
            unknown(UnknownReason.NETWORK_ERROR));

    assertThat(ZoneHealth.resolverFailed(List.of(silent, unreachable))).isTrue();
    assertThat(ZoneHealth.resolverFailed(List.of(silent, refusing))).isFalse();
    assertThat(ZoneHealth.resolverFailed(List.of(silent, health("x.example", "N???")))).isFalse();
    assertThat(ZoneHealth.resolverFailed(List.of())).isFalse();
  }

  static ZoneHealth health(String specs, String answers) {
    return health(specs, answers, Probe.OK);
  }

  private static ZoneHealth health(String specs, String answers, Probe probe) {
    return tallied(specs, probe, answers(answers).toArray(Answered[]::new));
  }

  private static ZoneHealth tallied(String specs, Probe probe, Answered... answers) {
    ZoneTally tally = new ZoneTally(Worlds.zone(specs));
    List.of(answers).forEach(tally::add);
    return tally.health(probe);
  }

  private static List<Answered> answers(String words) {
    return words
        .chars()
        .mapToObj(word -> Worlds.result(Worlds.zone("bl.example"), String.valueOf((char) word)))
        .map(result -> new Answered(result, Duration.ofMillis(10)))
        .toList();
  }

  private static Answered unknown(UnknownReason reason) {
    return new Answered(new Unknown(reason, "as the test says"), Duration.ofMillis(10));
  }
}
