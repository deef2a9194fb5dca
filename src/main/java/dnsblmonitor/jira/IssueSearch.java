package dnsblmonitor.jira;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketLabels;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds issues in Jira: by a search, page by page to its end, or one by its key. */
final class IssueSearch {

  /** The fields that a ticket is judged by. */
  static final List<String> FIELDS = List.of("summary", "labels", "created", "status");

  /** The key of the status category of finished issues, the same in every language. */
  private static final String DONE = "done";

  /** As in {@code 2026-11-23T08:15:30.000+0000}. */
  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

  private final JiraSession jira;
  private final JiraSite site;
  private final Map<String, Set<String>> labelsInProperty = new ConcurrentHashMap<>();

  IssueSearch(JiraSession jira, JiraSite site) {
    this.jira = jira;
    this.site = site;
  }

  List<FoundIssue> openTickets() {
    return open("search for open tickets", openTicketsJql());
  }

  List<FoundIssue> openWithLabel(String label) {
    return open("search for " + label, Jql.openWithLabel(site.excludedStatuses(), label));
  }

  /** Whether some issue has this label, open or not. */
  boolean isFiled(String label) {
    return !found("search for " + label, Jql.withLabel(label)).isEmpty();
  }

  /** Whether the search for open tickets finds all of {@code keys}, which are new. */
  boolean findsAll(Set<String> keys) {
    Predicate<Set<String>> complete = found -> found.containsAll(keys);
    return complete.test(issues("search for what was filed", openTicketsJql(), complete).keySet());
  }

  private String openTicketsJql() {
    return Jql.openTickets(
        jira.settings().project(), site.excludedStatuses(), site.takesAllLabels());
  }

  private List<FoundIssue> open(String what, String jql) {
    return found(what, jql).stream().filter(this::isOpen).map(Found::issue).toList();
  }

  /** Those of {@code keys} that are still open and count as ours, as they are now (R23). */
  Map<String, FoundIssue> readAgain(Collection<String> keys) {
    Map<String, FoundIssue> read = new ConcurrentHashMap<>();
    Workers.each(
        keys,
        key -> read(key).filter(this::isOpen).ifPresent(found -> read.put(key, found.issue())));
    return read;
  }

  /** An issue as it is now, unlike in a search; empty if it cannot be seen or is not ours. */
  Optional<Found> read(String key) {
    String what = "read of " + key;
    String name = jira.settings().propertyKey();
    Reply reply = jira.repeatedly(what, api -> api.issue(key, String.join(",", FIELDS), name));
    if (reply.status() == 404 && reply.object().isPresent()) { // Jira says so, not a gateway
      return Optional.empty();
    }
    JsonObject issue = jira.replies().object(what, reply);
    String keyNow = Wire.text(issue, "key").orElse(key);
    return found(keyNow, issue, property(keyNow, issue));
  }

  /** The labels that the property of an issue holds in place of Jira: an edit keeps them. */
  Set<String> labelsInProperty(String key) {
    return labelsInProperty.getOrDefault(key, Set.of());
  }

  /** An issue that counts as ours (R25), with the status that it was seen in. */
  record Found(FoundIssue issue, String status, boolean done) {}

  /** By the category of its status, and by the statuses that people named (R25b). */
  boolean isOpen(Found found) {
    return !found.done()
        && jira.settings().excludedStatuses().stream().noneMatch(found.status()::equalsIgnoreCase);
  }

  private List<Found> found(String what, String jql) {
    Map<String, JsonObject> issues = issues(what, jql, _ -> false);
    Map<String, Found> found = new ConcurrentHashMap<>();
    Workers.each(
        issues.entrySet(),
        entry -> {
          String key = entry.getKey();
          JsonObject issue = entry.getValue();
          found(
                  key,
                  issue,
                  mayHaveProperty(key, issue) ? property(key, issue) : JsonValue.EMPTY_JSON_OBJECT)
              .ifPresent(ours -> found.put(key, ours));
        });
    return issues.keySet().stream().flatMap(key -> Stream.ofNullable(found.get(key))).toList();
  }

  /**
   * The issues of a search by their keys, in its order. Reads pages until they end, two in a row
   * bring nothing new (R25), or the keys are {@code enough}.
   */
  private Map<String, JsonObject> issues(String what, String jql, Predicate<Set<String>> enough) {
    JiraKind kind = jira.kind();
    String property = jira.settings().propertyKey();
    Map<String, JsonObject> issues = new LinkedHashMap<>();
    Optional<String> cursor = Optional.empty();
    int pagesWithNothingNew = 0;
    do {
      Optional<String> at = cursor;
      JsonObject page = jira.object(what, api -> kind.search(api, jql, property, at));
      int before = issues.size();
      for (JsonObject issue : Wire.objects(page, "issues")) {
        Wire.text(issue, "key").ifPresent(key -> issues.putIfAbsent(key, issue));
      }
      pagesWithNothingNew = issues.size() > before ? 0 : pagesWithNothingNew + 1;
      cursor = kind.nextCursor(page);
    } while (cursor.isPresent() && pagesWithNothingNew < 2 && !enough.test(issues.keySet()));
    return issues;
  }

  private boolean mayHaveProperty(String key, JsonObject issue) {
    List<String> labels = labels(issue);
    String summary = Wire.text(Wire.object(issue, "fields"), "summary").orElse("");
    return jira.kind().supportsProperties()
        || areOurs(labels)
        || (isInProject(key)
            && (labels.contains(TicketLabels.COMMON)
                || Stream.of("IP ", "DNS ", "Mass listing ").anyMatch(summary::startsWith)));
  }

  /** Our property of an issue, read by a request of its own if the answer has none. */
  private JsonObject property(String key, JsonObject issue) {
    String name = jira.settings().propertyKey();
    if (jira.kind().supportsProperties()) {
      return Wire.object(Wire.object(issue, "properties"), name);
    }
    String what = "property of " + key;
    Reply reply = jira.repeatedly(what, api -> api.property(key, name));
    return reply.status() == 404
        ? JsonValue.EMPTY_JSON_OBJECT
        : Wire.object(jira.replies().object(what, reply), "value");
  }

  boolean isInProject(String key) {
    return key.startsWith(jira.settings().project() + "-");
  }

  private boolean areOurs(Collection<String> labels) {
    return new TicketLabels(jira.settings().deployment()).areOurs(labels);
  }

  private static List<String> labels(JsonObject issue) {
    return Wire.texts(Wire.object(issue, "fields"), "labels");
  }

  /** Empty if it is in another project and was not filed for ours (R25). */
  private Optional<Found> found(String key, JsonObject issue, JsonObject property) {
    Set<String> kept = ReportedStateProperty.labels(property);
    Set<String> labels = new HashSet<>(labels(issue));
    labels.addAll(kept);
    boolean filedForOurs =
        ReportedStateProperty.project(property)
            .filter(jira.settings().project()::equals)
            .isPresent();
    if (!isInProject(key) && !(areOurs(labels) && filedForOurs)) {
      return Optional.empty();
    }
    if (!kept.isEmpty()) {
      labelsInProperty.put(key, kept);
    }
    JsonObject fields = Wire.object(issue, "fields");
    JsonObject status = Wire.object(fields, "status");
    String category = Wire.text(Wire.object(status, "statusCategory"), "key").orElse("");
    FoundIssue seen =
        new FoundIssue(
            key,
            Wire.text(fields, "summary").orElse(""),
            labels,
            Wire.text(fields, "created").map(IssueSearch::instant).orElse(Instant.EPOCH),
            ReportedStateProperty.ticket(property),
            ReportedStateProperty.alert(property));
    return Optional.of(
        new Found(seen, Wire.text(status, "name").orElse(""), category.equals(DONE)));
  }

  private static Instant instant(String created) {
    try {
      return OffsetDateTime.parse(created, CREATED).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
