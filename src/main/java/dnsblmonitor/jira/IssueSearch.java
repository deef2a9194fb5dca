package dnsblmonitor.jira;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.domain.TicketLabels;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Searches Jira, page by page, to the end. */
final class IssueSearch {

  /** The fields that a ticket is judged by. */
  static final List<String> FIELDS = List.of("summary", "labels", "created", "status");

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
    return find("search for open tickets", openTicketsJql());
  }

  private String openTicketsJql() {
    return Jql.openTickets(
        jira.settings().project(), site.excludedStatuses(), site.takesAllLabels());
  }

  List<FoundIssue> openWithLabel(String label) {
    String jql = Jql.withLabel(jira.settings().project(), site.excludedStatuses(), label);
    return find("search for " + label, jql);
  }

  /** Whether some issue has this label, open or not. */
  boolean isFiled(String label) {
    return !find("search for " + label, Jql.withLabel(jira.settings().project(), List.of(), label))
        .isEmpty();
  }

  /** Whether the search for open tickets finds all of {@code keys}, which are new. */
  boolean findsAll(Set<String> keys) {
    Set<String> missing = new HashSet<>(keys);
    pages(
        "search for what was filed",
        openTicketsJql(),
        issues -> {
          issues.forEach(issue -> Wire.text(issue, "key").ifPresent(missing::remove));
          return missing.isEmpty();
        });
    return missing.isEmpty();
  }

  /**
   * The labels that the property of an issue holds in place of Jira, so that an edit keeps them.
   */
  Set<String> labelsInProperty(String key) {
    return labelsInProperty.getOrDefault(key, Set.of());
  }

  private List<FoundIssue> find(String what, String jql) {
    Map<String, JsonObject> found = new LinkedHashMap<>();
    pages(
        what,
        jql,
        issues -> {
          issues.forEach(
              issue -> Wire.text(issue, "key").ifPresent(k -> found.putIfAbsent(k, issue)));
          return false;
        });
    Map<String, JsonObject> properties = properties(found);
    return found.entrySet().stream()
        .map(issue ->
            issue(
                issue.getKey(),
                issue.getValue(),
                properties.getOrDefault(issue.getKey(), JsonValue.EMPTY_JSON_OBJECT)))
        .toList();
  }

  /** Reads pages, until {@code enough} of one or they end. */
  private void pages(String what, String jql, Predicate<List<JsonObject>> enough) {
    JiraDialect dialect = jira.dialect();
    Set<String> cursors = new HashSet<>();
    Optional<String> cursor = Optional.empty();
    do {
      Optional<String> at = cursor;
      Reply reply =
          jira.calls()
              .repeatedly(
                  what, () -> dialect.search(jira.api(), jql, jira.settings().propertyKey(), at));
      JiraDialect.Page page = dialect.page(jira.replies().object(what, reply));
      cursor = enough.test(page.issues()) ? Optional.empty() : page.next();
      if (cursor.isPresent() && !cursors.add(cursor.get())) {
        throw new TicketDeskException(Fault.UNREACHABLE, what + ": its pages do not end");
      }
    } while (cursor.isPresent());
  }

  /** Our property of each issue that has one: from the search, else asked for one by one. */
  private Map<String, JsonObject> properties(Map<String, JsonObject> found) {
    String name = jira.settings().propertyKey();
    Map<String, JsonObject> properties = new HashMap<>();
    if (jira.dialect().givesAndTakesProperties()) {
      found.forEach(
          (key, issue) -> properties.put(key, Wire.object(Wire.object(issue, "properties"), name)));
    } else {
      Workers.run(
          found.entrySet().stream()
              .filter(issue -> mayBeOurs(Wire.object(issue.getValue(), "fields")))
              .<Workers.Task<Map.Entry<String, JsonObject>>>map(issue ->
                  results -> results.accept(Map.entry(issue.getKey(), property(issue.getKey()))))
              .toList(),
          property -> properties.put(property.getKey(), property.getValue()));
    }
    return properties;
  }

  private boolean mayBeOurs(JsonObject fields) {
    String summary = Wire.text(fields, "summary").orElse("");
    return labels(fields).contains(TicketLabels.COMMON)
        || summary.startsWith("IP ")
        || summary.startsWith("DNS ")
        || summary.startsWith("Mass listing ");
  }

  /** The value of our property of an issue; empty where it has none. */
  JsonObject property(String key) {
    String what = "property of " + key;
    Reply reply =
        jira.calls()
            .repeatedly(what, () -> jira.api().property(key, jira.settings().propertyKey()));
    return reply.status() == 404
        ? JsonValue.EMPTY_JSON_OBJECT
        : Wire.object(jira.replies().object(what, reply), "value");
  }

  private static List<String> labels(JsonObject fields) {
    return Wire.texts(fields.getOrDefault("labels", JsonValue.NULL));
  }

  private FoundIssue issue(String key, JsonObject issue, JsonObject property) {
    JsonObject fields = Wire.object(issue, "fields");
    Set<String> kept = ToldProperty.labels(property);
    if (!kept.isEmpty()) {
      labelsInProperty.put(key, kept);
    }
    Set<String> labels = new HashSet<>(labels(fields));
    labels.addAll(kept);
    return new FoundIssue(
        key,
        Wire.text(fields, "summary").orElse(""),
        labels,
        Wire.text(fields, "created").map(IssueSearch::instant).orElse(Instant.EPOCH),
        ToldProperty.told(property),
        ToldProperty.alert(property));
  }

  private static Instant instant(String created) {
    try {
      return OffsetDateTime.parse(created, CREATED).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
