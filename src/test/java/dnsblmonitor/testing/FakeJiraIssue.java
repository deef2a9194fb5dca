package dnsblmonitor.testing;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An issue in {@link FakeJira}, as a test may read it. */
public final class FakeJiraIssue {

  /** A file that was attached. */
  public record Attachment(String name, String content) {}

  final long number;
  final String type;
  final Instant created;
  final Set<String> labels = new TreeSet<>();
  final List<String> comments = new ArrayList<>();

  /** The comments as they were sent. */
  final List<JsonValue> bodies = new ArrayList<>();

  final List<Attachment> attachments = new ArrayList<>();
  final Map<String, JsonValue> properties = new LinkedHashMap<>();
  final Map<String, JsonValue> otherFields = new LinkedHashMap<>();
  final Set<String> formerKeys = new TreeSet<>();
  String project;
  String key;
  String summary;
  String status;
  String description = "";

  /** The description as it was sent. */
  JsonValue text = JsonValue.NULL;

  /** Whether the account may see it. */
  boolean visible = true;

  /** How many searches do not see it yet; below 0 it is seen. */
  int hiddenSearches;

  /** As searches show it for {@link #staleSearches} more, if it was changed lately. */
  Optional<FakeJiraIssue> indexed = Optional.empty();

  int staleSearches;

  FakeJiraIssue(
      String project, long number, String type, String summary, String status, Instant created) {
    this.number = number;
    this.project = project;
    this.key = project + "-" + number;
    this.type = type;
    this.summary = summary;
    this.status = status;
    this.created = created;
  }

  /** As it is now. */
  private FakeJiraIssue copy() {
    FakeJiraIssue copy = new FakeJiraIssue(project, number, type, summary, status, created);
    copy.key = key;
    copy.labels.addAll(labels);
    copy.properties.putAll(properties);
    copy.visible = visible;
    copy.hiddenSearches = hiddenSearches;
    return copy;
  }

  /** It is about to be changed; so many searches still show it as it is. */
  void changes(int searches) {
    if (searches > 0) {
      indexed = indexed.or(() -> Optional.of(copy()));
      staleSearches = searches;
    }
  }

  /** A search more. */
  void search() {
    hiddenSearches--;
    if (--staleSearches < 0) {
      indexed = Optional.empty();
    }
  }

  boolean hasKey(String asked) {
    return key.equals(asked) || formerKeys.contains(asked);
  }

  String id() {
    return String.valueOf(10_000 + number);
  }

  public String key() {
    return key;
  }

  /** Whether the account may see it. */
  public boolean isVisible() {
    return visible;
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
