package dnsblmonitor.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeReceiver;
import dnsblmonitor.testing.RawServer;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A few attempts for each target, one time limit for all (R39). */
class DeliveriesTest {

  /** Enough for a target that answers, on a busy machine as well. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final Map<String, String> failures = new LinkedHashMap<>();

  private record ToUrl(URI url) implements Delivery {

    @Override
    public String target() {
      return url.getPath();
    }

    @Override
    public void attempt() throws DeliveryException, InterruptedException {
      HttpEndpoint endpoint =
          new HttpEndpoint(url, Optional.empty(), Optional.empty(), Optional.empty());
      try (HttpSender sender = new HttpSender(endpoint)) {
        sender.send("POST", "", Map.of(), "x", true);
      }
    }
  }

  private static ToUrl to(RawServer server) {
    return new ToUrl(URI.create("http://127.0.0.1:%d/raw".formatted(server.port())));
  }

  /** How long it took. */
  private Duration carryOut(Duration limit, Delivery... deliveries) {
    long started = System.nanoTime();
    Deliveries.carryOut(
        List.of(deliveries), limit, (delivery, why) -> failures.put(delivery.target(), why));
    return Duration.ofNanos(System.nanoTime() - started);
  }

  @Test
  void nothingToDeliverTakesNoTime() {
    assertThat(carryOut(Deliveries.LIMIT)).isLessThan(Duration.ofSeconds(1));
    assertThat(failures).isEmpty();
  }

  @Test
  void aTargetThatIsBusyGetsASecondAttemptWhenItSays() {
    try (FakeReceiver receiver = FakeReceiver.start()) {
      receiver.answers(429, "slow down", "Retry-After", "1");

      Duration took = carryOut(Deliveries.LIMIT, new ToUrl(receiver.url("/a")));

      assertThat(failures).isEmpty();
      assertThat(receiver.requests()).hasSize(2);
      assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void afterAnErrorOfTheServerItIsDelivered() {
    try (FakeReceiver receiver = FakeReceiver.start()) {
      receiver.answers(500, "");

      carryOut(Deliveries.LIMIT, new ToUrl(receiver.url("/a")));

      assertThat(failures).isEmpty();
      assertThat(receiver.requests()).hasSize(2);
    }
  }

  @Test
  void afterThreeAttemptsTheLastReasonIsReported() {
    try (FakeReceiver receiver = FakeReceiver.start()) {
      receiver.answers(500, "one").answers(500, "two").answers(500, "three");

      carryOut(Deliveries.LIMIT, new ToUrl(receiver.url("/a")));

      assertThat(failures).containsExactly(Map.entry("/a", "answered HTTP 500: three"));
      assertThat(receiver.requests()).hasSize(3);
    }
  }

  @Test
  void aRefusalIsNotRepeated() {
    try (FakeReceiver receiver = FakeReceiver.start()) {
      receiver.answers(403, "");

      carryOut(Deliveries.LIMIT, new ToUrl(receiver.url("/a")));

      assertThat(failures).containsOnlyKeys("/a");
      assertThat(receiver.requests()).hasSize(1);
    }
  }

  @Test
  void aPauseBeyondTheLimitIsNotWaitedFor() {
    try (FakeReceiver receiver = FakeReceiver.start()) {
      receiver.answers(429, "slow down", "Retry-After", "60");

      Duration took = carryOut(Deliveries.LIMIT, new ToUrl(receiver.url("/a")));

      assertThat(failures).containsExactly(Map.entry("/a", "answered HTTP 429: slow down"));
      assertThat(took).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aTargetThatNeverAnswersHoldsUpNeitherTheRunNorTheOthers() {
    try (RawServer silent = RawServer.start(_ -> {});
        FakeReceiver receiver = FakeReceiver.start()) {
      Duration took = carryOut(SHORT, to(silent), new ToUrl(receiver.url("/a")));

      assertThat(failures).containsOnlyKeys("/raw");
      assertThat(failures.get("/raw")).startsWith("no answer within");
      assertThat(receiver.requests()).hasSize(1);
      assertThat(took).isBetween(SHORT, Duration.ofSeconds(5));
      Await.until("the connection is given up", silent::isDeserted);
    }
  }

  @Test
  void aTargetThatDripsBytesIsGivenUp() {
    try (RawServer dripping =
        RawServer.start(client -> {
          HttpSenderTest.answer(client, "HTTP/1.1 200 OK\r\nX: ");
          while (true) {
            client.getOutputStream().write('x');
            client.getOutputStream().flush();
            Thread.onSpinWait();
          }
        })) {
      Duration took = carryOut(SHORT, to(dripping));

      assertThat(failures).containsOnlyKeys("/raw");
      assertThat(took).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void oneThatFailsUnexpectedlyIsReportedLikeTheOthers() {
    Delivery broken =
        new Delivery() {
          @Override
          public String target() {
            return "broken";
          }

          @Override
          public void attempt() {
            throw new IllegalStateException("a bug");
          }
        };

    carryOut(Deliveries.LIMIT, broken);

    assertThat(failures.get("broken")).contains("a bug");
  }

  @Test
  void anInterruptEndsItAndIsKept() {
    try (RawServer silent = RawServer.start(_ -> {})) {
      Thread.currentThread().interrupt();

      carryOut(Deliveries.LIMIT, to(silent));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failures).containsExactly(Map.entry("/raw", "interrupted"));
    }
  }
}
