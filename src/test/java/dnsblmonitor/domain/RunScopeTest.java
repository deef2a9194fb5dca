package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.IpState.Clean;
import dnsblmonitor.domain.IpState.Throttled;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.RowOutcome.Unchanged;
import dnsblmonitor.domain.ZoneLookup.Answered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R29a: what a manual run over a part says, and what it keeps silent about. */
class RunScopeTest {

  private static final TransitionRules RULES = new TransitionRules(0, 50, Duration.ZERO);
  private static final List<Zone> CONFIGURED =
      ZoneList.parse("a.example,b.example,c.example*0,allow.example*-1");
  private static final Ipv4Address ADDRESS = Ipv4Address.of("203.0.113.4");

  @Test
  void aRunOfAllIsNoPart() {
    RunScope all = RunScope.all(CONFIGURED);

    assertThat(all.isPart()).isFalse();
    assertThat(all.leftOut()).isEmpty();
    assertThat(all.covers(ADDRESS)).isTrue();
    assertThat(all.remark()).isEmpty();
  }

  @Test
  void allZonesByTheirNamesAreNoPartEither() {
    assertThat(new RunScope(CONFIGURED, CONFIGURED, Optional.empty()).isPart()).isFalse();
  }

  @Test
  void aPartOfTheZonesLeavesTheOthersOut() {
    RunScope part = new RunScope(CONFIGURED, CONFIGURED.subList(0, 1), Optional.empty());

    assertThat(part.isPart()).isTrue();
    assertThat(part.leftOut()).isEqualTo(CONFIGURED.subList(1, 4));
    assertThat(part.remark()).contains("partial run: 1 of 4 lists (a.example), all addresses");
  }

  @Test
  void aPartOfTheAddressesCoversThemAlone() {
    RunScope part =
        new RunScope(CONFIGURED, CONFIGURED, Optional.of(new TreeSet<>(Set.of(ADDRESS))));

    assertThat(part.isPart()).isTrue();
    assertThat(part.covers(ADDRESS)).isTrue();
    assertThat(part.covers(Ipv4Address.of("203.0.113.45"))).isFalse();
    assertThat(part.remark()).contains("partial run: all lists, 1 address");
  }

  /** Zones in capitals are asked and answer; those that are not named are left out (R11, R17). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // row   | asked zones: answers      | the zones that list it then
        "clean   | a.example N               | ''",
        "clean   | b.example N               | ''",
        "a       | b.example N               | a.example",
        "ab      | b.example N               | a.example",
        "ab      | b.example L               | a.example,b.example",
        "ab      | a.example N, b.example N  | ''",
        "a       | a.example N               | ''",
        // an allowlist that is left out speaks for a clean row, not for a listed one
        "clean   | a.example L               | ''",
        "clean   | a.example L, b.example L  | a.example,b.example",
        "clean   | a.example L, allow.example N | a.example",
        "b       | a.example L               | a.example,b.example",
      })
  void aZoneThatIsLeftOutCountsAsUnknown(String state, String answers, String listing) {
    Verdict partly = check(state, answers).verdict();

    assertThat(String.join(",", partly.listingZones(Worlds.state(state)))).isEqualTo(listing);
    assertThat(partly.results().keySet()).containsExactlyInAnyOrderElementsOf(CONFIGURED);
  }

  @Test
  void aListedRowWhoseZoneIsLeftOutKeepsItAndSaysSo() {
    IpCheck check = check("ab", "b.example N");

    assertThat(check.verdict().keptZones(Worlds.state("ab"))).containsExactly("a.example");
    assertThat(check.verdict().unknownZones())
        .containsExactly("a.example", "allow.example", "c.example");
    assertThat(check.verdict().leftOutZones())
        .containsExactly("a.example", "allow.example", "c.example");
    assertThat(RULES.decide(Worlds.state("ab"), check.verdict()))
        .isInstanceOf(Transition.ListingChanged.class);
  }

  /** R6a: which list is silent nobody knows, and it may be one that was left out. */
  @Test
  void aRowThatLostItsListIsNotClearedByAPart() {
    IpState lost = new Clean(0, Optional.of(80));

    assertThat(RULES.decide(lost, check("clean", "a.example N").verdict()))
        .isInstanceOf(Transition.Unchanged.class);
  }

  @Test
  void leftOutZonesAreNeitherAskedNorCounted() {
    RunScope part = new RunScope(CONFIGURED, CONFIGURED.subList(1, 2), Optional.empty());
    List<Zone> asked = new ArrayList<>();
    MonitoredIp row = Worlds.row(1, 7L, ADDRESS.toString(), Worlds.listedRow("a.example"));
    ZoneLookup port =
        (zone, _) -> {
          asked.add(zone);
          return CompletableFuture.completedFuture(
              new Answered(new NotListed(), Duration.ofMillis(30)));
        };
    RunReport report = new RunReport(part.zones(), RULES);

    IpCheck check =
        AddressLookups.start(port, part.zones(), row).await(part.leftOut(), 1, () -> false);
    report.add(new Checked(check, new Unchanged(row.values())));

    assertThat(asked).isEqualTo(part.zones());
    assertThat(check.answers()).extracting(ZoneAnswer::zone).isEqualTo(part.zones());
    assertThat(report.health(Map.of())).extracting(ZoneHealth::zone).isEqualTo(part.zones());
    assertThat(report.totals().lookups()).isEqualTo(1);
    assertThat(report.totals().unknownLookups()).isZero();
    assertThat(row.state()).isInstanceOf(Throttled.class);
    assertThat(check.verdict().listingZones(row.state())).containsExactly("a.example");
  }

  @Test
  void aTicketTellsWhatWasNotAsked() {
    IpCheck check = check("a", "b.example L");
    ListedAddress listed =
        new ListedAddress(
            check.ip(), new TreeSet<>(Set.of("a.example", "b.example")), Optional.of(check), false);

    assertThat(TicketWording.description(listed, Worlds.RUN).plain())
        .contains(
            "a.example | UNKNOWN | not one of the zones of this run; its last known answer, LISTED, is kept",
            "c.example | UNKNOWN | not one of the zones of this run",
            "Unresponsive now or not queried, last known answer kept: a.example");
    assertThat(TicketWording.membershipChanged(listed, Set.of("a.example")).plain())
        .contains("Not queried in this run: a.example,allow.example,c.example")
        .doesNotContain("no usable answer");
    assertThat(TicketWording.clean(Optional.of(check), Set.of(), Optional.empty()).plain())
        .contains("Not queried in this run: a.example,allow.example,c.example");
  }

  /** What a run finds that asks only the zones of {@code answers}. */
  private static IpCheck check(String state, String answers) {
    RowValues values =
        Worlds.state(state) instanceof Throttled(_, _, var zones)
            ? Worlds.listedRow(String.join(",", zones))
            : Worlds.cleanRow();
    MonitoredIp row = Worlds.row(1, 7L, ADDRESS.toString(), values);
    List<ZoneAnswer> given = new ArrayList<>();
    for (String entry : answers.split(",", -1)) {
      List<String> parts = List.of(entry.strip().split(" "));
      Zone zone =
          CONFIGURED.stream()
              .filter(z -> z.shownName().equals(parts.getFirst()))
              .findFirst()
              .orElseThrow();
      given.add(Worlds.answer(zone, ADDRESS, Worlds.result(zone, parts.getLast())));
    }
    List<Zone> leftOut =
        CONFIGURED.stream()
            .filter(zone -> given.stream().noneMatch(answer -> answer.zone().equals(zone)))
            .toList();
    return IpCheck.of(row, given, leftOut, 1, false);
  }
}
