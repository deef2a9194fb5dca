package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000); // overflows
  private final List<Duration> waits = new ArrayList<>();
  private final Pace pace =
      new Pace(
          wait -> {
            waits.add(wait);
            now.addAndGet(wait.toNanos());
          },
          now::get);

  @Test
  void tenWritesTakeMoreThanASecond() {
    long start = now.get();

    for (int write = 0; write <= 10; write++) {
      pace.awaitTurn();
    }

    assertThat(now.get() - start).isGreaterThan(Duration.ofSeconds(1).toNanos());
    assertThat(waits).hasSize(10).allMatch(wait -> wait.equals(Pace.APART));
  }

  @Test
  void whoeverComesLaterDoesNotWait() {
    pace.awaitTurn();
    now.addAndGet(Pace.APART.toNanos());

    pace.awaitTurn();

    assertThat(waits).isEmpty();
  }
}
