package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@link FakeJira} tells of itself: its kind, project, types, screens, permissions. */
record FakeJiraMeta(FakeJiraSite site) {

  /** Two elements a page, so that whoever reads the first one only misses some. */
  private static final int PAGE_SIZE = 2;

  FakeJiraAnswer serverInfo() {
    return FakeJiraAnswer.ok(
        Json.createObjectBuilder()
            .add("baseUrl", "https://jira.example")
            .add("version", site.dialect.version)
            .add("deploymentType", site.dialect.deploymentType)
            .build());
  }

  FakeJiraAnswer statuses() {
    JsonArrayBuilder array = Json.createArrayBuilder();
    FakeJiraIndex index = new FakeJiraIndex(site);
    site.statuses.keySet().forEach(name -> array.add(index.status(name)));
    return FakeJiraAnswer.ok(array.build());
  }

  /** Cloud's page of projects. */
  FakeJiraAnswer projectPage() {
    return FakeJiraAnswer.ok(
        Json.createObjectBuilder().add("values", projects()).add("isLast", true).build());
  }

  /** Data Center's list of them. */
  FakeJiraAnswer projectList() {
    return FakeJiraAnswer.ok(projects().build());
  }

  private JsonArrayBuilder projects() {
    return Json.createArrayBuilder()
        .add(
            Json.createObjectBuilder()
                .add("id", "10000")
                .add("key", site.project)
                .add("name", "Operations"));
  }

  /** Cloud wants to be told which; Data Center tells all, whatever it is told. */
  FakeJiraAnswer permissions(FakeJiraRequest request) {
    if (!request.parameter("projectKey").orElse(site.project).equals(site.project)) {
      return noProject(request.parameter("projectKey").orElse(""));
    }
    Set<String> asked = new TreeSet<>(site.permissions.keySet());
    if (site.dialect == FakeJiraDialect.CLOUD) {
      asked.clear();
      asked.addAll(List.of(request.parameter("permissions").orElse("").split(",")));
      if (!site.permissions.keySet().containsAll(asked)) {
        return FakeJiraAnswer.message(400, "Unrecognized permission among " + asked);
      }
    }
    JsonObjectBuilder permissions = Json.createObjectBuilder();
    int id = 10;
    for (String key : asked) {
      permissions.add(
          key,
          Json.createObjectBuilder()
              .add("id", "" + id++)
              .add("key", key)
              .add("name", String.valueOf(site.permissions.get(key)))
              .add("type", "PROJECT")
              .add("description", "")
              .add("havePermission", site.permits(key)));
    }
    return FakeJiraAnswer.ok(Json.createObjectBuilder().add("permissions", permissions).build());
  }

  FakeJiraAnswer issueTypes(String project, FakeJiraRequest request) {
    if (!project.equals(site.project)) {
      return noProject(project);
    }
    return page("issueTypes", site.typeIds.keySet().stream().map(this::type).toList(), request);
  }

  private JsonObject type(String name) {
    return Json.createObjectBuilder()
        .add("id", String.valueOf(site.typeIds.get(name)))
        .add("name", name)
        .add("subtask", false)
        .build();
  }

  FakeJiraAnswer createFields(String project, String typeId, FakeJiraRequest request) {
    if (!project.equals(site.project)) {
      return noProject(project);
    }
    if (!site.typeIds.containsValue(typeId)) {
      return FakeJiraAnswer.message(404, "Issue type does not exist.");
    }
    return page("fields", site.screen().stream().map(FakeJiraMeta::field).toList(), request);
  }

  private static FakeJiraAnswer noProject(String key) {
    return FakeJiraAnswer.message(404, "No project could be found with key '%s'.".formatted(key));
  }

  private static JsonObject field(String id) {
    return Json.createObjectBuilder()
        .add("fieldId", id)
        .add("key", id)
        .add("name", id)
        .add("operations", Json.createArrayBuilder().add("set"))
        .add("schema", Json.createObjectBuilder().add("type", "any").add("system", id))
        .add("required", !id.equals("labels") && !id.equals("description"))
        .add("hasDefaultValue", id.equals("reporter"))
        .build();
  }

  /** The elements stand in {@code member} on Cloud, in {@code values} on Data Center. */
  private FakeJiraAnswer page(String member, List<JsonObject> all, FakeJiraRequest request) {
    boolean cloud = site.dialect == FakeJiraDialect.CLOUD;
    int start = Integer.parseInt(request.parameter("startAt").orElse("0"));
    int from = Math.min(start, all.size());
    int to = Math.min(from + PAGE_SIZE, all.size());
    JsonObjectBuilder page =
        Json.createObjectBuilder()
            .add("startAt", from)
            .add("maxResults", PAGE_SIZE)
            .add("total", all.size())
            .add(cloud ? member : "values", Json.createArrayBuilder(all.subList(from, to)));
    if (!cloud) {
      page.add("isLast", to == all.size());
    }
    return FakeJiraAnswer.ok(page.build());
  }
}
