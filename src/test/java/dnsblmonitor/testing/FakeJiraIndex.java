package dnsblmonitor.testing;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a search of {@link FakeJira} finds, the newest first. */
record FakeJiraIndex(FakeJiraSite site) {

  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Brings new issues nearer to being found; once in a search, however many its pages. */
  void catchUp() {
    site.issues.values().forEach(FakeJiraIssue::search);
  }

  List<FakeJiraIssue> find(String jql) {
    return site.issues.values().stream()
        .filter(_ -> site.permits("BROWSE_PROJECTS"))
        .filter(issue -> issue.visible && issue.hiddenSearches < 0)
        .map(issue -> issue.indexed.orElse(issue))
        .filter(FakeJql.parse(jql, site.projects, site.statuses))
        .sorted(
            Comparator.<FakeJiraIssue, Instant>comparing(issue -> issue.created)
                .thenComparingLong(issue -> issue.number)
                .reversed())
        .toList();
  }

  JsonObject fields(FakeJiraIssue issue, List<String> names) {
    JsonObject all = allFields(issue);
    JsonObjectBuilder asked = Json.createObjectBuilder();
    names.stream().filter(all::containsKey).forEach(name -> asked.add(name, all.get(name)));
    return asked.build();
  }

  JsonObject allFields(FakeJiraIssue issue) {
    return Json.createObjectBuilder()
        .add("summary", issue.summary)
        .add("labels", Json.createArrayBuilder(issue.labels))
        .add("created", CREATED.format(issue.created))
        .add("status", status(issue.status))
        .add("comment", comments(issue))
        .build();
  }

  private static JsonObjectBuilder comments(FakeJiraIssue issue) {
    JsonArrayBuilder comments = Json.createArrayBuilder();
    issue.bodies.forEach(body -> comments.add(Json.createObjectBuilder().add("body", body)));
    return Json.createObjectBuilder().add("comments", comments);
  }

  JsonObjectBuilder status(String name) {
    String category = String.valueOf(site.statuses.get(name));
    return Json.createObjectBuilder()
        .add("name", name)
        .add(
            "statusCategory",
            Json.createObjectBuilder()
                .add(
                    "id",
                    List.of("undefined", "new", "done", "indeterminate").indexOf(category) + 1)
                .add("key", category));
  }
}
