package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R14a: a zone that newly lists too many rows at once is held back. */
class MassListingBrakeTest {

  private static final TransitionRules RULES = new TransitionRules(0, 50, Duration.ZERO);

  private final List<MassListing> told = new ArrayList<>();
  private long nextRow = 1;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // listed | clean | limit | held back
        "     21  |  19   |  50   | true",
        "     20  |  20   |  50   | false",
        "     10  |  9    |  50   | true",
        "     9   |  0    |  50   | false",
        "     40  |  0    |  100  | false",
        "     10  |  990  |  1    | false",
        "     11  |  989  |  1    | true",
      })
  void moreThanTheLimitAndAtLeastTenRowsTripIt(int listed, int clean, int limit, boolean heldBack) {
    MassListingBrake brake = new MassListingBrake(RULES, limit);

    List<IpCheck> checks =
        brake.apply(
            chunk(
                List.of(rows(listed, "clean", "a.example L"), rows(clean, "clean", "a.example N"))),
            told::add);

    assertThat(told).hasSize(heldBack ? 1 : 0);
    assertThat(brake.heldBack()).isEqualTo(told);
    assertThat(throttled(checks)).isEqualTo(heldBack ? 0 : listed);
  }

  @Test
  void onlyWhatOtherZonesSayIsThrottled() {
    List<IpCheck> checks =
        brake()
            .apply(
                chunk(
                    List.of(
                        rows(3, "clean", "a.example L, b.example L"),
                        rows(30, "clean", "a.example L, b.example N"),
                        rows(7, "clean", "a.example N, b.example N"))),
                told::add);

    assertThat(told).containsExactly(new MassListing("a.example", 33, 40));
    assertThat(checks.stream().map(MassListingBrakeTest::after).filter(now -> !now.isEmpty()))
        .hasSize(3)
        .containsOnly("b.example");
  }

  @Test
  void aRowThatNamesTheZoneAlreadyIsNotAffectedAndNotCounted() {
    List<IpCheck> checks =
        brake()
            .apply(
                chunk(
                    List.of(
                        rows(50, "a", "a.example L, b.example N"),
                        rows(1, "b", "a.example L, b.example L"),
                        rows(12, "clean", "a.example L, b.example N"))),
                told::add);

    assertThat(told).containsExactly(new MassListing("a.example", 12, 12));
    assertThat(checks.subList(0, 50))
        .extracting(MassListingBrakeTest::after)
        .containsOnly("a.example");
    assertThat(after(checks.get(50))).as("it is not added either").isEqualTo("b.example");
    assertThat(checks.subList(51, 63)).extracting(MassListingBrakeTest::after).containsOnly("");
  }

  @Test
  void aWeakListBelowTheThresholdDoesNotTripIt() {
    Verdict weak = Worlds.verdict(2, "a.example L, b.example N");
    List<IpCheck> chunk = IntStream.range(0, 40).mapToObj(_ -> check("clean", weak)).toList();

    assertThat(brake().apply(chunk, told::add)).isEqualTo(chunk);
    assertThat(told).isEmpty();
  }

  @Test
  void watchOnlyZonesAndAllowlistsDoNotTripIt() {
    brake().apply(rows(40, "clean", "w.example*0 L, allow.example*-1 L, a.example N"), told::add);

    assertThat(told).isEmpty();
  }

  /** Rows whose zones are no longer configured are no clean rows, and become none here. */
  @Test
  void aRemovedOrRenamedZoneDoesNotCountAsNewRows() {
    brake()
        .apply(
            chunk(
                List.of(
                    rows(20, "o", "a.example L"), // o.example is gone: the row changes to a.example
                    rows(20, "clean", "a.example N"))),
            told::add);

    assertThat(told).isEmpty();
  }

  /** R6a, R20c: Postal's UI emptied its lists; it is throttled nevertheless. */
  @Test
  void aThrottledRowWithoutListsIsNoCleanOne() {
    RowValues lost = new RowValues(0, 80, null, "new block");
    Verdict listed = Worlds.verdict(1, "a.example L");
    brake()
        .apply(
            IntStream.range(0, 40)
                .mapToObj(id -> Worlds.check(Worlds.row(id, 1L, "192.0.2.1", lost), listed))
                .toList(),
            told::add);

    assertThat(told).isEmpty();
  }

  @Test
  void aSmallLastChunkIsCountedWithTheRunSoFar() {
    MassListingBrake brake = brake();
    brake.apply(rows(1000, "clean", "a.example N"), told::add);

    List<IpCheck> last = brake.apply(rows(15, "clean", "a.example L"), told::add);

    assertThat(told).isEmpty();
    assertThat(throttled(last)).isEqualTo(15);
  }

  @Test
  void aLargeChunkIsCountedAlone() {
    MassListingBrake brake = brake();
    brake.apply(rows(1000, "clean", "a.example N"), told::add);

    brake.apply(rows(100, "clean", "a.example L"), told::add);

    assertThat(told).containsExactly(new MassListing("a.example", 100, 100));
  }

  /** A restart has no memory of the execution before: it counts the rows that are left. */
  @Test
  void aRestartHoldsBackByTheRowsThatAreLeft() {
    brake().apply(rows(1000, "clean", "a.example N"), told::add);

    List<IpCheck> rest = brake().apply(rows(15, "clean", "a.example L"), told::add);

    assertThat(told).containsExactly(new MassListing("a.example", 15, 15));
    assertThat(throttled(rest)).isZero();
  }

  @Test
  void manySmallChunksAreSeenAsOne() {
    MassListingBrake brake = brake();
    long throttled = 0;
    for (int chunk = 0; chunk < 10; chunk++) {
      throttled += throttled(brake.apply(rows(8, "clean", "a.example L"), told::add));
    }

    assertThat(told).containsExactly(new MassListing("a.example", 16, 16));
    assertThat(throttled).as("those of the first chunk stay").isEqualTo(8);
  }

  @Test
  void aZoneStaysHeldBackAndIsReportedOnce() {
    MassListingBrake brake = brake();
    brake.apply(rows(200, "clean", "a.example L, b.example N"), told::add);

    List<IpCheck> later =
        brake.apply(
            chunk(
                List.of(
                    rows(1, "clean", "a.example L, b.example N"),
                    rows(199, "clean", "a.example N, b.example N"))),
            told::add);

    assertThat(told).hasSize(1);
    assertThat(throttled(later)).isZero();
  }

  @Test
  void severalZonesCanBeHeldBack() {
    brake().apply(rows(30, "clean", "b.example L, a.example L"), told::add);

    assertThat(told)
        .containsExactly(
            new MassListing("a.example", 30, 30), new MassListing("b.example", 30, 30));
  }

  private static MassListingBrake brake() {
    return new MassListingBrake(RULES, 50);
  }

  private static List<IpCheck> chunk(List<List<IpCheck>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  private List<IpCheck> rows(int count, String state, String answers) {
    Verdict verdict = Worlds.verdict(1, answers);
    return IntStream.range(0, count).mapToObj(_ -> check(state, verdict)).toList();
  }

  private IpCheck check(String state, Verdict verdict) {
    RowValues values =
        Worlds.state(state) instanceof IpState.Throttled(_, _, var listing)
            ? Worlds.listedRow(RowValues.joined(listing))
            : Worlds.cleanRow();
    return Worlds.check(Worlds.row(nextRow++, 1L, "192.0.2.1", values), verdict);
  }

  private static long throttled(List<IpCheck> checks) {
    return checks.stream()
        .filter(check ->
            RULES.decide(check.ip().state(), check.verdict()) instanceof Transition.NewlyListed)
        .count();
  }

  /** What its row would name. */
  private static String after(IpCheck check) {
    return RowValues.joined(new TreeSet<>(check.verdict().listingZones(check.ip().state())));
  }
}
