package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads request bodies as strictly as Jira does; what it throws is the text of a 400. */
final class FakeJiraJson {

  private FakeJiraJson() {}

  static JsonObject object(FakeJiraRequest request) {
    return value(request) instanceof JsonObject object
        ? object
        : fail("Invalid request payload. Refer to the REST API documentation and try again.");
  }

  static JsonValue value(FakeJiraRequest request) {
    if (!request.header("content-type").orElse("").startsWith("application/json")) {
      throw new IllegalArgumentException("not application/json");
    }
    return parsed(request.body());
  }

  static JsonValue parsed(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }

  /** A member that may be missing, which is as good as empty. */
  static JsonObject object(JsonObject object, String name) {
    return object.containsKey(name) ? object.getJsonObject(name) : JsonValue.EMPTY_JSON_OBJECT;
  }

  static void known(JsonObject object, Set<String> members) {
    object
        .keySet()
        .forEach(name -> {
          if (!members.contains(name)) {
            fail("Unrecognized field \"%s\"".formatted(name));
          }
        });
  }

  /** The objects of an array that may be missing. */
  static Stream<JsonObject> objects(@Nullable JsonValue array) {
    return array == null ? Stream.of() : array.asJsonArray().getValuesAs(JsonObject.class).stream();
  }

  static List<String> strings(@Nullable JsonValue array) {
    return array == null
        ? List.of()
        : array.asJsonArray().getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList();
  }

  private static JsonObject fail(String message) {
    throw new IllegalArgumentException(message);
  }
}
