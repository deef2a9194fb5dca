package dnsblmonitor.jira;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
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

/** Searches Jira, page by page, to the end. */
final class IssueSearch {

  /** As in {@code 2026-11-23T08:15:30.000+0000}. */
  private static final DateTimeFormatter CREATED =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT);

  private final JiraSettings settings;
  private final JiraDialect dialect;
  private final JiraApi api;
  private final JiraCalls calls;
  private final Replies replies;
  private final Map<String, Set<String>> labelsInProperty = new HashMap<>();

  IssueSearch(
      JiraSettings settings, JiraDialect dialect, JiraApi api, JiraCalls calls, Replies replies) {
    this.settings = settings;
    this.dialect = dialect;
    this.api = api;
    this.calls = calls;
    this.replies = replies;
  }

  List<FoundIssue> openTickets(JiraSite site) {
    return find(
        "search for open tickets",
        Jql.openTickets(settings.project(), site.excludedStatuses(), site.takesAllLabels()));
  }

  List<FoundIssue> openWithLabel(JiraSite site, String label) {
    return find(
        "search for " + label,
        Jql.openWithLabel(settings.project(), site.excludedStatuses(), label));
  }

  /**
   * The labels that the property of an issue holds in place of Jira, so that an edit keeps them.
   */
  Set<String> labelsInProperty(String key) {
    return labelsInProperty.getOrDefault(key, Set.of());
  }

  private List<FoundIssue> find(String what, String jql) {
    Map<String, FoundIssue> found = new LinkedHashMap<>();
    Set<String> cursors = new HashSet<>();
    Optional<String> cursor = Optional.empty();
    do {
      Optional<String> at = cursor;
      Reply reply =
          calls.repeatedly(what, () -> dialect.search(api, jql, settings.propertyKey(), at));
      JiraDialect.Page page = dialect.page(replies.object(what, reply));
      page.issues().forEach(issue -> issue(issue).ifPresent(i -> found.putIfAbsent(i.key(), i)));
      cursor = page.next();
      if (cursor.isPresent() && !cursors.add(cursor.get())) {
        throw new TicketDeskException(Fault.UNREACHABLE, what + ": its pages do not end");
      }
    } while (cursor.isPresent());
    return List.copyOf(found.values());
  }

  private Optional<FoundIssue> issue(JsonObject issue) {
    JsonObject fields = Wire.object(issue, "fields");
    JsonObject property = Wire.object(Wire.object(issue, "properties"), settings.propertyKey());
    Set<String> labels = new HashSet<>(Wire.texts(fields.getOrDefault("labels", JsonValue.NULL)));
    Set<String> kept = ToldProperty.labels(property);
    labels.addAll(kept);
    return Wire.text(issue, "key")
        .map(key -> {
          if (!kept.isEmpty()) {
            labelsInProperty.put(key, kept);
          }
          return new FoundIssue(
              key,
              Wire.text(fields, "summary").orElse(""),
              labels,
              Wire.text(fields, "created").map(IssueSearch::instant).orElse(Instant.EPOCH),
              ToldProperty.told(property),
              ToldProperty.alert(property));
        });
  }

  private static Instant instant(String created) {
    try {
      return OffsetDateTime.parse(created, CREATED).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
