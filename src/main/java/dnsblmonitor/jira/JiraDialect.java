package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketText;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** In what Jira Cloud and Data Center differ (R29). */
interface JiraDialect {

  /** Issues of one page, and the cursor of the next one, where there is one. */
  record Page(List<JsonObject> issues, Optional<String> next) {
    public Page {
      issues = List.copyOf(issues);
    }
  }

  /** Where the REST API is, below the server's URL. */
  String apiPath();

  /** A description or comment. */
  JsonValue text(TicketText text);

  /** One page of a search, with all fields that a ticket is judged by. */
  Response search(JiraApi api, String jql, String property, Optional<String> cursor);

  Page page(JsonObject answer);

  /**
   * Whether issue properties come with a search and are surely taken with an edit, as Cloud
   * documents it.
   */
  boolean givesAndTakesProperties();

  /** The projects that the account sees, or the first ones of many. */
  Response projects(JiraApi api);
}
