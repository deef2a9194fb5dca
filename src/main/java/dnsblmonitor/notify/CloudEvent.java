package dnsblmonitor.notify;

import dnsblmonitor.history.Ticket;
import dnsblmonitor.notify.Item.ChangedRow;
import dnsblmonitor.notify.Item.Ended;
import dnsblmonitor.notify.Item.FailedRun;
import dnsblmonitor.notify.Item.Started;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A message as a CloudEvent 1.0 in structured JSON (cloudevents.io). Its {@code data} is described
 * by {@code schema/notification.schema.json} of the distribution.
 */
final class CloudEvent {

  /** Created once: {@code jakarta.json.Json} searches the class path on every call. */
  static final JsonProvider JSON = JsonProvider.provider();

  static final int MAX_ITEMS = 1_000;

  static final String TYPE = "io.github.postal-dnsbl-monitor.notification";
  private static final String SOURCE = "/postal-dnsbl-monitor/";

  private CloudEvent() {}

  static String of(Message message) {
    return JSON.createObjectBuilder()
        .add("specversion", "1.0")
        .add("id", message.id())
        .add("source", SOURCE + message.deployment())
        .add("type", TYPE)
        .add("time", message.at().truncatedTo(ChronoUnit.MILLIS).toString())
        .add("datacontenttype", "application/json")
        .add("data", data(message))
        .build()
        .toString();
  }

  private static JsonObjectBuilder data(Message message) {
    List<Item> items = message.items().stream().limit(MAX_ITEMS).toList();
    return JSON.createObjectBuilder()
        .add("deployment", message.deployment())
        .add("job_run_id", message.id())
        .add("test", message.isTest())
        .add("summary", message.summary())
        .add("text", message.text(ChatDelivery.MAX_ITEMS, ChatDelivery.MAX_LENGTH))
        .add("listed", rows(Topic.LISTED, items))
        .add("changed", rows(Topic.CHANGED, items))
        .add("restored", rows(Topic.RESTORED, items))
        .add("conditions", conditions(items))
        .add("run_failed", runFailed(items))
        .add("omitted", message.items().size() - items.size());
  }

  private static JsonArrayBuilder rows(Topic topic, List<Item> items) {
    JsonArrayBuilder rows = JSON.createArrayBuilder();
    Message.only(ChangedRow.class, items)
        .filter(row -> row.topic() == topic)
        .forEach(row ->
            rows.add(
                JSON.createObjectBuilder()
                    .add("address", row.address())
                    .add("event", row.event())
                    .add("blocklists", JSON.createArrayBuilder(row.blocklists()))
                    .add("priority_before", row.priorityBefore())
                    .add("priority_after", row.priorityAfter())
                    .add("ticket", row.ticket().map(CloudEvent::ticket).orElse(JsonValue.NULL))));
    return rows;
  }

  private static JsonValue ticket(Ticket ticket) {
    return JSON.createObjectBuilder()
        .add("key", ticket.key())
        .add("url", text(ticket.page().map(URI::toString)))
        .build();
  }

  private static JsonArrayBuilder conditions(List<Item> items) {
    JsonArrayBuilder conditions = JSON.createArrayBuilder();
    for (Item item : items) {
      switch (item) {
        case Started(Topic topic, String subject, String text) ->
            conditions.add(condition(topic, "started", subject, text));
        case Ended(Topic topic, String subject, String text) ->
            conditions.add(condition(topic, "ended", subject, text));
        case ChangedRow _ -> {}
        case FailedRun _ -> {}
      }
    }
    return conditions;
  }

  private static JsonObjectBuilder condition(
      Topic topic, String state, String subject, String text) {
    return JSON.createObjectBuilder()
        .add("kind", topic.label())
        .add("state", state)
        .add("subject", subject)
        .add("text", text);
  }

  private static JsonValue runFailed(List<Item> items) {
    return Message.only(FailedRun.class, items)
        .findFirst()
        .<JsonValue>map(run ->
            JSON.createObjectBuilder()
                .add("message", run.reason())
                .add("error_type", text(run.errorType()))
                .add("exit_code", run.exitCode())
                .build())
        .orElse(JsonValue.NULL);
  }

  private static JsonValue text(Optional<String> text) {
    return text.<JsonValue>map(JSON::createValue).orElse(JsonValue.NULL);
  }
}
