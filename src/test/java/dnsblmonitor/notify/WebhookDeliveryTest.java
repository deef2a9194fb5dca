package dnsblmonitor.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.delivery.Deliveries;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.history.Records;
import dnsblmonitor.testing.FakeReceiver;
import dnsblmonitor.testing.NotificationSchema;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CloudEvents 1.0 over HTTP, signed as Standard Webhooks says. */
class WebhookDeliveryTest {

  private final FakeReceiver receiver = FakeReceiver.start();

  @AfterEach
  void endReceiver() {
    receiver.close();
  }

  private List<String> send(Optional<String> secret) {
    List<String> failures = new ArrayList<>();
    Deliveries.carryOut(
        new Notifications(Targets.webhook(receiver.url("/in?x=1"), secret), Redaction.NONE)
            .deliveries(
                Records.at("2026-11-30T10:00:00.250Z", "zen.example")
                    .id("0b6d6e8e-6a8b-4a8e-9a54-0d6f5f1c1c11")
                    .row("203.0.113.7", "L")
                    .record(),
                Optional.empty()),
        Deliveries.LIMIT,
        (delivery, reason) -> failures.add(delivery.target() + ": " + reason));
    return failures;
  }

  @Test
  void itIsACloudEventInStructuredMode() {
    assertThat(send(Optional.empty())).isEmpty();

    FakeReceiver.Request request = receiver.request();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/in?x=1");
    assertThat(request.header("content-type"))
        .isEqualTo("application/cloudevents+json; charset=UTF-8");
    assertThat(request.headers()).doesNotContainKey("webhook-signature");
    JsonObject event = NotificationSchema.event(request.body());
    assertThat(event.getString("specversion")).isEqualTo("1.0");
    assertThat(event.getString("id")).isEqualTo("0b6d6e8e-6a8b-4a8e-9a54-0d6f5f1c1c11");
    assertThat(event.getString("source")).isEqualTo("/postal-dnsbl-monitor/mx-1");
    assertThat(event.getString("type")).isEqualTo("io.github.postal-dnsbl-monitor.notification");
    assertThat(event.getString("time")).isEqualTo("2026-11-30T10:00:02.250Z");
    assertThat(event.getString("datacontenttype")).isEqualTo("application/json");
    assertThat(event.keySet()).hasSize(7);
  }

  @Test
  void theSignatureIsTheHmacOfIdTimeAndBody() throws Exception {
    byte[] key = "a key of 24 bytes or more".getBytes(UTF_8);

    send(Optional.of("whsec_" + Base64.getEncoder().encodeToString(key)));
    send(Optional.of("a key of 24 bytes or more"));

    assertThat(receiver.requests())
        .hasSize(2)
        .allSatisfy(request -> {
          assertThat(request.header("webhook-id"))
              .isEqualTo("0b6d6e8e-6a8b-4a8e-9a54-0d6f5f1c1c11");
          assertThat(request.header("webhook-timestamp"))
              .isEqualTo(String.valueOf(Instant.parse("2026-11-30T10:00:02Z").getEpochSecond()));
          Mac mac = Mac.getInstance("HmacSHA256");
          mac.init(new SecretKeySpec(key, "HmacSHA256"));
          mac.update("0b6d6e8e-6a8b-4a8e-9a54-0d6f5f1c1c11.1796032802.".getBytes(UTF_8));
          String expected =
              "v1,"
                  + Base64.getEncoder().encodeToString(mac.doFinal(request.body().getBytes(UTF_8)));
          assertThat(request.header("webhook-signature")).isEqualTo(expected);
        });
  }

  /** The example of the specification. */
  @Test
  void theSignatureIsThatOfStandardWebhooks() {
    assertThat(
            WebhookSignature.headers(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}",
                new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
        .isEqualTo(
            Map.of(
                "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp", "1614265330",
                "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
  }

  /** Receivers recognize by the id what comes twice. */
  @Test
  void aRepeatedEventIsTheSame() {
    receiver.answers(500, "");

    assertThat(send(Optional.of("key"))).isEmpty();

    assertThat(receiver.requests()).hasSize(2);
    assertThat(receiver.requests().getFirst()).isEqualTo(receiver.requests().getLast());
  }

  @Test
  void aFailureNamesTheTargetWithoutItsPath() {
    receiver.answers(404, "");

    assertThat(send(Optional.empty()))
        .containsExactly(
            "http://127.0.0.1:%d: answered HTTP 404. Check the URL"
                .formatted(receiver.address().getPort()));
  }
}
