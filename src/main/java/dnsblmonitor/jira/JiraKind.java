package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Which Jira, and how they differ: API version, text format, search and login (R29). */
public enum JiraKind {

  /** REST v3, ADF documents, search by page tokens. */
  CLOUD("rest/api/3") {
    @Override
    JsonValue text(TicketText text) {
      return Adf.document(text);
    }

    // up to five properties may be named
    @Override
    Response search(JiraApi api, JsonObjectBuilder search, String property, Optional<String> at) {
      search.add("properties", Wire.JSON.createArrayBuilder(List.of(property)));
      at.ifPresent(token -> search.add("nextPageToken", token));
      return api.searchByJql(search.build());
    }

    // there is no total: the last page says so, or names no next one
    @Override
    Page page(JsonObject answer) {
      return new Page(
          Wire.objects(answer, "issues"),
          Wire.text(answer, "nextPageToken").filter(_ -> !answer.getBoolean("isLast", false)));
    }

    @Override
    Response projects(JiraApi api) {
      return api.projects(0, 50);
    }
  },

  /** REST v2, wiki text, search by offsets, without issue properties. */
  DATA_CENTER("rest/api/2") {
    @Override
    JsonValue text(TicketText text) {
      return Wire.JSON.createValue(WikiText.of(text));
    }

    @Override
    Response search(JiraApi api, JsonObjectBuilder search, String property, Optional<String> at) {
      search.add("startAt", at.map(Integer::parseInt).orElse(0));
      return api.search(search.build());
    }

    @Override
    Page page(JsonObject answer) {
      List<JsonObject> issues = Wire.objects(answer, "issues");
      int end = answer.getInt("startAt", 0) + issues.size();
      boolean more = !issues.isEmpty() && end < answer.getInt("total", 0);
      int next = end - Math.min(OVERLAP, issues.size() / 2);
      return new Page(issues, more ? Optional.of("" + next) : Optional.empty());
    }

    @Override
    Response projects(JiraApi api) {
      return api.allProjects();
    }
  };

  private static final int PAGE_SIZE = 100;

  /** Issues that are closed meanwhile move the rest up: so many of a page are read again. */
  private static final int OVERLAP = 10;

  private final String apiPath;

  JiraKind(String apiPath) {
    this.apiPath = apiPath;
  }

  /**
   * What {@code /serverInfo} says: {@code deploymentType} is {@code Cloud} or {@code Server}, which
   * Data Center says as well. An old server says nothing.
   */
  static JiraKind of(JsonObject serverInfo) {
    return Wire.text(serverInfo, "deploymentType").filter("Cloud"::equalsIgnoreCase).isPresent()
        ? CLOUD
        : DATA_CENTER;
  }

  /** Issues of one page, and the cursor of the next one, if there is one. */
  record Page(List<JsonObject> issues, Optional<String> next) {
    public Page {
      issues = List.copyOf(issues);
    }
  }

  /** Where the REST API is, below the server's URL. */
  String apiPath() {
    return apiPath;
  }

  /**
   * Whether issue properties come with a search and are surely taken with an edit, as Cloud
   * documents it. On Data Center a search names none, and not each version documents the edit.
   */
  boolean givesAndTakesProperties() {
    return this == CLOUD;
  }

  /** A description or comment. */
  abstract JsonValue text(TicketText text);

  /** One page of a search, with all fields that a ticket is judged by; else Cloud sends ids. */
  Response search(JiraApi api, String jql, String property, Optional<String> cursor) {
    JsonObjectBuilder search =
        Wire.JSON
            .createObjectBuilder()
            .add("jql", jql)
            .add("maxResults", PAGE_SIZE)
            .add("fields", Wire.JSON.createArrayBuilder(IssueSearch.FIELDS));
    return search(api, search, property, cursor);
  }

  abstract Response search(
      JiraApi api, JsonObjectBuilder search, String property, Optional<String> at);

  abstract Page page(JsonObject answer);

  /** The projects that the account sees, or the first ones of many. */
  abstract Response projects(JiraApi api);
}
