package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What {@link FakeJira} holds, and what its resources do to it. Guarded by the server's lock. */
final class FakeJiraSite {

  private static final int LONGEST_SUMMARY = 255;

  final String project;
  final Clock clock;
  final Map<String, FakeJiraIssue> issues = new LinkedHashMap<>();
  final Set<String> statuses = new TreeSet<>(Set.of("To Do", "In Progress", "Done", "Closed"));
  final Map<String, String> typeIds =
      new TreeMap<>(Map.of("Task", "10001", "Bug", "10002", "Incident", "10003"));
  final Set<String> demandedFields = new TreeSet<>();
  boolean labelsOnScreen = true;
  boolean attachmentsAllowed = true;
  int longestPage = 100;
  int searchesUntilVisible;
  int writes;

  FakeJiraSite(String project, Clock clock) {
    this.project = project;
    this.clock = clock;
  }

  FakeJiraIssue add(String type, String summary) {
    long number = issues.size() + 1L;
    FakeJiraIssue issue =
        new FakeJiraIssue(project, number, type, summary, "To Do", clock.instant());
    issues.put(issue.key, issue);
    return issue;
  }

  FakeJiraAnswer create(JsonObject request) {
    known(request, Set.of("fields", "properties"));
    JsonObject fields = request.getJsonObject("fields");
    Map<String, String> errors = new TreeMap<>();
    String type = type(fields, errors);
    checkScreen(fields, errors);
    checkSummary(fields, errors);
    checkLabels(fields, errors);
    String description = text(fields.get("description"), "description", errors);
    if (!errors.isEmpty()) {
      return FakeJiraAnswer.errors(errors);
    }
    FakeJiraIssue issue = add(type, fields.getString("summary"));
    issue.description = description;
    issue.hiddenSearches = searchesUntilVisible;
    issue.labels.addAll(strings(fields.get("labels")));
    fields.forEach((name, value) -> {
      if (demandedFields.contains(name)) {
        issue.otherFields.put(name, value);
      }
    });
    setProperties(issue, request);
    writes++;
    return new FakeJiraAnswer(
        201,
        Json.createObjectBuilder()
            .add("id", "" + (10_000 + issue.number))
            .add("key", issue.key)
            .build()
            .toString());
  }

  private String type(JsonObject fields, Map<String, String> errors) {
    JsonObject projectField = fields.getJsonObject("project");
    if (projectField == null || !projectField.getString("key", "").equals(project)) {
      errors.put("project", "Specify a valid project ID or key");
    }
    JsonObject typeField = fields.getJsonObject("issuetype");
    String id = typeField == null ? "" : typeField.getString("id", "");
    return typeIds.entrySet().stream()
        .filter(type -> type.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> {
          errors.put("issuetype", "Specify a valid issue type");
          return "";
        });
  }

  /** The fields of the create screen of every type. */
  Set<String> screen() {
    Set<String> screen =
        new TreeSet<>(Set.of("project", "issuetype", "summary", "description", "reporter"));
    screen.addAll(demandedFields);
    if (labelsOnScreen) {
      screen.add("labels");
    }
    return screen;
  }

  private void checkScreen(JsonObject fields, Map<String, String> errors) {
    fields.keySet().stream()
        .filter(field -> !screen().contains(field))
        .forEach(field ->
            errors.put(
                field,
                "Field '%s' cannot be set. It is not on the appropriate screen, or unknown."
                    .formatted(field)));
    demandedFields.stream()
        .filter(field -> !fields.containsKey(field))
        .forEach(field -> errors.put(field, field + " is required."));
  }

  private static void checkSummary(JsonObject fields, Map<String, String> errors) {
    String summary = fields.getString("summary", "");
    if (summary.isBlank()) {
      errors.put("summary", "You must specify a summary of the issue.");
    } else if (summary.length() > LONGEST_SUMMARY) {
      errors.put("summary", "Summary must be less than 255 characters.");
    } else if (summary.contains("\n")) {
      errors.put("summary", "The summary is invalid because it contains newline characters.");
    }
  }

  private static void checkLabels(JsonObject fields, Map<String, String> errors) {
    for (String label : strings(fields.get("labels"))) {
      if (label.contains(" ") || label.length() > LONGEST_SUMMARY) {
        errors.put("labels", "The label '%s' contains spaces which is invalid.".formatted(label));
      }
    }
  }

  private static String text(@Nullable JsonValue adf, String field, Map<String, String> errors) {
    try {
      return adf == null ? "" : FakeAdf.plain(adf);
    } catch (IllegalArgumentException e) {
      errors.put(field, String.valueOf(e.getMessage()));
      return "";
    }
  }

  FakeJiraAnswer edit(FakeJiraIssue issue, JsonObject request) {
    known(request, Set.of("fields", "update", "properties"));
    JsonObject fields = object(request, "fields");
    JsonObject update = object(request, "update");
    known(fields, Set.of("summary"));
    known(update, Set.of("comment"));
    Map<String, String> errors = new TreeMap<>();
    if (fields.containsKey("summary")) {
      checkSummary(fields, errors);
    }
    List<String> comments = new ArrayList<>();
    if (update.containsKey("comment")) {
      for (JsonValue operation : update.getJsonArray("comment")) {
        JsonObject add = operation.asJsonObject().getJsonObject("add");
        comments.add(text(add.get("body"), "comment", errors));
      }
    }
    if (!errors.isEmpty()) {
      return FakeJiraAnswer.errors(errors);
    }
    issue.summary = fields.getString("summary", issue.summary);
    issue.comments.addAll(comments);
    setProperties(issue, request);
    writes++;
    return new FakeJiraAnswer(204, "");
  }

  private static void setProperties(FakeJiraIssue issue, JsonObject request) {
    if (request.containsKey("properties")) {
      for (JsonValue property : request.getJsonArray("properties")) {
        known(property.asJsonObject(), Set.of("key", "value"));
        issue.setProperty(property.asJsonObject());
      }
    }
  }

  /** One file in a part named {@code file}. */
  FakeJiraAnswer attach(FakeJiraIssue issue, FakeJiraRequest request) {
    if (!request.header("x-atlassian-token").orElse("").equals("no-check")) {
      return FakeJiraAnswer.message(403, "XSRF check failed");
    }
    if (!attachmentsAllowed) {
      return FakeJiraAnswer.message(403, "You do not have permission to create attachments.");
    }
    issue.attachments.add(
        FakeMultipart.file(request.header("content-type").orElse(""), request.body()));
    writes++;
    return FakeJiraAnswer.ok(JsonValue.EMPTY_JSON_ARRAY);
  }

  private static JsonObject object(JsonObject object, String name) {
    return object.containsKey(name) ? object.getJsonObject(name) : JsonValue.EMPTY_JSON_OBJECT;
  }

  static void known(JsonObject object, Set<String> members) {
    object
        .keySet()
        .forEach(name -> {
          if (!members.contains(name)) {
            throw new IllegalArgumentException("Unrecognized field \"%s\"".formatted(name));
          }
        });
  }

  static List<String> strings(@Nullable JsonValue array) {
    return array == null
        ? List.of()
        : array.asJsonArray().getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList();
  }
}
