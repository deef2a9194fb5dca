package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R12: how long a silent try is waited for, from what the zone's answers took. */
class RoundTripTest {

  @Test
  void unmeasuredZoneIsAskedAgainAfterHalfASecondThenDoubled() {
    assertThat(waits(new RoundTrip(Duration.ofSeconds(5)))).containsExactly(500, 1000, 1500, 1500);
  }

  @ParameterizedTest
  @CsvSource({
    // what answers take, the first try's wait
    "1, 250",
    "30, 250",
    "400, 400",
    "4000, 1500",
  })
  void steadyZoneIsWaitedForAsLongAsItTakesWithinBounds(int tookMillis, int waitMillis) {
    RoundTrip roundTrip = new RoundTrip(Duration.ofSeconds(5));

    IntStream.range(0, 100).forEach(_ -> roundTrip.took(Duration.ofMillis(tookMillis).toNanos()));

    assertThat(waits(roundTrip).getFirst()).isEqualTo(waitMillis);
  }

  @Test
  void unsteadyZoneIsWaitedForLonger() {
    RoundTrip roundTrip = new RoundTrip(Duration.ofSeconds(5));

    IntStream.range(0, 100)
        .forEach(i -> roundTrip.took(Duration.ofMillis(i % 2 == 0 ? 100 : 300).toNanos()));

    assertThat(waits(roundTrip).getFirst()).isBetween(500, 700);
  }

  @Test
  void firstMeasureCountsAtOnceWithHalfOfItAsVariation() {
    RoundTrip roundTrip = new RoundTrip(Duration.ofSeconds(5));

    roundTrip.took(Duration.ofMillis(200).toNanos());

    assertThat(waits(roundTrip)).startsWith(600, 1200);
  }

  @ParameterizedTest
  @CsvSource({
    // the lookup's time, the longest wait for a try
    "PT0.3S, 250",
    "PT0.9S, 300",
    "PT3S, 1000",
    "PT60S, 1500",
  })
  void tryGetsAThirdOfTheTimeAtMost(Duration timeout, int longestMillis) {
    assertThat(waits(new RoundTrip(timeout))).last().isEqualTo(longestMillis);
  }

  private static List<Integer> waits(RoundTrip roundTrip) {
    return IntStream.rangeClosed(1, 4)
        .map(number -> (int) Duration.ofNanos(roundTrip.waitNanos(number)).toMillis())
        .boxed()
        .toList();
  }
}
