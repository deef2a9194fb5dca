package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.IpState.Clean;
import dnsblmonitor.domain.IpState.Throttled;
import dnsblmonitor.domain.Transition.ListingChanged;
import dnsblmonitor.domain.Transition.Unchanged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R18-R21: the exact values a verdict leaves in the row. R6a, R7: how a row is read. */
class TransitionRulesTest {

  private static final TransitionRules RULES = new TransitionRules(0, 40, Duration.ZERO);

  @Test
  void newListingThrottlesAndKeepsThePriorityBefore() {
    RowValues before = new RowValues(75, null, "", null);

    assertThat(after(before, "b.example L, a.example L"))
        .isEqualTo(
            new RowValues(
                0, 75, "a.example,b.example", "new block from list(s) a.example,b.example"));
  }

  @Test
  void nullPriorityCountsAsOneHundred() {
    RowValues before = new RowValues(null, null, null, null);

    assertThat(before.state()).isEqualTo(new Clean(100));
    assertThat(after(before, "a.example L"))
        .isEqualTo(new RowValues(0, 100, "a.example", "new block from list(s) a.example"));
  }

  @Test
  void priorityZeroBeforeIsKeptToo() {
    assertThat(after(new RowValues(0, null, "", null), "a.example L").oldPriority()).isZero();
  }

  @Test
  void leftoverOldPriorityOfACleanRowIsOverwritten() {
    assertThat(after(new RowValues(60, 10, "", "block removed"), "a.example L").oldPriority())
        .isEqualTo(60);
  }

  /** R6a: Postal's UI saved the row in the moment in which it was throttled. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      value = {
        // verdict                    | priority | oldPriority | blockingLists
        "a.example L, b.example N     | 0        | 75          | a.example",
        "a.example N, b.example N     | 75       | NULL        | ''",
        "a.example N, b.example ?     | 0        | 75          | NULL",
        "a.example N, b.example*0 ?   | 75       | NULL        | ''",
        // an allowlist that is UNKNOWN does not clear it, one that answers does
        "a.example L, b.example*-2 ?  | 0        | 75          | a.example",
        "a.example N, b.example*-2 ?  | 75       | NULL        | ''",
        "a.example L, b.example*-2 L  | 75       | NULL        | ''",
      })
  void aThrottledRowWhoseListWasEmptiedKeepsThePriorityBefore(
      String verdict, int priority, @Nullable Integer oldPriority, @Nullable String blockingLists) {
    RowValues after = after(new RowValues(0, 75, null, null), verdict);

    assertThat(List.of(after.state().priority())).containsExactly(priority);
    assertThat(after.oldPriority()).isEqualTo(oldPriority);
    assertThat(after.blockingLists()).isEqualTo(blockingLists);
  }

  /** R20c: LISTED_PRIORITY was 0 when the row was throttled, and has been raised since. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      value = {
        // LISTED_PRIORITY | priority | verdict   | priority | oldPriority
        "1                 | 0        | a.example N | 75     | NULL",
        "1                 | 0        | a.example L | 1      | 75",
        "1                 | 1        | a.example N | 75     | NULL",
        "0                 | 1        | a.example N | 1      | 75",
        "0                 | 1        | a.example L | 0      | 1",
      })
  void aRowThrottledUnderAnotherListedPriorityGetsItsOwnBack(
      int listedPriority, int priority, String answers, int after, @Nullable Integer oldPriority) {
    RowValues before = new RowValues(priority, 75, null, null);
    TransitionRules rules = new TransitionRules(listedPriority, 40, Duration.ZERO);

    RowValues values = before.after(rules.decide(before.state(), Worlds.verdict(1, answers)));

    assertThat(values.state().priority()).isEqualTo(after);
    assertThat(values.oldPriority()).isEqualTo(oldPriority);
  }

  /** R20a: at 10:15, an hour has to pass. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      value = {
        // state | answers                     | updated_at           | not before
        "a       | a.example N, b.example N    | 2026-03-01T10:00:00Z | 2026-03-01T11:00:00Z",
        "a       | a.example N, b.example N    | 2026-03-01T09:15:01Z | 2026-03-01T10:15:01Z",
        "a       | a.example N, b.example N    | 2026-03-01T09:15:00Z | NULL",
        "a       | a.example N, b.example N    | NULL                 | NULL",
        "a       | a.example N, b.example N    | 2026-03-01T10:15:01Z | NULL",
        // a zone that lists everything is dropped, and that waits as well
        "a       | a.example !, b.example N    | 2026-03-01T10:00:00Z | 2026-03-01T11:00:00Z",
        // what is no restoration does not wait
        "ab      | a.example N, b.example L    | 2026-03-01T10:00:00Z | NULL",
        "a       | a.example L, b.example N    | 2026-03-01T10:00:00Z | NULL",
        "a       | a.example ?, b.example N    | 2026-03-01T10:00:00Z | NULL",
        "clean   | a.example L, b.example N    | 2026-03-01T10:00:00Z | NULL",
        "clean   | a.example N, b.example N    | 2026-03-01T10:00:00Z | NULL",
        // zones that are no longer configured
        "c       | a.example N, b.example N    | 2026-03-01T10:00:00Z | NULL",
        "ac      | a.example N, b.example N    | 2026-03-01T10:00:00Z | 2026-03-01T11:00:00Z",
      })
  void aRestorationWaitsUntilTheLastChangeIsOldEnough(
      String state, String answers, @Nullable Instant updatedAt, @Nullable Instant notBefore) {
    TransitionRules rules = new TransitionRules(0, 40, Duration.ofHours(1));

    assertThat(
            rules.restoreNotBefore(
                Worlds.state(state),
                Worlds.verdict(1, answers, true),
                Optional.ofNullable(updatedAt),
                Worlds.NOW))
        .isEqualTo(Optional.ofNullable(notBefore));
  }

  @Test
  void otherZonesChangeTheListButNoPriority() {
    RowValues before = new RowValues(3, 75, "a.example", "new block from list(s) a.example");

    assertThat(after(before, "a.example N, b.example L, c.example L"))
        .isEqualTo(
            new RowValues(
                3, 75, "b.example,c.example", "blocking list change: b.example,c.example"));
  }

  @Test
  void changeNamesWhatCameAndWhatWent() {
    Transition change =
        RULES.decide(
            Worlds.state("ab"), Worlds.verdict(1, "a.example L, b.example N, c.example L"));

    assertThat(change).isEqualTo(new ListingChanged(names("a.example", "c.example")));
  }

  @Test
  void changeLeavesARawNullWhereItIs() {
    RowValues before = new RowValues(null, null, "a.example", null);

    assertThat(after(before, "a.example N, b.example L"))
        .isEqualTo(new RowValues(null, null, "b.example", "blocking list change: b.example"));
  }

  @Test
  void delistingGivesTheOldPriorityBack() {
    RowValues before = new RowValues(0, 75, "a.example", "new block from list(s) a.example");

    assertThat(after(before, "a.example N"))
        .isEqualTo(new RowValues(75, null, "", "block removed"));
  }

  @Test
  void delistingWithoutOldPriorityTakesTheFallback() {
    RowValues before = new RowValues(0, null, "a.example", null);

    assertThat(after(before, "a.example N"))
        .isEqualTo(new RowValues(40, null, "", "block removed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      value = {
        // blockingLists     | verdict
        "''                  | a.example N",
        "NULL                | a.example N",
        "''                  | a.example ?",
        "NULL                | a.example ?",
        "'a.example'         | a.example L",
        "'a.example'         | a.example ?",
        "'b.example,a.example'   | a.example L, b.example L",
        "'a.example, B.example ' | a.example L, b.example ?",
      })
  void nothingChangesWhenTheRowSaysSoAlready(@Nullable String blockingLists, String verdict) {
    RowValues before = new RowValues(0, null, blockingLists, null);

    Transition transition = RULES.decide(before.state(), Worlds.verdict(1, verdict));

    assertThat(transition).isEqualTo(new Unchanged());
    assertThat(before.after(transition)).isSameAs(before);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "NULL",
      value = {"NULL", "''", "' '", "','", "' , ,'"})
  void nullAndBlankBlockingListsAreTheSame(@Nullable String blockingLists) {
    RowValues values = new RowValues(50, 70, blockingLists, "block removed");

    assertThat(values.state()).isEqualTo(new Clean(50, Optional.of(70)));
  }

  @Test
  void listedRowIsReadWithItsZonesSorted() {
    assertThat(new RowValues(0, 70, "b.example,a.example", null).state())
        .isEqualTo(new Throttled(0, Optional.of(70), names("a.example", "b.example")));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "NULL",
      value = {
        "0, a.example, false",
        "1, a.example, true",
        "NULL, a.example, true",
        "50, '', false",
        "NULL, NULL, false",
      })
  void changedPriorityOfAListedRowIsDrift(
      @Nullable Integer priority, @Nullable String blockingLists, boolean drifted) {
    RowValues values = new RowValues(priority, 50, blockingLists, null);

    assertThat(RULES.drifted(values.state())).isEqualTo(drifted);
  }

  @Test
  void driftedPriorityIsLeftWhileListedAndReplacedWhenDelisted() {
    RowValues drifted = new RowValues(90, 75, "a.example", null);

    assertThat(after(drifted, "a.example L")).isSameAs(drifted);
    assertThat(after(drifted, "a.example N").priority()).isEqualTo(75);
  }

  private static RowValues after(RowValues before, String verdict) {
    return before.after(RULES.decide(before.state(), Worlds.verdict(1, verdict)));
  }

  private static SortedSet<String> names(String... names) {
    return new TreeSet<>(List.of(names));
  }
}
