package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R7b: a run stops checking in time, and says beforehand if that cannot be enough. */
class CheckingTimeTest {

  private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

  @ParameterizedTest
  @CsvSource({"PT14M,PT13M", "PT4M,PT3M", "PT2M,PT1M30S", "PT30S,PT22.5S", "PT24H,PT23H59M"})
  void aMinuteAtMostAQuarterOfTheDeadlineIsLeftForTheRest(Duration deadline, Duration end) {
    assertThat(new CheckingTime(deadline, 0).end()).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({
    // deadline, rate, lookups in each zone, whether they fit
    "PT14M, 10, 7020,    true",
    "PT14M, 10, 7021,    false",
    "PT14M, 10, 10000,   false",
    "PT14M, 0,  1000000, true",
    "PT30S, 1,  20,      true",
    "PT30S, 1,  21,      false",
  })
  void zonesAreAskedBesideEachOtherEachAtItsRate(
      Duration deadline, int rate, long lookups, boolean fits) {
    assertThat(new CheckingTime(deadline, rate).shortage(lookups).isEmpty()).isEqualTo(fits);
  }

  @Test
  void theShortageNamesTheVariables() {
    assertThat(new CheckingTime(Duration.ofMinutes(14), 10).shortage(10_000).orElseThrow())
        .contains(
            "10000 lookups", "PT16M40S", "DNS_ZONE_RATE=10", "PT11M42S", "RUN_DEADLINE=PT14M");
  }

  /** 0.618034 x 1 quarter of an hour is 61 % of the way, x 2 is 23 %. */
  @Test
  void successiveRunsBeginFarFromEachOther() {
    assertThat(CheckingTime.firstId(1, 100, Instant.EPOCH)).isEqualTo(1);
    assertThat(CheckingTime.firstId(1, 100, Instant.EPOCH.plus(QUARTER_HOUR))).isEqualTo(62);
    assertThat(CheckingTime.firstId(1, 100, Instant.EPOCH.plus(QUARTER_HOUR.multipliedBy(2))))
        .isEqualTo(24);
    assertThat(CheckingTime.firstId(7, 7, Instant.parse("2026-11-29T10:15:00Z"))).isEqualTo(7);
  }

  /** A run that checks a tenth of the rows leaves none out for long. */
  @Test
  void everyRowGetsItsTurnWithinADay() {
    Instant start = Instant.parse("2026-11-29T00:00:30Z");
    Set<Long> checked = new TreeSet<>();
    for (int run = 0; run < 20; run++) {
      long first = CheckingTime.firstId(1, 1000, start.plus(QUARTER_HOUR.multipliedBy(run)));
      for (int n = 0; n < 100; n++) {
        checked.add(1 + (first - 1 + n) % 1000);
      }
    }

    assertThat(checked).hasSize(1000);
  }
}
