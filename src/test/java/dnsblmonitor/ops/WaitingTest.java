package dnsblmonitor.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WaitingTest {

  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void whatTakesLongerIsNamedWhileItLasts() {
    Waiting waiting = new Waiting(Duration.ZERO, told::add);

    String brought =
        waiting.during(
            "the zones",
            () -> {
              Await.until("it is told", () -> !told.isEmpty());
              return "findings";
            });

    assertThat(brought).isEqualTo("findings");
    assertThat(told).containsExactly("still waiting for the zones");
  }

  @Test
  void whatIsQuickIsNotNamed() {
    new Waiting(Duration.ofDays(1), told::add).during("the zones", () -> "findings");

    assertThat(told).isEmpty();
  }
}
