package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** R5a: a run's deadline counts elapsed time from the start of its process. */
class EnvironmentTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

  private final AtomicReference<Instant> system = new AtomicReference<>(NOW);
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow

  @Test
  void settingTheSystemsClockDoesNotMoveTheClockOfARun() {
    Clock clock = Environment.runClock(system::get, nanoTime::get);

    system.set(NOW.plus(Duration.ofDays(1)));
    nanoTime.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(3));

    system.set(NOW.minus(Duration.ofDays(1)));
    nanoTime.addAndGet(Duration.ofSeconds(4).toNanos());
    assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(7));
  }

  @Test
  void theRunOfTheLauncherBeganAsLongAgoAsBothProcessesTook() {
    Environment environment =
        new Environment(
            new SmallRyeConfigBuilder()
                .withSources(
                    new PropertiesConfigSource(
                        Map.of(ServerEnvironment.RUN_ID, "id", ServerEnvironment.ELAPSED, "PT2S"),
                        "launcher",
                        100))
                .build());

    assertThat(
            RunIdentity.handedOver(
                environment, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(8)))
        .contains(new RunIdentity("id", NOW.minusSeconds(10)));
  }
}
