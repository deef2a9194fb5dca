package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which resource of {@link FakeJira} answers which request. */
final class FakeJiraResources {

  private static final Pattern CREATE_META =
      Pattern.compile("/issue/createmeta/([^/]+)/issuetypes(?:/([^/]+))?");
  private static final Pattern ISSUE =
      Pattern.compile("/issue/([^/]+)(?:/(attachments)|/properties/([^/]+))?");

  private final FakeJiraSite site;

  FakeJiraResources(FakeJiraSite site) {
    this.site = site;
  }

  static String basic(String user, String token) {
    return "Basic "
        + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
  }

  FakeJiraAnswer answer(FakeJiraRequest request, @Nullable String query) {
    try {
      return switch (request.toString()) {
        case "GET /myself" ->
            FakeJiraAnswer.ok(Json.createObjectBuilder().add("accountId", "5b10a2844c20").build());
        case "GET /serverInfo" ->
            FakeJiraAnswer.ok(Json.createObjectBuilder().add("deploymentType", "Cloud").build());
        case "GET /status" -> FakeJiraAnswer.ok(named(site.statuses).build());
        case "GET /project/search" -> FakeJiraAnswer.ok(projects());
        case "POST /search/jql" -> new FakeJiraSearch(site).answer(json(request));
        case "POST /issue" -> site.create(json(request));
        default -> issueOrMeta(request, query == null ? "" : query);
      };
    } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
      return FakeJiraAnswer.message(400, String.valueOf(e.getMessage()));
    }
  }

  private FakeJiraAnswer issueOrMeta(FakeJiraRequest request, String query) {
    Matcher meta = CREATE_META.matcher(request.path());
    if (request.method().equals("GET") && meta.matches()) {
      return createMeta(meta.group(1), meta.group(2), query);
    }
    Matcher path = ISSUE.matcher(request.path());
    if (!path.matches()) {
      return FakeJiraAnswer.message(404, "null for uri: " + request.path());
    }
    FakeJiraIssue issue = site.issues.get(path.group(1));
    if (issue == null) {
      return FakeJiraAnswer.message(
          404, "Issue does not exist or you do not have permission to see it.");
    }
    String property = path.group(3);
    if (request.method().equals("GET") && property != null) {
      return property(issue, property);
    }
    if (request.method().equals("POST") && path.group(2) != null) {
      return site.attach(issue, request);
    }
    return request.method().equals("PUT") && path.group(2) == null
        ? site.edit(issue, json(request))
        : FakeJiraAnswer.message(405, "Method Not Allowed");
  }

  private static FakeJiraAnswer property(FakeJiraIssue issue, String key) {
    JsonValue value = issue.properties.get(key);
    return value == null
        ? FakeJiraAnswer.message(404, "The property '%s' does not exist.".formatted(key))
        : FakeJiraAnswer.ok(Json.createObjectBuilder().add("key", key).add("value", value).build());
  }

  private static JsonObject json(FakeJiraRequest request) {
    if (!request.header("content-type").orElse("").startsWith("application/json")) {
      throw new IllegalArgumentException("not application/json");
    }
    try (JsonReader reader = Json.createReader(new StringReader(request.body()))) {
      return reader.readObject();
    } catch (JsonException e) {
      throw new IllegalArgumentException("no JSON object", e);
    }
  }

  private JsonObject projects() {
    return Json.createObjectBuilder()
        .add(
            "values",
            Json.createArrayBuilder()
                .add(Json.createObjectBuilder().add("key", site.project).add("name", "Operations")))
        .add("isLast", true)
        .build();
  }

  private FakeJiraAnswer createMeta(String project, @Nullable String typeId, String query) {
    if (!project.equals(site.project)) {
      return FakeJiraAnswer.message(
          404, "No project could be found with key '%s'.".formatted(project));
    }
    if (typeId == null) {
      JsonArrayBuilder types = Json.createArrayBuilder();
      site.typeIds.forEach(
          (name, id) -> types.add(Json.createObjectBuilder().add("id", id).add("name", name)));
      return page("issueTypes", types.build().getValuesAs(JsonObject.class), query);
    }
    if (!site.typeIds.containsValue(typeId)) {
      return FakeJiraAnswer.message(404, "Issue type does not exist.");
    }
    return page("fields", site.screen().stream().map(this::field).toList(), query);
  }

  private JsonObject field(String id) {
    return Json.createObjectBuilder()
        .add("fieldId", id)
        .add("key", id)
        .add("name", id)
        .add("required", !id.equals("labels") && !id.equals("description"))
        .add("hasDefaultValue", id.equals("reporter"))
        .build();
  }

  /** Two elements a page, so that whoever reads the first one only misses some. */
  private static FakeJiraAnswer page(String member, List<JsonObject> all, String query) {
    Matcher start = Pattern.compile("startAt=(\\d+)").matcher(query);
    int from = start.find() ? Math.min(Integer.parseInt(start.group(1)), all.size()) : 0;
    List<JsonObject> page = all.subList(from, Math.min(from + 2, all.size()));
    return FakeJiraAnswer.ok(
        Json.createObjectBuilder()
            .add("startAt", from)
            .add("maxResults", 2)
            .add("total", all.size())
            .add(member, Json.createArrayBuilder(page))
            .build());
  }

  private static JsonArrayBuilder named(Iterable<String> names) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    names.forEach(name -> array.add(Json.createObjectBuilder().add("name", name)));
    return array;
  }
}
