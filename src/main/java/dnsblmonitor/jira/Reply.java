package dnsblmonitor.jira;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Jira's answer to one request, read to its end; the names of headers are compared without case.
 */
record Reply(int status, Map<String, String> headers, String body) {

  /** Reads and closes {@code response}; throws a {@code ProcessingException} if it breaks off. */
  static Reply read(Response response) {
    try (response) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response
          .getStringHeaders()
          .forEach((name, values) -> headers.put(name, String.join(", ", values)));
      byte[] body = response.hasEntity() ? response.readEntity(byte[].class) : new byte[0];
      return new Reply(response.getStatus(), headers, new String(body, StandardCharsets.UTF_8));
    }
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  boolean succeeded() {
    return status / 100 == 2;
  }

  /** Jira understood and said no: repeating the same changes nothing. */
  boolean refused() {
    return status / 100 == 4 && status != 429;
  }

  /** 429 and 5xx (R26). */
  boolean transientFailure() {
    return status == 429 || status / 100 == 5;
  }

  /**
   * A gateway answered for a Jira that may have done the work (502, 504: R26), or Jira broke, maybe
   * in what listens to new issues. Only 503 is said before anything is done.
   */
  boolean leavesOutcomeOpen() {
    return status / 100 == 5 && status != 503;
  }

  /** A success of somebody else: a login page, say. Jira answers JSON or nothing. */
  boolean isForeign() {
    return succeeded() && !body.isBlank() && json().isEmpty();
  }

  Optional<JsonObject> object() {
    return json().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
  }

  Optional<JsonArray> array() {
    return json().filter(JsonArray.class::isInstance).map(JsonArray.class::cast);
  }

  private Optional<JsonValue> json() {
    try (JsonReader reader = Wire.JSON.createReader(new StringReader(body))) {
      return Optional.of(reader.readValue());
    } catch (RuntimeException e) { // Parsson's own of a text that is nested too deeply
      return Optional.empty();
    }
  }
}
