package dnsblmonitor.testing;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An issue in {@link FakeJira}, as a test may read it. */
public final class FakeJiraIssue {

  /** A file that was attached. */
  public record Attachment(String name, String content) {}

  final long number;
  final String key;
  final String type;
  final Instant created;
  final Set<String> labels = new TreeSet<>();
  final List<String> comments = new ArrayList<>();
  final List<Attachment> attachments = new ArrayList<>();
  final Map<String, JsonValue> properties = new LinkedHashMap<>();
  final Map<String, JsonValue> otherFields = new LinkedHashMap<>();
  String summary;
  String status;
  String description = "";

  /** How many searches do not see it yet; below 0 it is seen. */
  int hiddenSearches;

  FakeJiraIssue(
      String project, long number, String type, String summary, String status, Instant created) {
    this.number = number;
    this.key = project + "-" + number;
    this.type = type;
    this.summary = summary;
    this.status = status;
    this.created = created;
  }

  String id() {
    return String.valueOf(10_000 + number);
  }

  public String key() {
    return key;
  }

  public String type() {
    return type;
  }

  public String summary() {
    return summary;
  }

  public Set<String> labels() {
    return Set.copyOf(labels);
  }

  public String status() {
    return status;
  }

  public Instant created() {
    return created;
  }

  /** The description as plain text: a line for each paragraph and table row. */
  public String description() {
    return description;
  }

  /** The comments, oldest first, as plain text. */
  public List<String> comments() {
    return List.copyOf(comments);
  }

  public List<Attachment> attachments() {
    return List.copyOf(attachments);
  }

  public Map<String, JsonValue> properties() {
    return Map.copyOf(properties);
  }

  /** The fields beside those that have a method here. */
  public Map<String, JsonValue> otherFields() {
    return Map.copyOf(otherFields);
  }

  void setProperty(JsonObject property) {
    properties.put(property.getString("key"), property.get("value"));
  }

  @Override
  public String toString() {
    return key + " [" + status + "] " + summary;
  }
}
