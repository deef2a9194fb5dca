package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people see of the last runs of a server that stays (R5d). */
class RunResultsTest {

  private static final RunEnd DONE = new RunEnd(TestRuns.NOW, 0, Optional.empty());

  private final TestRuns runs = new TestRuns(Clock.fixed(TestRuns.NOW, ZoneOffset.UTC));
  private final RunResults results = new RunResults();

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

  @Test
  void aFirstRunOverAnEmptyTableWasARun() {
    Run run = runs.run(1);

    results.ended(run, DONE);
    assertThat(results.latest()).isEmpty();

    run.rowsAreDone();
    results.ended(run, DONE);
    assertThat(results.latest()).isPresent();
  }
}
