package dnsblmonitor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class AwaitTest {

  @Test
  void timePassesThoughAPermitWasLeftBehind() {
    Duration span = Duration.ofMillis(50);
    LockSupport.unpark(Thread.currentThread());
    long begun = System.nanoTime();

    Await.passed(span);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(span);
  }
}
