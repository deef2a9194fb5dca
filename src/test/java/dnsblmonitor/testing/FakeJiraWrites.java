package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What changes issues in {@link FakeJira}. A refused request changes nothing. */
record FakeJiraWrites(FakeJiraSite site) {

  private static final int MAX_BULK = 50;

  /** Characters of the value of an issue property. */
  private static final int MAX_PROPERTY = 32_768;

  FakeJiraAnswer create(JsonObject request) {
    return counted(() -> createOne(request));
  }

  private FakeJiraAnswer createOne(JsonObject request) {
    FakeJiraJson.known(request, Set.of("fields", "update", "properties"));
    FakeJiraJson.known(FakeJiraJson.object(request, "update"), Set.of());
    JsonObject fields = request.getJsonObject("fields");
    FakeJiraFields checked = new FakeJiraFields(site);
    String type = checked.create(fields);
    String description = checked.text(fields.get("description"), "description");
    if (!checked.errors().isEmpty()) {
      return FakeJiraAnswer.errors(checked.errors());
    }
    FakeJiraIssue issue = site.add(type, fields.getString("summary"));
    issue.description = description;
    issue.text = fields.getOrDefault("description", JsonValue.NULL);
    issue.hiddenSearches = site.searchesUntilVisible;
    issue.visible = !site.hidesNew;
    if (!site.dropsLabels) {
      issue.labels.addAll(FakeJiraJson.strings(fields.get("labels")));
    }
    fields.forEach((name, value) -> {
      if (site.demandedFields.contains(name)) {
        issue.otherFields.put(name, value);
      }
    });
    setProperties(issue, request);
    site.writes++;
    return new FakeJiraAnswer(201, created(issue).toString());
  }

  private static JsonObject created(FakeJiraIssue issue) {
    return Json.createObjectBuilder()
        .add("id", issue.id())
        .add("key", issue.key)
        .add("self", "https://jira.example/rest/api/latest/issue/" + issue.id())
        .build();
  }

  /** Up to 50 issues, each of which is filed or refused by itself. */
  FakeJiraAnswer createAll(JsonObject request) {
    FakeJiraJson.known(request, Set.of("issueUpdates"));
    List<JsonObject> updates =
        request.getJsonArray("issueUpdates").getValuesAs(JsonObject.class::cast);
    if (updates.isEmpty() || updates.size() > MAX_BULK) {
      return FakeJiraAnswer.message(
          400, "The number of issues to create must be between 1 and " + MAX_BULK + ".");
    }
    updates.forEach(update -> FakeJiraJson.known(update, Set.of("fields", "update", "properties")));
    return counted(() -> bulk(updates));
  }

  private FakeJiraAnswer bulk(List<JsonObject> updates) {
    JsonArrayBuilder issues = Json.createArrayBuilder();
    JsonArrayBuilder errors = Json.createArrayBuilder();
    int failed = 0;
    for (int number = 0; number < updates.size(); number++) {
      FakeJiraAnswer answer = createOne(updates.get(number));
      JsonObject said = FakeJiraJson.parsed(answer.body()).asJsonObject();
      if (answer.succeeded()) {
        issues.add(said);
      } else {
        failed++;
        errors.add(failure(number, answer.status(), said));
      }
    }
    return new FakeJiraAnswer(
        failed == updates.size() ? 400 : 201,
        Json.createObjectBuilder().add("issues", issues).add("errors", errors).build().toString());
  }

  private static JsonObjectBuilder failure(int number, int status, JsonObject errors) {
    return Json.createObjectBuilder()
        .add("status", status)
        .add("elementErrors", errors)
        .add("failedElementNumber", number);
  }

  FakeJiraAnswer edit(FakeJiraIssue issue, JsonObject request) {
    FakeJiraJson.known(request, Set.of("fields", "update", "properties"));
    if (!request.containsKey("fields") && !request.containsKey("update")) {
      return FakeJiraAnswer.message(400, "one of 'fields' or 'update' required");
    }
    JsonObject fields = FakeJiraJson.object(request, "fields");
    FakeJiraJson.known(fields, Set.of("summary"));
    JsonObject update = FakeJiraJson.object(request, "update");
    FakeJiraJson.known(update, Set.of("comment"));
    if (!site.permitsEdit(issue)) {
      return FakeJiraAnswer.message(
          403, "You do not have permission to edit issues in this project.");
    }
    FakeJiraFields checked = new FakeJiraFields(site);
    if (fields.containsKey("summary")) {
      checked.summary(fields);
    }
    List<String> comments = comments(issue, update, checked);
    if (!checked.errors().isEmpty()) {
      return FakeJiraAnswer.errors(checked.errors());
    }
    return counted(() -> {
      issue.changes(site.searchesUntilChanged);
      issue.summary = fields.getString("summary", issue.summary);
      issue.comments.addAll(comments);
      if (update.containsKey("comment")) {
        update
            .getJsonArray("comment")
            .forEach(it -> issue.bodies.add(it.asJsonObject().getJsonObject("add").get("body")));
      }
      setProperties(issue, request);
      site.writes++;
      return new FakeJiraAnswer(204, "");
    });
  }

  private List<String> comments(FakeJiraIssue issue, JsonObject update, FakeJiraFields checked) {
    List<String> comments = new ArrayList<>();
    if (!update.containsKey("comment")) {
      return comments;
    }
    for (JsonValue operation : update.getJsonArray("comment")) {
      JsonObject add = operation.asJsonObject().getJsonObject("add");
      comments.add(checked.text(add.get("body"), "comment"));
    }
    if (!site.permits("ADD_COMMENTS")) {
      checked.errors().put("comment", "You do not have the permission to comment on this issue.");
    } else if (issue.comments.size() + comments.size() > site.commentLimit) {
      checked.errors().put("comment", site.full);
    }
    return comments;
  }

  private void setProperties(FakeJiraIssue issue, JsonObject request) {
    if (request.containsKey("properties")) {
      for (JsonValue property : request.getJsonArray("properties")) {
        FakeJiraJson.known(property.asJsonObject(), Set.of("key", "value"));
        if (!site.ignoresProperties) {
          issue.setProperty(property.asJsonObject());
        }
      }
    }
  }

  FakeJiraAnswer setProperty(FakeJiraIssue issue, String key, JsonValue value) {
    if (!site.permitsEdit(issue)) {
      return FakeJiraAnswer.message(403, "You do not have permission to edit this issue.");
    }
    if (value.toString().length() > MAX_PROPERTY) {
      return FakeJiraAnswer.message(400, "The property value is too long.");
    }
    return counted(() -> {
      issue.changes(site.searchesUntilChanged);
      site.writes++;
      return new FakeJiraAnswer(issue.properties.put(key, value) == null ? 201 : 200, "");
    });
  }

  /** One file in a part named {@code file}. */
  FakeJiraAnswer attach(FakeJiraIssue issue, FakeJiraRequest request) {
    if (!request.header("x-atlassian-token").orElse("").equals("no-check")) {
      return FakeJiraAnswer.message(403, "XSRF check failed");
    }
    if (!site.attachmentsAllowed || !site.permits("CREATE_ATTACHMENTS")) {
      return FakeJiraAnswer.message(403, "You do not have permission to create attachments.");
    }
    return counted(() -> {
      issue.attachments.add(
          FakeMultipart.file(request.header("content-type").orElse(""), request.body()));
      site.writes++;
      return FakeJiraAnswer.ok(JsonValue.EMPTY_JSON_ARRAY);
    });
  }

  private FakeJiraAnswer counted(Supplier<FakeJiraAnswer> write) {
    FakeJiraAnswer answer = write.get();
    if (answer.succeeded()) {
      site.writeRequests++;
    }
    return answer;
  }
}
