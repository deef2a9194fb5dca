package dnsblmonitor.jira;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.jira.Attempt.Answered;
import dnsblmonitor.jira.IssueSearch.Found;
import dnsblmonitor.jira.JiraSite.CreateScreen;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Files issues, each once: one that may have reached Jira is searched for, not sent again (R26).
 */
final class IssueFiling {

  /** How often a new issue is looked for by its key. */
  private static final int READS = 3;

  private final JiraSession jira;
  private final JiraSite site;
  private final IssueSearch search;

  IssueFiling(JiraSession jira, JiraSite site, IssueSearch search) {
    this.jira = jira;
    this.site = site;
    this.search = search;
  }

  /** The key under which {@code issue} was filed. */
  String file(NewIssue issue) {
    String what = "create of '" + issue.summary() + "'";
    JsonObject body = body(issue);
    Attempt last = jira.unlessArrived(what, api -> api.create(body));
    if (last instanceof Answered(Reply reply)) {
      if (reply.refused()) {
        throw refused(what, issue, reply);
      }
      Optional<String> key =
          reply.succeeded() ? reply.object().flatMap(o -> Wire.text(o, "key")) : Optional.empty();
      if (key.isPresent()) {
        return key.get();
      }
    }
    String cause = what + ": " + last.cause();
    AtomicReference<@Nullable String> found = new AtomicReference<>();
    searchFor(List.of(issue), cause, (_, key) -> found.set(key));
    return Optional.ofNullable(found.get()).orElseThrow(() -> unknown(cause, last));
  }

  /**
   * Looks at a new issue as the next run will. One that the next run would not find as an open
   * ticket of ours would be filed again by each run (R25d).
   *
   * @throws TicketDeskException that says why no more should be filed
   */
  void readBack(String key, NewIssue issue) {
    Optional<Found> found = search.read(key);
    for (int number = 1; number < READS && found.isEmpty(); number++) {
      jira.pauseBeforeRetry(number, "%s was filed and cannot be seen".formatted(key));
      found = search.read(key);
    }
    found
        .map(seen -> whyUnfit(seen, issue))
        .orElse(Optional.of("cannot be seen by the account; check the project's security levels"))
        .ifPresent(why -> {
          throw new TicketDeskException(
              Fault.CONFIGURATION_ERROR,
              "%s was filed and %s. No more tickets are filed, since later runs would not find them and file them again"
                  .formatted(key, why));
        });
  }

  private Optional<String> whyUnfit(Found found, NewIssue issue) {
    Set<String> missing = new TreeSet<>(issue.labels());
    missing.removeAll(found.issue().labels());
    if (site.screen(issue.issueType()).takesLabels() && !missing.isEmpty()) {
      return Optional.of(
          "lacks the label %s that was sent; check the project's automation"
              .formatted(DeskOpening.named(missing)));
    }
    return search.isOpen(found)
        ? Optional.empty()
        : Optional.of(
            "has the status '%s', which counts as finished; check the project's workflow and automation, and JIRA_EXCLUDED_STATUSES"
                .formatted(jira.replies().quoted(found.status())));
  }

  static TicketDeskException unknown(String cause, Attempt last) {
    return new TicketDeskException(
        Fault.OUTCOME_UNKNOWN,
        cause + "; it may have been filed but is not found, so it is not filed again in this run",
        last.thrown());
  }

  /** With what to do, where Jira names a field that the configuration could set. */
  private TicketDeskException refused(String what, NewIssue issue, Reply reply) {
    return jira.replies().refused(what, reply, remedy(issue, Replies.fieldsIn(reply)));
  }

  /** What to do about a create that was refused for {@code fields}; empty where nothing helps. */
  String remedy(NewIssue issue, Set<String> fields) {
    Set<String> settable = new TreeSet<>(fields);
    settable.removeAll(DeskOpening.ALWAYS_SENT);
    return settable.isEmpty()
        ? ""
        : "; JIRA_EXTRA_FIELDS sets what the project demands of a %s (%s)"
            .formatted(issue.issueType(), jira.replies().quoted(String.join(", ", settable)));
  }

  /** The request that creates {@code issue}. */
  JsonObject body(NewIssue issue) {
    CreateScreen screen = site.screen(issue.issueType());
    JsonObjectBuilder fields = Wire.JSON.createObjectBuilder();
    jira.settings()
        .extraFields()
        .ifPresent(extra ->
            extra.forEach((name, value) -> {
              if (screen.fields().contains(name)) {
                fields.add(name, value);
              }
            }));
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

  /** The value of its property; without labels in Jira it holds them as well (R25a). */
  JsonObject property(NewIssue issue) {
    return site.screen(issue.issueType()).takesLabels()
        ? issue.kept()
        : ReportedStateProperty.withLabels(issue.kept(), issue.labels());
  }

  /**
   * Searches at 2 s, 4 s, 8 s for issues that may have been filed, until all are found.
   *
   * @param found takes each with its key as soon as it is
   * @return those that are not found; they may still exist: the next run decides
   */
  List<NewIssue> searchFor(
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

  /** Without labels in Jira those in the property tell, behind the exact summary. */
  private boolean is(FoundIssue candidate, NewIssue issue) {
    return candidate.labels().contains(issue.ownLabel())
        && (site.screen(issue.issueType()).takesLabels()
            || candidate.summary().equals(issue.summary()));
  }

  private List<FoundIssue> candidates(List<NewIssue> issues) {
    Set<String> ownLabels = issues.stream().map(NewIssue::ownLabel).collect(Collectors.toSet());
    boolean byLabel =
        ownLabels.size() == 1 && site.screen(issues.getFirst().issueType()).takesLabels();
    return byLabel ? search.openWithLabel(ownLabels.iterator().next()) : search.openTickets();
  }
}
