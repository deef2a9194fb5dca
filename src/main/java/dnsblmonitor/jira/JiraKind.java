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
  CLOUD,

  /** REST v2, wiki text, search by offsets, without issue properties. */
  DATA_CENTER;

  private static final int PAGE_SIZE = 100;

  /** Issues that are closed meanwhile move the rest up: as many of a page are read again. */
  private static final int OVERLAP = 10;

  /** By {@code deploymentType}: Cloud, Server (also of a Data Center), or none of an old server. */
  static JiraKind of(JsonObject serverInfo) {
    return Wire.text(serverInfo, "deploymentType").filter("Cloud"::equalsIgnoreCase).isPresent()
        ? CLOUD
        : DATA_CENTER;
  }

  String apiPath() {
    return switch (this) {
      case CLOUD -> "rest/api/3";
      case DATA_CENTER -> "rest/api/2";
    };
  }

  /** A description or comment. */
  JsonValue text(TicketText text) {
    return switch (this) {
      case CLOUD -> Adf.document(text);
      case DATA_CENTER -> Wire.JSON.createValue(WikiText.of(text));
    };
  }

  /** The projects that the account sees, or the first ones of many. */
  Response projects(JiraApi api) {
    return switch (this) {
      case CLOUD -> api.projects();
      case DATA_CENTER -> api.allProjects();
    };
  }

  /**
   * Whether a search shows issue properties and an edit surely takes them, as Cloud documents it.
   * On Data Center a search shows none, and not each version documents the edit.
   */
  boolean supportsProperties() {
    return this == CLOUD;
  }

  /** One page of a search, with all fields that a ticket is judged by. */
  Response search(JiraApi api, String jql, String property, Optional<String> cursor) {
    JsonObjectBuilder search =
        Wire.JSON
            .createObjectBuilder()
            .add("jql", jql)
            .add("maxResults", PAGE_SIZE)
            .add("fields", Wire.JSON.createArrayBuilder(IssueSearch.FIELDS));
    return switch (this) {
      case CLOUD -> {
        search.add("properties", Wire.JSON.createArrayBuilder(List.of(property)));
        cursor.ifPresent(token -> search.add("nextPageToken", token));
        yield api.searchByJql(search.build());
      }
      case DATA_CENTER -> {
        search.add("startAt", cursor.map(Integer::parseInt).orElse(0));
        yield api.search(search.build());
      }
    };
  }

  /** Cloud has no total: its last page says so, or names no next one. */
  Optional<String> nextCursor(JsonObject page) {
    return switch (this) {
      case CLOUD -> Wire.text(page, "nextPageToken").filter(_ -> !page.getBoolean("isLast", false));
      case DATA_CENTER -> {
        int size = Wire.objects(page, "issues").size();
        int end = page.getInt("startAt", 0) + size;
        int next = end - Math.min(OVERLAP, size / 2);
        yield Optional.of("" + next).filter(_ -> size > 0 && end < page.getInt("total", 0));
      }
    };
  }
}
