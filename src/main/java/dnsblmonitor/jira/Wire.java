package dnsblmonitor.jira;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import java.util.Optional;

/** JSON as Jira writes it: what is missing or of another type is empty, never an exception. */
final class Wire {

  /** Created once: {@code jakarta.json.Json} searches the class path on every call. */
  static final JsonProvider JSON = JsonProvider.provider();

  private Wire() {}

  static Optional<String> text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  static JsonObject object(JsonObject object, String name) {
    return object.get(name) instanceof JsonObject value ? value : JsonValue.EMPTY_JSON_OBJECT;
  }

  static List<JsonObject> objects(JsonObject object, String name) {
    return object.get(name) instanceof JsonArray array ? objects(array) : List.of();
  }

  static List<JsonObject> objects(JsonArray array) {
    return array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList();
  }

  static List<String> texts(List<JsonObject> objects, String name) {
    return objects.stream().flatMap(object -> text(object, name).stream()).toList();
  }

  static List<String> texts(JsonObject object, String name) {
    return object.get(name) instanceof JsonArray array ? texts(array) : List.of();
  }

  static List<String> texts(JsonArray array) {
    return array.stream()
        .filter(JsonString.class::isInstance)
        .map(text -> ((JsonString) text).getString())
        .toList();
  }
}
