package dnsblmonitor.jira;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.jira.Attempt.Answered;
import dnsblmonitor.jira.JiraSite.CreateScreen;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Files issues, each once: one that may have reached Jira is searched for, not sent again (R26).
 */
final class IssueFiling {

  /** Jira takes 50; half of them are created within the read time-out even at a second each. */
  static final int MAX_ISSUES = 25;

  /** The smallest number of issues that is worth a bulk request. */
  static final int MIN_ISSUES = 5;

  private final JiraSession jira;
  private final JiraSite site;
  private final IssueSearch search;

  IssueFiling(JiraSession jira, JiraSite site, IssueSearch search) {
    this.jira = jira;
    this.site = site;
    this.search = search;
  }

  /**
   * Files {@code issues}, at most {@link #MAX_ISSUES}, in bulk if Jira lets us; each may fail
   * alone.
   *
   * @param filed takes each that was filed, with its key, as soon as it is known
   * @param failed takes the others
   */
  void file(
      List<NewIssue> issues,
      BiConsumer<NewIssue, String> filed,
      BiConsumer<NewIssue, TicketDeskException> failed) {
    NewIssue first = issues.getFirst();
    boolean single = issues.size() == 1;
    String what =
        single
            ? "create of '%s'".formatted(first.summary())
            : "create of %d issues from '%s' on".formatted(issues.size(), first.summary());
    JsonObject body = single ? body(first) : bulk(issues);
    Attempt last = jira.unlessArrived(what, api -> single ? api.create(body) : api.createAll(body));
    if (last instanceof Answered(Reply reply)) {
      if (report(issues, reply, filed, failed)) {
        return;
      }
      if (reply.refused()) { // the bulk request as such
        issues.forEach(issue -> file(List.of(issue), filed, failed));
        return;
      }
    }
    String cause = what + ": " + last.cause();
    TicketDeskException unknown =
        new TicketDeskException(
            Fault.OUTCOME_UNKNOWN,
            cause
                + "; it may have been filed but cannot be found, so this run does not file it again",
            last.thrown());
    searchFor(issues, cause, filed).forEach(issue -> failed.accept(issue, unknown));
  }

  /**
   * Reads the answer: the created issues in order, without those that {@code errors} names by their
   * number. False if it does not add up.
   */
  private boolean report(
      List<NewIssue> issues,
      Reply reply,
      BiConsumer<NewIssue, String> filed,
      BiConsumer<NewIssue, TicketDeskException> failed) {
    JsonObject answer = reply.object().orElse(JsonObject.EMPTY_JSON_OBJECT);
    if (issues.size() == 1 && reply.refused()) {
      failed.accept(issues.getFirst(), refused(issues.getFirst(), reply.status(), answer));
      return true;
    }
    Map<Integer, JsonObject> errors = new TreeMap<>();
    for (JsonObject error : Wire.objects(answer, "errors")) {
      if (error.get("failedElementNumber") instanceof JsonNumber number) {
        errors.put(number.intValue(), error);
      }
    }
    errors.keySet().removeIf(number -> number < 0 || number >= issues.size());
    List<JsonObject> created =
        issues.size() == 1 && reply.succeeded() ? List.of(answer) : Wire.objects(answer, "issues");
    List<String> keys = Wire.texts(created, "key");
    if (keys.size() + errors.size() != issues.size()) {
      return false;
    }
    Iterator<String> key = keys.iterator();
    for (int i = 0; i < issues.size(); i++) {
      NewIssue issue = issues.get(i);
      JsonObject error = errors.get(i);
      if (error == null) {
        filed.accept(issue, key.next());
      } else {
        JsonObject words = Wire.object(error, "elementErrors");
        failed.accept(issue, refused(issue, error.getOrDefault("status", JsonValue.NULL), words));
      }
    }
    return true;
  }

  /** With what to do, if Jira names a field that the configuration could set. */
  private TicketDeskException refused(NewIssue issue, Object status, JsonObject error) {
    Set<String> settable = new TreeSet<>(Wire.object(error, "errors").keySet());
    settable.removeAll(DeskOpening.ALWAYS_SENT);
    String remedy =
        settable.isEmpty()
            ? ""
            : "; set the fields that the project requires for %s in JIRA_EXTRA_FIELDS (%s)"
                .formatted(issue.issueType(), jira.replies().quoted(String.join(", ", settable)));
    return new TicketDeskException(
        Fault.TICKET_REFUSED,
        "create of '%s': HTTP %s%s%s"
            .formatted(issue.summary(), status, jira.replies().words(error), remedy));
  }

  private JsonObject bulk(List<NewIssue> issues) {
    List<JsonObject> bodies = issues.stream().map(this::body).toList();
    return Wire.JSON
        .createObjectBuilder()
        .add("issueUpdates", Wire.JSON.createArrayBuilder(bodies))
        .build();
  }

  private JsonObject body(NewIssue issue) {
    CreateScreen screen = site.screen(issue.issueType());
    JsonObjectBuilder fields = Wire.JSON.createObjectBuilder();
    JsonObject extra = jira.settings().extraFields().orElse(JsonValue.EMPTY_JSON_OBJECT);
    extra.forEach((name, value) -> {
      if (screen.fields().contains(name)) {
        fields.add(name, value);
      }
    });
    fields
        .add("project", Wire.JSON.createObjectBuilder().add("key", jira.settings().project()))
        .add("issuetype", Wire.JSON.createObjectBuilder().add("id", screen.typeId()))
        .add("summary", issue.summary())
        .add("description", jira.kind().text(issue.description()));
    if (screen.takesLabels()) {
      fields.add("labels", Wire.JSON.createArrayBuilder(issue.labels().stream().sorted().toList()));
    }
    return Wire.JSON
        .createObjectBuilder()
        .add("fields", fields)
        .add("properties", IssueEdits.properties(jira.settings().propertyKey(), property(issue)))
        .build();
  }

  /** The value of its property, with its labels if Jira takes none (R25a). */
  JsonObject property(NewIssue issue) {
    return site.screen(issue.issueType()).takesLabels()
        ? issue.kept()
        : ReportedStateProperty.withLabels(issue.kept(), issue.labels());
  }

  /**
   * Searches at 2 s, 4 s, 8 s for issues that may have been filed.
   *
   * @param found takes each with its key as soon as it is found
   * @return those that are not found; they may still exist: the next run decides
   */
  private List<NewIssue> searchFor(
      List<NewIssue> issues, String cause, BiConsumer<NewIssue, String> found) {
    List<NewIssue> missing = new ArrayList<>(issues);
    for (int number = 1; number <= JiraSession.BACKOFF.size() && !missing.isEmpty(); number++) {
      jira.pauseBeforeRetry(number, cause + "; searching whether it was filed");
      List<FoundIssue> candidates = candidates(missing);
      missing.removeIf(issue -> {
        Optional<FoundIssue> it = candidates.stream().filter(c -> is(c, issue)).findFirst();
        it.ifPresent(candidate -> found.accept(issue, candidate.key()));
        return it.isPresent();
      });
    }
    return missing;
  }

  /** If Jira takes no labels, those in the property and the exact summary count. */
  private boolean is(FoundIssue candidate, NewIssue issue) {
    return candidate.labels().contains(issue.ownLabel())
        && (site.screen(issue.issueType()).takesLabels()
            || candidate.summary().equals(issue.summary()));
  }

  /** A label of its own is a search for one issue, not for all with a property each. */
  private List<FoundIssue> candidates(List<NewIssue> issues) {
    NewIssue first = issues.getFirst();
    return issues.size() == 1 && site.screen(first.issueType()).takesLabels()
        ? search.openWithLabel(first.ownLabel())
        : search.openTickets();
  }
}
