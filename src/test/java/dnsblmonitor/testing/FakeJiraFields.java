package dnsblmonitor.testing;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks the fields of one create or edit; {@code errors} says what is wrong with which. */
record FakeJiraFields(FakeJiraSite site, Map<String, String> errors) {

  private static final int MAX_SUMMARY = 255;

  FakeJiraFields(FakeJiraSite site) {
    this(site, new TreeMap<>());
  }

  /** The name of the type. */
  String create(JsonObject fields) {
    if (!site.permits("CREATE_ISSUES")) {
      errors.put("project", "You do not have permission to create issues in this project.");
    }
    String type = type(fields);
    screen(fields);
    summary(fields);
    labels(fields);
    return type;
  }

  private String type(JsonObject fields) {
    JsonObject projectField = fields.getJsonObject("project");
    if (projectField == null || !projectField.getString("key", "").equals(site.project)) {
      errors.put("project", "Specify a valid project ID or key");
    }
    JsonObject typeField = fields.getJsonObject("issuetype");
    String id = typeField == null ? "" : typeField.getString("id", "");
    return site.typeIds.entrySet().stream()
        .filter(type -> type.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> {
          errors.put("issuetype", "Specify a valid issue type");
          return "";
        });
  }

  private void screen(JsonObject fields) {
    fields.keySet().stream()
        .filter(field -> !site.screen().contains(field))
        .forEach(field ->
            errors.put(
                field,
                "Field '%s' cannot be set. It is not on the appropriate screen, or unknown."
                    .formatted(field)));
    site.demandedFields.stream()
        .filter(field -> !fields.containsKey(field))
        .forEach(field -> errors.put(field, field + " is required."));
  }

  void summary(JsonObject fields) {
    String summary = fields.getString("summary", "");
    if (summary.isBlank()) {
      errors.put("summary", "You must specify a summary of the issue.");
    } else if (summary.length() > MAX_SUMMARY) {
      errors.put("summary", "Summary must be less than 255 characters.");
    } else if (summary.contains("\n")) {
      errors.put("summary", "The summary is invalid because it contains newline characters.");
    }
  }

  private void labels(JsonObject fields) {
    for (String label : FakeJiraJson.strings(fields.get("labels"))) {
      if (label.contains(" ") || label.length() > MAX_SUMMARY) {
        errors.put("labels", "The label '%s' contains spaces which is invalid.".formatted(label));
      }
    }
  }

  /** A description or comment as plain text. */
  String text(@Nullable JsonValue text, String field) {
    try {
      return text == null ? "" : site.dialect.plain(text);
    } catch (IllegalArgumentException e) {
      errors.put(field, String.valueOf(e.getMessage()));
      return "";
    }
  }
}
