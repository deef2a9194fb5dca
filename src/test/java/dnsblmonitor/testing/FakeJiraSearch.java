package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code POST /search/jql}: ids only unless fields are named, pages by token, no total. */
record FakeJiraSearch(FakeJiraSite site) {

  /** So that no token comes twice. */
  private static final AtomicInteger tokens = new AtomicInteger();

  FakeJiraAnswer answer(JsonObject request) {
    FakeJiraJson.known(
        request, Set.of("jql", "maxResults", "fields", "properties", "nextPageToken"));
    String jql = request.getString("jql");
    List<String> properties = FakeJiraJson.strings(request.get("properties"));
    if (properties.size() > 5) {
      return FakeJiraAnswer.message(400, "A maximum of 5 properties may be requested.");
    }
    int from = 0;
    FakeJiraIndex index = new FakeJiraIndex(site);
    if (request.containsKey("nextPageToken")) {
      from = offset(request.getString("nextPageToken"), jql);
    } else {
      index.catchUp();
    }
    List<FakeJiraIssue> found = index.find(jql);
    int size = Math.min(site.longestPage, request.getInt("maxResults", 50));
    if (site.endlessPages) {
      from = Math.min(from, Math.max(0, found.size() - size)); // the last page, again and again
    }
    int to = Math.min(found.size(), from + size);
    boolean last = to == found.size() && !site.endlessPages;
    JsonArrayBuilder page = Json.createArrayBuilder();
    found
        .subList(Math.min(from, to), to)
        .forEach(issue ->
            page.add(shown(issue, FakeJiraJson.strings(request.get("fields")), properties)));
    JsonObjectBuilder answer = Json.createObjectBuilder().add("issues", page).add("isLast", last);
    if (!last) {
      answer.add("nextPageToken", token(to + "." + tokens.incrementAndGet(), jql));
    }
    return FakeJiraAnswer.ok(answer.build());
  }

  private static String token(String offset, String jql) {
    return Base64.getUrlEncoder()
        .encodeToString((offset + ":" + jql).getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(String token, String jql) {
    String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    if (!text.endsWith(":" + jql)) {
      throw new IllegalArgumentException("The page token belongs to another search.");
    }
    return Integer.parseInt(text.substring(0, text.indexOf('.')));
  }

  /** {@code GET /issue/{key}}: as it is now. Data Center gives no properties. */
  FakeJiraAnswer one(FakeJiraIssue issue, FakeJiraRequest request) {
    List<String> properties =
        site.dialect == FakeJiraDialect.CLOUD
            ? List.of(request.parameter("properties").orElse("").split(","))
            : List.of();
    List<String> fields = List.of(request.parameter("fields").orElse("").split(","));
    return FakeJiraAnswer.ok(shown(issue, fields, properties));
  }

  private JsonObject shown(FakeJiraIssue issue, List<String> fields, List<String> properties) {
    JsonObjectBuilder shown = Json.createObjectBuilder().add("id", issue.id());
    if (fields.isEmpty()) {
      return shown.build();
    }
    JsonObjectBuilder held = Json.createObjectBuilder();
    issue.properties.forEach((key, value) -> {
      if (properties.contains(key)) {
        held.add(key, value);
      }
    });
    return shown
        .add("key", issue.key)
        .add("fields", new FakeJiraIndex(site).fields(issue, fields))
        .add("properties", held)
        .build();
  }
}
