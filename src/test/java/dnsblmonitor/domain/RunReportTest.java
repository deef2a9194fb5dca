package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.RowOutcome.Unchanged;
import dnsblmonitor.domain.RowOutcome.Updated;
import dnsblmonitor.domain.ZoneHealth.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** R14, R33: what a run knows of its zones in the end. R35: what it remembers of its addresses. */
class RunReportTest {

  private static final TransitionRules RULES = new TransitionRules(0, 50, Duration.ZERO);
  private static final Zone WORLD = Worlds.zone("world.example*2");
  private static final Zone GOOD = Worlds.zone("bl.example");
  private static final LookupResult LISTS_EVERYTHING =
      new Unknown(UnknownReason.ZONE_LISTS_EVERYTHING, "it lists 127.0.0.1");

  private final RunReport report = new RunReport(List.of(WORLD, GOOD), RULES);

  @Test
  void aZonesProbeStandsInItsHealth() {
    assertThat(report.health(Map.of(WORLD, Probe.LISTS_EVERYTHING)))
        .extracting(health -> health.zone() + " " + health.probe())
        .containsExactly("world.example LISTS_EVERYTHING", "bl.example OFF");
  }

  @Test
  void aZoneThatListsEverythingIsBrokenAndLeftOutOfTheSuggestion() {
    add(cleanRow(1), LISTS_EVERYTHING);
    add(cleanRow(2), LISTS_EVERYTHING);

    List<ZoneHealth> zones = report.health(Map.of(WORLD, Probe.LISTS_EVERYTHING));

    ZoneHealth world = zones.getFirst();
    assertThat(world.status()).isEqualTo(Status.BROKEN);
    assertThat(world.unknown()).containsExactly(Map.entry(UnknownReason.ZONE_LISTS_EVERYTHING, 2L));
    assertThat(ZoneHealth.suggestedZones(zones, List.of(WORLD, GOOD))).contains("bl.example");
    assertThat(ZoneHealth.resolverFailed(List.of(world)))
        .as("it answers, only not to the point")
        .isFalse();
  }

  @Test
  void aZoneThatListsEverythingHasFailedForTheAlert() {
    add(cleanRow(1), LISTS_EVERYTHING);

    List<ZoneHealth> zones = report.health(Map.of(WORLD, Probe.LISTS_EVERYTHING));

    assertThat(Malfunction.of(zones, 50)).as("half is not more than half").isEmpty();
    assertThat(Malfunction.of(zones, 49).orElseThrow().failed())
        .extracting(ZoneHealth::zone)
        .containsExactly(WORLD);
    List<TicketAction> plan =
        new AlertRules(new TicketLabels("postal"))
            .plan(Malfunction.of(zones, 49), List.of(), Worlds.RUN);
    assertThat(plan)
        .singleElement()
        .isInstanceOfSatisfying(
            TicketAction.RaiseAlert.class,
            alert ->
                assertThat(alert.description().plain())
                    .contains("world.example | 1 of 1 | ZoneListsEverything: 1"));
  }

  @Test
  void aZoneThatListsEverythingThrottlesNothingAndClearsNothing() {
    IpState throttled = Worlds.listedRow("world.example").state();

    Verdict verdict = check(cleanRow(1), LISTS_EVERYTHING).verdict();

    assertThat(RULES.decide(cleanRow(1).state(), verdict)).isInstanceOf(Transition.Unchanged.class);
    assertThat(RULES.decide(throttled, verdict)).isInstanceOf(Transition.Unchanged.class);
    assertThat(verdict.unknownZones()).containsExactly("world.example");
  }

  @Test
  void aTicketSaysThatTheAnswerOfAZoneThatListsEverythingIsKept() {
    MonitoredIp row = Worlds.row(1, 7L, "203.0.113.4", Worlds.listedRow("world.example"));
    ListedAddress listed =
        new ListedAddress(
            row, Zone.shownNames(List.of(WORLD)), Optional.of(check(row, LISTS_EVERYTHING)), false);

    assertThat(TicketWording.description(listed, Worlds.RUN).plain())
        .contains(
            "world.example | UNKNOWN | ZoneListsEverything (it lists 127.0.0.1);"
                + " its last known answer, LISTED, is kept");
  }

  @Test
  void cleanAddressesAreCountedAndForgotten() {
    for (int i = 1; i <= 200; i++) {
      add(cleanRow(i), new NotListed());
    }
    MonitoredIp listed = Worlds.row(201, 7L, "203.0.113.201", Worlds.cleanRow());
    report.add(
        new Checked(
            check(listed, Worlds.result(WORLD, "L")),
            new Updated(listed.values(), Worlds.listedRow("world.example"))));

    assertThat(report.totals().rows()).isEqualTo(201);
    assertThat(report.totals().lookups()).isEqualTo(402);
    assertThat(report.listedOrChanged())
        .extracting(checked -> checked.address().toString())
        .containsExactly("203.0.113.201");
    assertThat(report.checkOf(1)).isEmpty();
    assertThat(report.checkOf(201)).isPresent();
  }

  /** R17: the clean ones; a row that is throttled all the same is none. */
  @Test
  void rowsThatAnUnknownAllowlistProtectsAreCounted() {
    Zone allowlist = Worlds.zone("allow.example*-1");
    Verdict verdict = Worlds.verdict(1, "bl.example L, allow.example*-1 ?");
    RowValues lost = new RowValues(0, 75, null, null); // throttled, and its list was emptied (R6a)
    MonitoredIp clean = cleanRow(1);
    MonitoredIp throttled = Worlds.row(2, 7L, "203.0.113.2", lost);
    report.add(new Checked(Worlds.check(clean, verdict), new Unchanged(clean.values())));
    report.add(
        new Checked(
            Worlds.check(throttled, verdict),
            new Updated(lost, lost.after(RULES.decide(lost.state(), verdict)))));

    assertThat(report.protectedBy(allowlist)).isEqualTo(1);
    assertThat(report.protectedBy(GOOD)).isZero();
    assertThat(report.totals().protectedRows()).isEqualTo(1);
    assertThat(report.totals().newlyListed()).isEqualTo(1);
  }

  /** R35: a tenth of the addresses may be listed; what a ticket needs stays, and is shared. */
  @Test
  void ofAListedAddressOnlyWhatATicketNeedsIsKept() {
    for (int i = 1; i <= 2; i++) {
      MonitoredIp row = cleanRow(i);
      LookupResult why =
          new Listed(
              new TreeSet<>(List.of(Ipv4Address.of("127.0.0.2"))), 1, Optional.of("reason " + i));
      report.add(
          new Checked(
              check(row, why), new Updated(row.values(), Worlds.listedRow("world.example"))));
    }

    IpCheck first = report.checkOf(1).orElseThrow();
    IpCheck second = report.checkOf(2).orElseThrow();

    assertThat(first.answers()).extracting(ZoneAnswer::zone).containsExactly(WORLD);
    assertThat(first.verdict()).isSameAs(second.verdict());
    assertThat(first.verdict().results()).hasSize(2);
    assertThat(first.took()).isEqualTo(Duration.ofMillis(30));
    assertThat(TicketWording.description(listed(second), Worlds.RUN).plain())
        .contains("world.example | LISTED | 127.0.0.2: reason 2", "bl.example | NOT_LISTED | ");
  }

  private static ListedAddress listed(IpCheck check) {
    return new ListedAddress(
        check.ip().with(Worlds.listedRow("world.example")),
        Zone.shownNames(List.of(WORLD)),
        Optional.of(check),
        false);
  }

  private void add(MonitoredIp row, LookupResult ofWorld) {
    report.add(new Checked(check(row, ofWorld), new Unchanged(row.values())));
  }

  private static IpCheck check(MonitoredIp row, LookupResult ofWorld) {
    return IpCheck.of(
        row,
        List.of(
            Worlds.answer(WORLD, row.address(), ofWorld),
            Worlds.answer(GOOD, row.address(), new NotListed())),
        List.of(),
        1,
        false);
  }

  private static MonitoredIp cleanRow(int number) {
    return Worlds.row(number, 7L, "203.0.113." + number, Worlds.cleanRow());
  }
}
