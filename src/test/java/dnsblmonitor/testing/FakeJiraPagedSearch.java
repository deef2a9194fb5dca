package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;

/**
 * {@code POST /search} of Data Center: pages by {@code startAt}, a total, all fields unless some
 * are named, and no issue properties.
 */
record FakeJiraPagedSearch(FakeJiraSite site) {

  FakeJiraAnswer answer(JsonObject request) {
    FakeJiraJson.known(
        request, Set.of("jql", "startAt", "maxResults", "fields", "expand", "validateQuery"));
    JsonValue validate = request.getOrDefault("validateQuery", JsonValue.TRUE);
    if (!Set.of(JsonValue.TRUE, JsonValue.FALSE).contains(validate)) {
      throw new IllegalArgumentException("Can not deserialize instance of boolean");
    }
    List<String> fields = FakeJiraJson.strings(request.get("fields"));
    FakeJiraJson.strings(request.get("expand"));
    int from = request.getInt("startAt", 0);
    int size = Math.min(site.longestPage, request.getInt("maxResults", 50));
    FakeJiraIndex index = new FakeJiraIndex(site);
    if (from == 0) {
      index.catchUp();
    }
    List<FakeJiraIssue> found = index.find(request.getString("jql"));
    JsonArrayBuilder page = Json.createArrayBuilder();
    int first = site.endlessPages ? Math.min(from, Math.max(0, found.size() - size)) : from;
    found.stream().skip(first).limit(size).forEach(issue -> page.add(shown(issue, fields)));
    return FakeJiraAnswer.ok(
        Json.createObjectBuilder()
            .add("expand", "names,schema")
            .add("startAt", from)
            .add("maxResults", size)
            .add("total", site.endlessPages ? from + 2 * size : found.size())
            .add("issues", page)
            .build());
  }

  private JsonObjectBuilder shown(FakeJiraIssue issue, List<String> fields) {
    return Json.createObjectBuilder()
        .add("expand", "operations,editmeta,changelog,renderedFields")
        .add("id", issue.id())
        .add("key", issue.key)
        .add(
            "fields",
            fields.isEmpty()
                ? new FakeJiraIndex(site).allFields(issue)
                : new FakeJiraIndex(site).fields(issue, fields));
  }
}
