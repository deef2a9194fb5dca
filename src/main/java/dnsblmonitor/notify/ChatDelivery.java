package dnsblmonitor.notify;

import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.delivery.DeliveryException;
import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.delivery.HttpSender;
import java.util.Map;

/** A message for a Slack-compatible webhook: only {@code text}, which all of them understand. */
final class ChatDelivery implements Delivery {

  static final int MAX_ITEMS = 20;

  /** Slack cuts what is longer; Rocket.Chat refuses more than 5,000 unless configured otherwise. */
  static final int MAX_LENGTH = 3_500;

  private final HttpEndpoint endpoint;
  private final String body;

  ChatDelivery(HttpEndpoint endpoint, Message message) {
    this.endpoint = endpoint;
    this.body =
        CloudEvent.JSON
            .createObjectBuilder()
            .add("text", escaped(message.text(MAX_ITEMS, MAX_LENGTH).strip()))
            .build()
            .toString();
  }

  /** As Slack requires it ({@code docs.slack.dev}, formatting message text). */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String target() {
    return endpoint.target();
  }

  @Override
  public void attempt() throws DeliveryException, InterruptedException {
    try (HttpSender sender = new HttpSender(endpoint)) {
      sender.send("POST", "", Map.of("Content-Type", "application/json"), body, false);
    }
  }
}
