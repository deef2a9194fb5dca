package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** {@code POST /search/jql}: ids only unless fields are named, pages by token, no total. */
record FakeJiraSearch(FakeJiraSite site) {

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
    int to =
        Math.min(found.size(), from + Math.min(site.longestPage, request.getInt("maxResults", 50)));
    JsonArrayBuilder page = Json.createArrayBuilder();
    found
        .subList(Math.min(from, to), to)
        .forEach(issue ->
            page.add(shown(issue, FakeJiraJson.strings(request.get("fields")), properties)));
    JsonObjectBuilder answer =
        Json.createObjectBuilder().add("issues", page).add("isLast", to == found.size());
    if (to < found.size()) {
      answer.add("nextPageToken", token(to, jql));
    }
    return FakeJiraAnswer.ok(answer.build());
  }

  private static String token(int offset, String jql) {
    return Base64.getUrlEncoder()
        .encodeToString((offset + ":" + jql).getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(String token, String jql) {
    String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    if (!text.endsWith(":" + jql)) {
      throw new IllegalArgumentException("The page token belongs to another search.");
    }
    return Integer.parseInt(text.substring(0, text.indexOf(':')));
  }

  private static JsonObject shown(
      FakeJiraIssue issue, List<String> fields, List<String> properties) {
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
        .add("fields", FakeJiraIndex.fields(issue, fields))
        .add("properties", held)
        .build();
  }
}
