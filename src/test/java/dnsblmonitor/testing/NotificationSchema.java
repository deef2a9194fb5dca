package dnsblmonitor.testing;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;

/** The JSON Schema of the data of notifications that the distribution ships. */
public final class NotificationSchema {

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(
              strict(
                  ProjectFiles.read(
                      Path.of("src/main/distribution/schema/notification.schema.json"))),
              InputFormat.JSON);

  private NotificationSchema() {}

  /** Receivers ignore what they do not know; here, everything must be described. */
  private static String strict(String schema) {
    return schema.replaceAll(
        "(\"type\": (?:\"object\"|\\[\"object\", \"null\"]))",
        "$1, \"additionalProperties\": false");
  }

  /** The CloudEvent in {@code body}; fails if its data is not as the schema says. */
  public static JsonObject event(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      JsonObject event = reader.readObject();
      List<String> faults =
          SCHEMA
              .validate(
                  event.getJsonObject("data").toString(),
                  InputFormat.JSON,
                  context ->
                      context.executionConfig(config -> config.formatAssertionsEnabled(true)))
              .stream()
              .map(Error::toString)
              .toList();
      if (!faults.isEmpty()) {
        throw new AssertionError(body + " is no notification: " + faults);
      }
      return event;
    }
  }
}
