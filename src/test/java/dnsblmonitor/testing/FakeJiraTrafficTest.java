package dnsblmonitor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FakeJiraTrafficTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final FakeJiraTraffic traffic = new FakeJiraTraffic(nanos::get);

  @Test
  void theBusiestSecondIsAnyWindowOfOneSecond() {
    for (int millis : List.of(0, 600, 300, 50, 50, 950)) {
      nanos.addAndGet(Duration.ofMillis(millis).toNanos());
      come("POST", "/issue");
    }

    assertThat(traffic.busiestSecond()).as("0.6, 0.9, 0.95 and 1.0 s").isEqualTo(4);
  }

  @Test
  void whatComesASecondLaterIsOfAnotherSecond() {
    come("PUT", "/issue/OPS-1");
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    come("PUT", "/issue/OPS-1");

    assertThat(traffic.busiestSecond()).isEqualTo(1);
  }

  @Test
  void readsAndSearchesAreNoWrites() {
    come("GET", "/issue/OPS-1/properties/told");
    come("POST", "/search/jql");
    come("POST", "/search");

    assertThat(traffic.busiestSecond()).isZero();
  }

  private void come(String method, String path) {
    FakeJiraRequest request = new FakeJiraRequest(method, path, "", Map.of(), "");
    traffic.begins(request, "");
    traffic.ends(request);
  }
}
