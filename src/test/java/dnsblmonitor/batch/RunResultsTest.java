package dnsblmonitor.batch;

import static dnsblmonitor.domain.Standing.CLEAN;
import static dnsblmonitor.domain.Standing.LISTED;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.Standing;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneAnswer;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people see of the last runs of a server that stays (R5d). */
class RunResultsTest {

  private static final Ipv4Address FIRST = Ipv4Address.of("203.0.113.1");
  private static final Ipv4Address SECOND = Ipv4Address.of("203.0.113.2");
  private static final RunEnd DONE = new RunEnd(TestRuns.NOW, 0, Optional.empty());

  private final TestRuns runs = new TestRuns(Clock.fixed(TestRuns.NOW, ZoneOffset.UTC));
  private final RunResults results = new RunResults();
  private final List<Zone> zones = ZoneList.parse("a.example,b.example");
  private final RunScope all = RunScope.all(zones);
  private final RunScope partOfAddresses =
      new RunScope(zones, zones, Optional.of(new TreeSet<>(List.of(FIRST))));
  private final RunScope partOfZones = new RunScope(zones, zones.subList(0, 1), Optional.empty());

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void aRunIsUnderWayUntilItHasEnded() {
    Run run = runs.run(7);
    results.add(run.entry());

    assertThat(results.runs()).singleElement().matches(entry -> entry.end().isEmpty());

    results.ended(run, DONE);

    assertThat(results.runs())
        .singleElement()
        .satisfies(entry -> assertThat(entry.numbers().execution()).isEqualTo(7))
        .satisfies(entry -> assertThat(entry.end()).contains(DONE));
  }

  @Test
  void theNewestRunsAreKeptNewestFirst() {
    LongStream.rangeClosed(1, 25).forEach(n -> results.add(runs.run(n).entry()));

    assertThat(results.runs())
        .extracting(entry -> entry.numbers().execution())
        .containsExactly(
            LongStream.rangeClosed(6, 25).map(n -> 31 - n).boxed().toArray(Long[]::new));
  }

  @Test
  void aRunThatLookedAtNoRowLeavesWhatTheOneBeforeItFound() {
    Run first = runs.run(1);
    first.report().addInvalid();
    first.rowsAreDone();
    results.ended(first, DONE);
    Run skipped = runs.run(2);
    results.ended(skipped, DONE);
    Run onlyTickets = runs.run(3);
    onlyTickets.rowsAreDone();
    results.ended(onlyTickets, DONE);

    assertThat(results.latest().orElseThrow().run().numbers().execution()).isEqualTo(1);
  }

  @Test
  void aDryRunLeavesThePictureOfTheLastFullRun() {
    ended(1, false, all, Map.of(FIRST, "NN", SECOND, "NL"));
    ended(2, true, all, Map.of(FIRST, "LL", SECOND, "LL"));

    RunResult picture = results.latest().orElseThrow();
    assertThat(picture.run().numbers().execution()).isEqualTo(1);
    assertThat(picture.updatedBy()).isEmpty();
    assertThat(standings(picture, FIRST)).containsExactly(CLEAN, CLEAN);
    assertThat(standings(picture, SECOND)).containsExactly(CLEAN, LISTED);
  }

  @Test
  void aRunOverSomeAddressesUpdatesThemInThePictureOfTheLastFullRun() {
    ended(1, false, all, Map.of(FIRST, "NN", SECOND, "NL"));
    Run part = ended(2, false, partOfAddresses, Map.of(FIRST, "LN"));

    RunResult picture = results.latest().orElseThrow();
    assertThat(picture.run().numbers().execution()).isEqualTo(1);
    assertThat(picture.totals().rows()).isEqualTo(2);
    assertThat(picture.health()).allSatisfy(zone -> assertThat(zone.lookups()).isEqualTo(2));
    assertThat(picture.updatedBy()).contains(part.entry().ended(DONE, part.report().totals()));
    assertThat(standings(picture, FIRST)).containsExactly(LISTED, CLEAN);
    assertThat(standings(picture, SECOND)).containsExactly(CLEAN, LISTED);
  }

  /** What it did not ask a zone, the run before it knows. */
  @Test
  void aRunOverSomeZonesUpdatesThemAlone() {
    ended(1, false, all, Map.of(FIRST, "NL", SECOND, "NN"));
    ended(2, false, partOfZones, Map.of(FIRST, "L", SECOND, "N"));

    RunResult picture = results.latest().orElseThrow();
    assertThat(standings(picture, FIRST)).containsExactly(LISTED, LISTED);
    assertThat(standings(picture, SECOND)).containsExactly(CLEAN, CLEAN);
  }

  @Test
  void aRunThatDidNotGetThroughAllRowsOrWentOnAfterAnEarlierOneUpdatesWhatItChecked() {
    ended(1, false, all, Map.of(FIRST, "NN", SECOND, "NN"));
    Run stopped = checked(2, false, all, Map.of(FIRST, "LN"));
    results.ended(stopped, DONE);
    Run restarted = checked(3, false, all, Map.of(SECOND, "NL"));
    restarted.rowsAreDone();
    results.ended(restarted, DONE);

    RunResult picture = results.latest().orElseThrow();
    assertThat(picture.run().numbers().execution()).isEqualTo(1);
    assertThat(standings(picture, FIRST)).containsExactly(LISTED, CLEAN);
    assertThat(standings(picture, SECOND)).containsExactly(CLEAN, LISTED);
  }

  @Test
  void beforeTheFirstFullRunTheLatestOneIsShownAndTheFirstFullOneReplacesIt() {
    ended(1, true, all, Map.of(FIRST, "LN"));
    assertThat(results.latest().orElseThrow().full()).isFalse();
    ended(2, false, partOfAddresses, Map.of(FIRST, "NL"));
    assertThat(results.latest().orElseThrow().run().numbers().execution()).isEqualTo(2);

    ended(3, false, all, Map.of(FIRST, "NN", SECOND, "NN"));

    RunResult picture = results.latest().orElseThrow();
    assertThat(picture.full()).isTrue();
    assertThat(picture.run().numbers().execution()).isEqualTo(3);
    assertThat(standings(picture, FIRST)).containsExactly(CLEAN, CLEAN);
  }

  @Test
  void aFullRunReplacesWhatPartsHaveUpdated() {
    ended(1, false, all, Map.of(FIRST, "NN"));
    ended(2, false, partOfAddresses, Map.of(FIRST, "LN"));
    ended(3, false, all, Map.of(FIRST, "NL"));

    RunResult picture = results.latest().orElseThrow();
    assertThat(picture.updatedBy()).isEmpty();
    assertThat(standings(picture, FIRST)).containsExactly(CLEAN, LISTED);
  }

  @Test
  void theListOfRunsHasTheFiguresOfEach() {
    ended(1, false, all, Map.of(FIRST, "NN", SECOND, "NL"));
    ended(2, true, partOfAddresses, Map.of(FIRST, "LL"));

    assertThat(results.runs())
        .extracting(entry -> entry.totals().orElseThrow().rows())
        .containsExactly(1L, 2L);
  }

  /** What a run did not ask Jira about, nobody has closed. */
  @Test
  void ticketsAreKnownUntilARunOverTheirAddressesFindsThemGone() {
    Ipv4Address address = Ipv4Address.of("203.0.113.7");
    Ticket ticket = new Ticket("OPS-1", Optional.empty());
    Run filed = runs.run(1);
    filed.report().addInvalid();
    filed.jira().searched();
    filed.jira().open(address, ticket);
    results.ended(filed, DONE);
    Run withoutJira = runs.run(2);
    withoutJira.report().addInvalid();
    results.ended(withoutJira, DONE);

    assertThat(results.latest().orElseThrow().tickets()).containsEntry(address, ticket);

    Run foundNone = runs.run(3);
    foundNone.report().addInvalid();
    foundNone.jira().searched();
    results.ended(foundNone, DONE);

    assertThat(results.latest().orElseThrow().tickets()).isEmpty();
  }

  /** A dry run searches Jira as well (R3). */
  @Test
  void ticketsAreAsTheLatestRunFoundThemAlsoInThePictureOfAnEarlierOne() {
    Ticket ticket = new Ticket("OPS-1", Optional.empty());
    ended(1, false, all, Map.of(FIRST, "NN", SECOND, "NN"));
    Run dry = checked(2, true, partOfAddresses, Map.of(FIRST, "NN"));
    dry.jira().searched();
    dry.jira().open(FIRST, ticket);
    results.ended(dry, DONE);

    assertThat(results.latest().orElseThrow().tickets()).containsEntry(FIRST, ticket);
  }

  @Test
  void aFirstRunOverAnEmptyTableWasARun() {
    Run run = runs.run(1);

    results.ended(run, DONE);
    assertThat(results.latest()).isEmpty();

    run.rowsAreDone();
    results.ended(run, DONE);
    assertThat(results.latest()).isPresent();
  }

  private Run ended(
      long execution, boolean dryRun, RunScope scope, Map<Ipv4Address, String> answers) {
    Run run = checked(execution, dryRun, scope, answers);
    run.beginsWithFirstRow();
    run.rowsAreDone();
    results.ended(run, DONE);
    return run;
  }

  /**
   * A run that has checked rows.
   *
   * @param answers L or N for each zone that is asked
   */
  private Run checked(
      long execution, boolean dryRun, RunScope scope, Map<Ipv4Address, String> answers) {
    Run run = runs.run(execution, dryRun, scope);
    results.add(run.entry());
    answers.forEach((address, words) -> {
      MonitoredIp row = row(address);
      List<ZoneAnswer> found = new ArrayList<>();
      for (int i = 0; i < words.length(); i++) {
        found.add(answer(scope.zones().get(i), address, words.charAt(i) == 'L'));
      }
      Checked checked =
          new Checked(
              IpCheck.of(row, found, scope.leftOut(), 1, true),
              new RowOutcome.Unchanged(row.values()));
      run.report().add(checked);
      run.parts().standings().orElseThrow().add(checked);
    });
    return run;
  }

  private static ZoneAnswer answer(Zone zone, Ipv4Address address, boolean listed) {
    SortedSet<Ipv4Address> codes = new TreeSet<>(List.of(Ipv4Address.of("127.0.0.2")));
    return new ZoneAnswer(
        zone,
        address,
        new Answered(
            listed ? new Listed(codes, 1, Optional.empty()) : new NotListed(),
            Duration.ofMillis(30)));
  }

  private static MonitoredIp row(Ipv4Address address) {
    return new MonitoredIp(
        address.equals(FIRST) ? 1 : 2,
        address,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new RowValues(80, null, null, null));
  }

  private static List<Standing> standings(RunResult picture, Ipv4Address address) {
    return picture.standings().of(row(address).rowId(), address).orElseThrow();
  }
}
