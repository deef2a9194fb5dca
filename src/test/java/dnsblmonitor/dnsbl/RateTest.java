package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code DNS_ZONE_RATE}: lookups of a zone a second. */
class RateTest {

  private static final long MILLI = Duration.ofMillis(1).toNanos();

  @ParameterizedTest
  @CsvSource({"1", "7", "50", "200", "1000", "10000"})
  void isKeptInEverySecondAndUsedUp(int perSecond) {
    List<Long> starts = startsWithinTenSeconds(new Rate(perSecond), 5 * MILLI);

    assertThat(starts.size()).isBetween((int) (perSecond * 9.7), perSecond * 10 + 1);
    for (int i = 0; i < starts.size(); i++) {
      long second = starts.get(i) + Duration.ofSeconds(1).toNanos();
      long within = starts.subList(i, starts.size()).stream().filter(at -> at < second).count();
      assertThat(within).isLessThanOrEqualTo(Math.max(perSecond, (long) (perSecond * 1.03)));
      i += perSecond / 50; // a look at every start would take as long as the rest of all tests
    }
  }

  @Test
  void idleTimeIsNotSavedUp() {
    Rate rate = new Rate(1000);
    rate.count(0);

    int burst = 0;
    for (long now = Duration.ofMinutes(1).toNanos(); rate.allows(now); rate.count(now)) {
      burst++;
    }

    assertThat(burst).as("20 ms worth").isLessThanOrEqualTo(21);
  }

  @Test
  void zeroIsNoLimit() {
    Rate rate = new Rate(0);

    for (int i = 0; i < 1000; i++) {
      assertThat(rate.allows(7)).isTrue();
      rate.count(7);
    }
  }

  private static List<Long> startsWithinTenSeconds(Rate rate, long lookEveryNanos) {
    List<Long> starts = new ArrayList<>();
    for (long now = 0; now < Duration.ofSeconds(10).toNanos(); now += lookEveryNanos) {
      while (rate.allows(now)) {
        rate.count(now);
        starts.add(now);
      }
    }
    return starts;
  }
}
