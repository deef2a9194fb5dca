package dnsblmonitor.notify;

import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.delivery.DeliveryException;
import dnsblmonitor.delivery.HttpSender;
import dnsblmonitor.domain.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A message for a receiver of CloudEvents, signed if there is a key. */
final class WebhookDelivery implements Delivery {

  private final NotifySettings.Webhook webhook;
  private final String body;
  private final Map<String, String> headers = new HashMap<>();

  WebhookDelivery(NotifySettings.Webhook webhook, Message message) {
    this.webhook = webhook;
    this.body = CloudEvent.of(message);
    headers.put("Content-Type", "application/cloudevents+json; charset=UTF-8");
    Optional<Secret> key = webhook.secret();
    key.ifPresent(secret ->
        headers.putAll(WebhookSignature.headers(message.id(), message.at(), body, secret)));
  }

  @Override
  public String target() {
    return webhook.endpoint().target();
  }

  /** May arrive twice: receivers recognize it by its id. */
  @Override
  public void attempt() throws DeliveryException, InterruptedException {
    try (HttpSender sender = new HttpSender(webhook.endpoint())) {
      sender.send("POST", "", headers, body, true);
    }
  }
}
