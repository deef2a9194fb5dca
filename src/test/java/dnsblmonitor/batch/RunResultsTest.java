package dnsblmonitor.batch;

import static dnsblmonitor.history.Standing.CLEAN;
import static dnsblmonitor.history.Standing.LISTED;
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
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneAnswer;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.RunResult;
import dnsblmonitor.history.RunResults;
import dnsblmonitor.history.Standing;
import dnsblmonitor.history.Ticket;
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

    end(run);

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
    end(first);
    Run skipped = runs.run(2);
    end(skipped);
    Run onlyTickets = runs.run(3);
    onlyTickets.rowsAreDone();
    end(onlyTickets);

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
    end(stopped);
    Run restarted = checked(3, false, all, Map.of(SECOND, "NL"));
    restarted.rowsAreDone();
    end(restarted);

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
    end(filed);
    Run withoutJira = runs.run(2);
    withoutJira.report().addInvalid();
    end(withoutJira);

    assertThat(results.latest().orElseThrow().tickets().orElseThrow())
        .containsEntry(address, ticket);

    Run foundNone = runs.run(3);
    foundNone.report().addInvalid();
    foundNone.jira().searched();
    end(foundNone);

    assertThat(results.latest().orElseThrow().tickets().orElseThrow()).isEmpty();
  }

  /** A dry run searches Jira as well (R3). */
  @Test
  void ticketsAreAsTheLatestRunFoundThemAlsoInThePictureOfAnEarlierOne() {
    Ticket ticket = new Ticket("OPS-1", Optional.empty());
    ended(1, false, all, Map.of(FIRST, "NN", SECOND, "NN"));
    Run dry = checked(2, true, partOfAddresses, Map.of(FIRST, "NN"));
    dry.jira().searched();
    dry.jira().open(FIRST, ticket);
    end(dry);

    assertThat(results.latest().orElseThrow().tickets().orElseThrow()).containsEntry(FIRST, ticket);
  }

  @Test
  void aFirstRunOverAnEmptyTableWasARun() {
    Run run = runs.run(1);

    end(run);
    assertThat(results.latest()).isEmpty();

    run.rowsAreDone();
    end(run);
    assertThat(results.latest()).isPresent();
  }

  private void end(Run run) {
    RunEntry entry = run.entry().ended(DONE, run.report().totals());
    results.ended(entry, run.result(entry));
  }

  private Run ended(
      long execution, boolean dryRun, RunScope scope, Map<Ipv4Address, String> answers) {
    Run run = checked(execution, dryRun, scope, answers);
    run.beginsWithFirstRow();
    run.rowsAreDone();
    end(run);
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
      run.add(checked);
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
