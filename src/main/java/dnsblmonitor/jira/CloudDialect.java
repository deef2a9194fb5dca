package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Jira Cloud: REST v3, ADF documents, search by page tokens. */
final class CloudDialect implements JiraDialect {

  private static final int PAGE_SIZE = 100;

  @Override
  public String apiPath() {
    return "rest/api/3";
  }

  @Override
  public JsonValue text(TicketText text) {
    return Adf.document(text);
  }

  /** Without {@code fields} it would answer ids only; up to five properties may be named. */
  @Override
  public Response search(JiraApi api, String jql, String property, Optional<String> cursor) {
    JsonObjectBuilder search =
        Wire.JSON
            .createObjectBuilder()
            .add("jql", jql)
            .add("maxResults", PAGE_SIZE)
            .add("fields", Wire.JSON.createArrayBuilder(IssueSearch.FIELDS))
            .add("properties", Wire.JSON.createArrayBuilder(List.of(property)));
    cursor.ifPresent(token -> search.add("nextPageToken", token));
    return api.searchByJql(search.build());
  }

  /** There is no total: the last page says so, or names no next one. */
  @Override
  public Page page(JsonObject answer) {
    return new Page(
        Wire.objects(answer, "issues"),
        Wire.text(answer, "nextPageToken").filter(_ -> !answer.getBoolean("isLast", false)));
  }

  @Override
  public boolean givesAndTakesProperties() {
    return true;
  }

  @Override
  public Response projects(JiraApi api) {
    return api.projects(0, 50);
  }
}
