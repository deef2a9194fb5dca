package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.ExhaustedPools;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.history.Condition;
import dnsblmonitor.history.Condition.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R39: a run speaks only of the lasting problems that it can judge. */
class ConditionsTest {

  private final TestRuns runs = new TestRuns(Clock.systemUTC());

  @AfterEach
  void close() {
    runs.close();
  }

  private static Run finished(Run run) {
    run.prepared();
    run.rowsAreDone();
    run.poolsExhausted(
        new ExhaustedPools(
            new TreeMap<>(Map.of(7L, new TreeSet<>(Set.of(Ipv4Address.of("192.0.2.1")))))));
    return run;
  }

  @Test
  void aRunOverEverythingKnowsThem() {
    Run run = runs.run();
    run.beginsWithFirstRow();

    assertThat(Conditions.of(finished(run)))
        .as("without any lookup, nothing is known of the zones")
        .containsOnlyKeys(Kind.MASS_LISTING, Kind.POOL_EXHAUSTED)
        .containsEntry(
            Kind.POOL_EXHAUSTED,
            List.of(new Condition(Kind.POOL_EXHAUSTED, "7", "every address of pool 7 is listed")));
  }

  /** It has seen the rest of the rows, and its brake none of the others. */
  @Test
  void aRestartKnowsNothing() {
    assertThat(Conditions.of(finished(runs.run()))).isEmpty();
  }

  @Test
  void dryAndPartialRunsKnowNothing() {
    RunScope part =
        new RunScope(
            ZoneList.parse("zen.example"),
            ZoneList.parse("zen.example"),
            Optional.of(new TreeSet<>(Set.of(Ipv4Address.of("192.0.2.1")))));
    for (Run run :
        List.of(
            runs.run(1, true, RunScope.all(ZoneList.parse("zen.example"))),
            runs.run(2, false, part))) {
      run.beginsWithFirstRow();
      assertThat(Conditions.of(finished(run))).isEmpty();
    }
  }

  /** Rows were left: the brake has not seen them. */
  @Test
  void aRunThatLeftRowsDoesNotKnowAboutMassListings() {
    Run run = runs.run();
    run.beginsWithFirstRow();
    run.leave(3);

    assertThat(Conditions.of(finished(run))).containsOnlyKeys(Kind.POOL_EXHAUSTED);
  }
}
