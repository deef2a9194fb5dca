package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;

/** A status and a JSON body, empty where there is none. */
record FakeJiraAnswer(int status, String body, Map<String, String> headers) {

  FakeJiraAnswer {
    headers = Map.copyOf(headers);
  }

  FakeJiraAnswer(int status, String body) {
    this(status, body, Map.of());
  }

  static FakeJiraAnswer ok(JsonValue body) {
    return new FakeJiraAnswer(200, body.toString());
  }

  static FakeJiraAnswer message(int status, String message) {
    return new FakeJiraAnswer(
        status,
        Json.createObjectBuilder()
            .add("errorMessages", Json.createArrayBuilder().add(message))
            .add("errors", JsonValue.EMPTY_JSON_OBJECT)
            .build()
            .toString());
  }

  /** A 400 that says what is wrong with which field. */
  static FakeJiraAnswer errors(Map<String, String> errors) {
    return new FakeJiraAnswer(400, errorCollection(errors).toString());
  }

  static JsonObject errorCollection(Map<String, String> errors) {
    JsonObjectBuilder fields = Json.createObjectBuilder();
    errors.forEach(fields::add);
    return Json.createObjectBuilder()
        .add("errorMessages", JsonValue.EMPTY_JSON_ARRAY)
        .add("errors", fields)
        .build();
  }

  boolean succeeded() {
    return status / 100 == 2;
  }

  FakeJiraAnswer with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new FakeJiraAnswer(status, body, more);
  }
}
