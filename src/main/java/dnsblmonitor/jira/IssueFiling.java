package dnsblmonitor.jira;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.jira.Attempt.Answered;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files issues, each once: one that may have reached Jira is searched for, not sent again (R26).
 */
final class IssueFiling {

  private static final int SEARCHES = 3;

  private final JiraSettings settings;
  private final JiraDialect dialect;
  private final JiraApi api;
  private final JiraCalls calls;
  private final Replies replies;
  private final IssueSearch search;

  IssueFiling(
      JiraSettings settings,
      JiraDialect dialect,
      JiraApi api,
      JiraCalls calls,
      Replies replies,
      IssueSearch search) {
    this.settings = settings;
    this.dialect = dialect;
    this.api = api;
    this.calls = calls;
    this.replies = replies;
    this.search = search;
  }

  /** The key under which {@code issue} was filed. */
  String file(NewIssue issue, JiraSite site) {
    String what = "create of '" + issue.summary() + "'";
    JsonObject body = body(issue, site);
    Attempt last = calls.unlessArrived(what, () -> api.create(body));
    if (last instanceof Answered(Reply reply)) {
      if (reply.refused()) {
        throw replies.refused(what, reply);
      }
      Optional<String> key =
          reply.succeeded() ? reply.object().flatMap(o -> Wire.text(o, "key")) : Optional.empty();
      if (key.isPresent()) {
        return key.get();
      }
    }
    return lost(issue, site, what, last);
  }

  private JsonObject body(NewIssue issue, JiraSite site) {
    boolean labels = site.takesLabels(issue.issueType());
    JsonObjectBuilder fields =
        Wire.JSON
            .createObjectBuilder(issue.extraFields())
            .add("project", Wire.JSON.createObjectBuilder().add("key", settings.project()))
            .add("issuetype", Wire.JSON.createObjectBuilder().add("id", typeId(issue, site)))
            .add("summary", issue.summary())
            .add("description", dialect.text(issue.description()));
    if (labels) {
      fields.add("labels", Wire.JSON.createArrayBuilder(issue.labels().stream().sorted().toList()));
    }
    JsonObject told = ToldProperty.withLabels(issue.told(), labels ? Set.of() : issue.labels());
    return Wire.JSON
        .createObjectBuilder()
        .add("fields", fields)
        .add("properties", IssueEdits.properties(settings.propertyKey(), told))
        .build();
  }

  private static String typeId(NewIssue issue, JiraSite site) {
    String id = site.typeIds().get(issue.issueType());
    if (id == null) {
      throw new IllegalArgumentException("no such issue type: " + issue.issueType());
    }
    return id;
  }

  /** Searches at 2 s, 4 s, 8 s; what is not found may still exist: the next run decides. */
  private String lost(NewIssue issue, JiraSite site, String what, Attempt last) {
    String cause = what + ": " + last.cause();
    for (int number = 1; number <= SEARCHES; number++) {
      calls.pauseBeforeRetry(
          number, JiraCalls.backoff(number), cause + "; searching whether it was filed");
      Optional<FoundIssue> found =
          candidates(issue, site).stream()
              .filter(candidate -> candidate.labels().contains(issue.ownLabel()))
              .findFirst();
      if (found.isPresent()) {
        return found.get().key();
      }
    }
    throw new TicketDeskException(
        Fault.OUTCOME_UNKNOWN,
        cause + "; it may have been filed but is not found, so it is not filed again in this run",
        last.thrown());
  }

  /** Without labels in Jira those in the property tell, behind the exact summary. */
  private List<FoundIssue> candidates(NewIssue issue, JiraSite site) {
    return site.takesLabels(issue.issueType())
        ? search.openWithLabel(site, issue.ownLabel())
        : search.openTickets(site).stream()
            .filter(candidate -> candidate.summary().equals(issue.summary()))
            .toList();
  }
}
