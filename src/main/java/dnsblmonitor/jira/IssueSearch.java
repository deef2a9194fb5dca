package dnsblmonitor.jira;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketLabels;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/** Finds issues in Jira: by a search, page by page to its end, or one by its key. */
final class IssueSearch {

  /** The fields that a ticket is judged by. */
  static final List<String> FIELDS = List.of("summary", "labels", "created", "status");

  /** The key of the status category of finished issues, the same in every language. */
  private static final String DONE = "done";

  /** As in {@code 2026-11-23T08:15:30.000+0000}. */
  private static final DateTimeFormatter CREATED =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT);

  private final JiraSession jira;
  private final JiraSite site;
  private final Map<String, Set<String>> labelsInProperty = new ConcurrentHashMap<>();

  IssueSearch(JiraSession jira, JiraSite site) {
    this.jira = jira;
    this.site = site;
  }

  List<FoundIssue> openTickets() {
    return found("search for open tickets", openTicketsJql()).stream()
        .filter(this::isOpen)
        .map(Found::issue)
        .toList();
  }

  private String openTicketsJql() {
    return Jql.openTickets(
        jira.settings().project(), site.excludedStatuses(), site.takesAllLabels());
  }

  List<FoundIssue> openWithLabel(String label) {
    return found("search for " + label, Jql.openWithLabel(site.excludedStatuses(), label)).stream()
        .filter(this::isOpen)
        .map(Found::issue)
        .toList();
  }

  /** Whether some issue has this label, open or not. */
  boolean isFiled(String label) {
    return !found("search for " + label, Jql.withLabel(label)).isEmpty();
  }

  /** Whether the search for open tickets finds all of {@code keys}, which are new. */
  boolean findsAll(Set<String> keys) {
    Set<String> missing = new HashSet<>(keys);
    pages(
        "search for what was filed",
        openTicketsJql(),
        (key, _) -> {
          missing.remove(key);
          return !missing.isEmpty();
        });
    return missing.isEmpty();
  }

  /** Those of {@code keys} that are still open and count as ours, as they are now (R23). */
  Map<String, FoundIssue> readAgain(Collection<String> keys) {
    Map<String, FoundIssue> read = new HashMap<>();
    Workers.run(
        keys.stream()
            .<Workers.Task<Map.Entry<String, FoundIssue>>>map(key ->
                results ->
                    read(key)
                        .filter(this::isOpen)
                        .ifPresent(found -> results.accept(Map.entry(key, found.issue()))))
            .toList(),
        found -> read.put(found.getKey(), found.getValue()));
    return read;
  }

  /**
   * An issue as it is now, not as the search shows it; empty if it cannot be seen or is not ours.
   */
  Optional<Found> read(String key) {
    String what = "look at " + key;
    String name = jira.settings().propertyKey();
    Reply reply = jira.repeatedly(what, api -> api.issue(key, String.join(",", FIELDS), name));
    if (reply.status() == 404 && reply.object().isPresent()) { // Jira says so, not a gateway
      return Optional.empty();
    }
    JsonObject issue = jira.replies().object(what, reply);
    String keyNow = Wire.text(issue, "key").orElse(key);
    boolean given = jira.kind().givesAndTakesProperties();
    return found(keyNow, issue, given ? givenProperty(issue) : property(keyNow));
  }

  /**
   * The labels that the property of an issue holds in place of Jira, so that an edit keeps them.
   */
  Set<String> labelsInProperty(String key) {
    return labelsInProperty.getOrDefault(key, Set.of());
  }

  /** An issue that counts as ours (R25), with the status that it was seen in. */
  record Found(FoundIssue issue, String status, boolean done) {}

  /** By the category of its status, and by the status that people named (R25b). */
  boolean isOpen(Found found) {
    return !found.done()
        && jira.settings().excludedStatuses().stream().noneMatch(found.status()::equalsIgnoreCase);
  }

  private List<Found> found(String what, String jql) {
    Map<String, JsonObject> issues = new LinkedHashMap<>();
    pages(
        what,
        jql,
        (key, issue) -> {
          issues.put(key, issue);
          return true;
        });
    Map<String, JsonObject> properties = properties(issues);
    return issues.entrySet().stream()
        .flatMap(issue ->
            found(
                issue.getKey(),
                issue.getValue(),
                properties.getOrDefault(issue.getKey(), JsonValue.EMPTY_JSON_OBJECT))
                .stream())
        .toList();
  }

  /**
   * Reads pages until they end, or two in a row bring nothing new (R25).
   *
   * @param take takes each issue once, by its key; false ends the search
   */
  private void pages(String what, String jql, BiPredicate<String, JsonObject> take) {
    Set<String> seen = new HashSet<>();
    Optional<String> cursor = Optional.empty();
    int pagesWithNothingNew = 0;
    do {
      Optional<String> at = cursor;
      JiraKind.Page page =
          jira.kind()
              .page(
                  jira.object(
                      what,
                      api -> jira.kind().search(api, jql, jira.settings().propertyKey(), at)));
      int before = seen.size();
      for (JsonObject issue : page.issues()) {
        Optional<String> key = Wire.text(issue, "key").filter(seen::add);
        if (key.isPresent() && !take.test(key.get(), issue)) {
          return;
        }
      }
      pagesWithNothingNew = seen.size() > before ? 0 : pagesWithNothingNew + 1;
      cursor = page.next();
    } while (cursor.isPresent() && pagesWithNothingNew < 2);
  }

  /** Our property of each issue that has one: from the search, else asked for one by one. */
  private Map<String, JsonObject> properties(Map<String, JsonObject> issues) {
    Map<String, JsonObject> properties = new HashMap<>();
    if (jira.kind().givesAndTakesProperties()) {
      issues.forEach((key, issue) -> properties.put(key, givenProperty(issue)));
    } else {
      Workers.run(
          issues.entrySet().stream()
              .filter(issue -> mayBeOurs(issue.getKey(), Wire.object(issue.getValue(), "fields")))
              .<Workers.Task<Map.Entry<String, JsonObject>>>map(issue ->
                  results -> results.accept(Map.entry(issue.getKey(), property(issue.getKey()))))
              .toList(),
          property -> properties.put(property.getKey(), property.getValue()));
    }
    return properties;
  }

  private JsonObject givenProperty(JsonObject issue) {
    return Wire.object(Wire.object(issue, "properties"), jira.settings().propertyKey());
  }

  private boolean mayBeOurs(String key, JsonObject fields) {
    String summary = Wire.text(fields, "summary").orElse("");
    return isInProject(key)
        ? labels(fields).contains(TicketLabels.COMMON)
            || summary.startsWith("IP ")
            || summary.startsWith("DNS ")
            || summary.startsWith("Mass listing ")
        : areOurs(labels(fields));
  }

  /** Whether an issue is in the project that tickets are filed in. */
  boolean isInProject(String key) {
    return key.startsWith(jira.settings().project() + "-");
  }

  private boolean areOurs(Collection<String> labels) {
    return new TicketLabels(jira.settings().deployment()).areOurs(labels);
  }

  /** The value of our property of an issue; empty where it has none. */
  JsonObject property(String key) {
    String what = "property of " + key;
    Reply reply = jira.repeatedly(what, api -> api.property(key, jira.settings().propertyKey()));
    return reply.status() == 404
        ? JsonValue.EMPTY_JSON_OBJECT
        : Wire.object(jira.replies().object(what, reply), "value");
  }

  private static List<String> labels(JsonObject fields) {
    return Wire.texts(fields.getOrDefault("labels", JsonValue.NULL));
  }

  /** Empty if it is in another project and was not filed for ours (R25). */
  private Optional<Found> found(String key, JsonObject issue, JsonObject property) {
    JsonObject fields = Wire.object(issue, "fields");
    Set<String> kept = ReportedStateProperty.labels(property);
    Set<String> labels = new HashSet<>(labels(fields));
    labels.addAll(kept);
    boolean movedAway =
        areOurs(labels)
            && ReportedStateProperty.project(property)
                .filter(jira.settings().project()::equals)
                .isPresent();
    if (!isInProject(key) && !movedAway) {
      return Optional.empty();
    }
    if (!kept.isEmpty()) {
      labelsInProperty.put(key, kept);
    }
    JsonObject status = Wire.object(fields, "status");
    return Optional.of(
        new Found(
            new FoundIssue(
                key,
                Wire.text(fields, "summary").orElse(""),
                labels,
                Wire.text(fields, "created").map(IssueSearch::instant).orElse(Instant.EPOCH),
                ReportedStateProperty.ticket(property),
                ReportedStateProperty.alert(property)),
            Wire.text(status, "name").orElse(""),
            Wire.text(Wire.object(status, "statusCategory"), "key")
                .filter(DONE::equals)
                .isPresent()));
  }

  private static Instant instant(String created) {
    try {
      return OffsetDateTime.parse(created, CREATED).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
