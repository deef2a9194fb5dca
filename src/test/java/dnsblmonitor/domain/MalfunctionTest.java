package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R28: a malfunction is strictly more than the threshold's share of failed zones. */
class MalfunctionTest {

  @ParameterizedTest
  @CsvSource({
    // failed, zones, threshold, percent (0 = no malfunction)
    "0, 10, 50, 0",
    "5, 10, 50, 0",
    "6, 10, 50, 60",
    "1, 2, 50, 0",
    "2, 3, 66, 67",
    "2, 3, 67, 0",
    "1, 3, 33, 33",
    "3, 3, 99, 100",
    "3, 3, 100, 0",
    "1, 1, 50, 100",
    "0, 0, 50, 0",
  })
  void shareOfFailedZonesMustExceedTheThreshold(
      int failed, int zones, int thresholdPercent, int percent) {
    List<ZoneHealth> health =
        IntStream.range(0, zones)
            .mapToObj(i -> ZoneHealthTest.health("z" + i + ".example", i < failed ? "N??" : "N?"))
            .toList();

    assertThat(Malfunction.of(health, thresholdPercent).map(Malfunction::percent).orElse(0))
        .isEqualTo(percent);
  }

  @Test
  void malfunctionHoldsTheFailedZonesOnly() {
    ZoneHealth dead = ZoneHealthTest.health("dead.example", "??");
    ZoneHealth good = ZoneHealthTest.health("bl.example", "LN");

    assertThat(Malfunction.of(List.of(dead, good), 49))
        .contains(new Malfunction(50, List.of(dead), 2));
  }
}
