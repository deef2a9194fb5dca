package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketText;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Jira Data Center: REST v2, wiki text, search by offsets, without issue properties. */
final class DataCenterDialect implements JiraDialect {

  static final String API_PATH = "rest/api/2";

  private static final int PAGE_SIZE = 100;

  /** What people close meanwhile moves the rest up: so many of the page before are read again. */
  private static final int OVERLAP = 10;

  @Override
  public String apiPath() {
    return API_PATH;
  }

  @Override
  public JsonValue text(TicketText text) {
    return Wire.JSON.createValue(WikiText.of(text));
  }

  @Override
  public Response search(JiraApi api, String jql, String property, Optional<String> cursor) {
    return api.search(
        Wire.JSON
            .createObjectBuilder()
            .add("jql", jql)
            .add("startAt", cursor.map(Integer::parseInt).orElse(0))
            .add("maxResults", PAGE_SIZE)
            .add("fields", Wire.JSON.createArrayBuilder(IssueSearch.FIELDS))
            .build());
  }

  @Override
  public Page page(JsonObject answer) {
    List<JsonObject> issues = Wire.objects(answer, "issues");
    int end = answer.getInt("startAt", 0) + issues.size();
    boolean more = !issues.isEmpty() && end < answer.getInt("total", 0);
    int next = end - Math.min(OVERLAP, issues.size() / 2);
    return new Page(issues, more ? Optional.of("" + next) : Optional.empty());
  }

  /** A search names no properties; that an edit takes them is not documented for each version. */
  @Override
  public boolean givesAndTakesProperties() {
    return false;
  }

  @Override
  public Response projects(JiraApi api) {
    return api.allProjects();
  }
}
