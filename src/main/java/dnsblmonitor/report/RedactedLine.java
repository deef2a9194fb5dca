package dnsblmonitor.report;

import static dnsblmonitor.report.JsonLines.JSON;

import dnsblmonitor.domain.Redaction;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Set;

/** Removes secrets from a line of JSON, which stays valid JSON with the same field names (R32). */
public final class RedactedLine {

  /** Fields with values of this program, by which other programs parse the line. */
  private static final Set<String> OURS = Set.of("event", "level", "timestamp", "job_run_id");

  private RedactedLine() {}

  /**
   * {@code line} with each secret in its texts replaced by stars.
   *
   * @throws JsonException if it contains a secret and is not a JSON object
   */
  public static String of(String line, Redaction redaction) {
    if (redaction.of(line).equals(line)) {
      return line; // nothing is hidden by escapes: most lines need no parsing
    }
    try (JsonReader reader = JSON.createReader(new StringReader(line))) {
      return object(reader.readObject(), redaction).toString();
    }
  }

  private static JsonValue value(JsonValue value, Redaction redaction) {
    return switch (value) {
      case JsonString text -> JSON.createValue(redaction.of(text.getString()));
      case JsonObject object -> object(object, redaction);
      case JsonArray array -> array(array, redaction);
      default -> value;
    };
  }

  private static JsonObject object(JsonObject object, Redaction redaction) {
    JsonObjectBuilder redacted = JSON.createObjectBuilder();
    object.forEach(
        (name, value) -> redacted.add(name, OURS.contains(name) ? value : value(value, redaction)));
    return redacted.build();
  }

  private static JsonArray array(JsonArray array, Redaction redaction) {
    JsonArrayBuilder redacted = JSON.createArrayBuilder();
    array.forEach(value -> redacted.add(value(value, redaction)));
    return redacted.build();
  }
}
