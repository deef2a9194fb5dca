package dnsblmonitor.jira;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.jira.JiraSite.CreateScreen;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Proves that tickets can be searched and filed, before anything is (R25a, R25b, R25c, R27). */
final class DeskOpening {

  /** The default of {@code JIRA_EXCLUDED_STATUSES}: no site has them all. */
  static final List<String> DEFAULT_EXCLUDED = List.of("Done", "Closed", "Resolved");

  /** What every create sends, or Jira fills in. */
  static final Set<String> ALWAYS_SENT =
      Set.of("project", "issuetype", "summary", "description", "labels", "reporter");

  private final JiraSession jira;
  private final JiraSettings settings;
  private final Replies replies;

  DeskOpening(JiraSession jira) {
    this.jira = jira;
    this.settings = jira.settings();
    this.replies = jira.replies();
  }

  JiraSite open() {
    login();
    Map<String, String> existing = issueTypes();
    Map<String, CreateScreen> screens = new TreeMap<>();
    settings.issueTypes().forEach(name -> screens.put(name, createScreen(name, existing)));
    JiraSite site = new JiraSite(screens, knownStatuses());
    if (!site.takesAllLabels()) {
      jira.events()
          .warning(
              "labels are not on the create screen of %s in project %s; tickets are filed without them"
                  .formatted(named(site.typesWithoutLabels()), settings.project()));
    }
    return site;
  }

  /**
   * Returns the account. Without this first, a search would answer refused credentials with 200 and
   * no issues, and every ticket would be filed twice (R25c).
   */
  JsonObject login() {
    String what = "login to " + settings.server();
    Reply reply = jira.repeatedly(what, JiraApi::myself);
    if (reply.status() == 403) {
      throw replies.authenticationFailed(what, "HTTP 403" + replies.words(reply));
    }
    return replies.object(what, reply);
  }

  /** The ids of the project's issue types, by their names. */
  Map<String, String> issueTypes() {
    String what = "issue types of project " + settings.project();
    Map<String, String> ids = new LinkedHashMap<>();
    pages(
            what,
            "issueTypes",
            (api, start) -> api.issueTypes(settings.project(), start),
            refusal -> noProject(replies.words(refusal)))
        .forEach(type ->
            Wire.text(type, "name")
                .ifPresent(name -> Wire.text(type, "id").ifPresent(id -> ids.put(name, id))));
    if (ids.isEmpty()) {
      throw noProject(": the account may not create issues in it");
    }
    return ids;
  }

  private TicketDeskException noProject(String words) {
    String what = "projects";
    Reply projects = jira.repeatedly(what, jira.kind()::projects);
    List<JsonObject> seen =
        projects
            .array()
            .map(Wire::objects)
            .orElseGet(() -> Wire.objects(replies.object(what, projects), "values"));
    List<String> keys = Wire.texts(seen, "key");
    String advice =
        keys.contains(settings.project())
            ? "It exists. Allow the account to create issues in it; Data Center must be version 8.4 or later"
            : "The account sees: " + replies.quoted(named(keys));
    return new TicketDeskException(
        Fault.CONFIGURATION_ERROR,
        "JIRA_PROJECT %s cannot be used%s. %s"
            .formatted(settings.project(), words.replaceFirst("\\.$", ""), advice));
  }

  /** By name, as the account's language has it, or by id. */
  private static String typeId(String name, Map<String, String> existing) {
    return Optional.ofNullable(existing.get(name))
        .or(() ->
            existing.entrySet().stream()
                .filter(
                    type -> type.getKey().equalsIgnoreCase(name) || type.getValue().equals(name))
                .map(Map.Entry::getValue)
                .findFirst())
        .orElseThrow(() ->
            new TicketDeskException(
                Fault.CONFIGURATION_ERROR,
                "the project has no issue type '%s' (JIRA_ISSUE_TYPE, JIRA_DNS_FAILURE_ISSUE_TYPE). Names depend on the account's language, ids do not. It has: %s"
                    .formatted(name, described(existing))));
  }

  static String described(Map<String, String> issueTypes) {
    return issueTypes.entrySet().stream()
        .map(type -> "'%s' (%s)".formatted(type.getKey(), type.getValue()))
        .collect(joining(", "));
  }

  CreateScreen createScreen(String type, Map<String, String> existing) {
    String id = typeId(type, existing);
    String what = "create screen of " + type;
    Map<String, JsonObject> fields = new LinkedHashMap<>();
    pages(
            what,
            "fields",
            (api, start) -> api.createFields(settings.project(), id, start),
            refusal -> replies.unusable(what, refusal))
        .forEach(field -> Wire.text(field, "fieldId").ifPresent(name -> fields.put(name, field)));
    Set<String> extra = settings.extraFields().map(JsonObject::keySet).orElse(Set.of());
    Set<String> unknown = new TreeSet<>(extra);
    unknown.removeAll(fields.keySet());
    if (!unknown.isEmpty() && type.equals(settings.issueType())) {
      throw new TicketDeskException(
          Fault.CONFIGURATION_ERROR,
          "JIRA_EXTRA_FIELDS: %s not on the create screen of %s. It has: %s"
              .formatted(named(unknown), type, named(new TreeSet<>(fields.keySet()))));
    }
    warnOfDemands(type, fields, extra);
    return new CreateScreen(id, fields.keySet());
  }

  /** A warning only: Jira may fill a field in itself without saying so. */
  private void warnOfDemands(String type, Map<String, JsonObject> fields, Set<String> extra) {
    Set<String> demanded =
        fields.entrySet().stream()
            .filter(field -> field.getValue().getBoolean("required", false))
            .filter(field -> !field.getValue().getBoolean("hasDefaultValue", false))
            .map(Map.Entry::getKey)
            .filter(field -> !ALWAYS_SENT.contains(field) && !extra.contains(field))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!demanded.isEmpty()) {
      jira.events()
          .warning(
              "issue type %s requires %s, which JIRA_EXTRA_FIELDS does not set: tickets may be refused"
                  .formatted(type, named(demanded)));
    }
  }

  /** Those of the excluded statuses that exist: an unknown name makes a search a 400. */
  List<String> knownStatuses() {
    String what = "statuses";
    Set<String> existing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    existing.addAll(
        Wire.texts(
            Wire.objects(replies.array(what, jira.repeatedly(what, JiraApi::statuses))), "name"));
    List<String> known = settings.excludedStatuses().stream().filter(existing::contains).toList();
    List<String> unknown = new ArrayList<>(settings.excludedStatuses());
    unknown.removeAll(known);
    if (!unknown.isEmpty() && !settings.excludedStatuses().equals(DEFAULT_EXCLUDED)) {
      jira.events()
          .warning(
              "JIRA_EXCLUDED_STATUSES: Jira has no status %s; ignored".formatted(named(unknown)));
    }
    return known;
  }

  /** All elements of an answer that comes in pages by {@code startAt}. */
  private List<JsonObject> pages(
      String what,
      String member,
      BiFunction<JiraApi, Integer, Response> request,
      Function<Reply, TicketDeskException> refusal) {
    List<JsonObject> all = new ArrayList<>();
    while (true) {
      int start = all.size();
      Reply reply = jira.repeatedly(what, api -> request.apply(api, start));
      if (reply.refused() && reply.object().isPresent()) {
        throw refusal.apply(reply);
      }
      JsonObject page = replies.object(what, reply);
      // Data Center calls them all "values"
      List<JsonObject> elements = Wire.objects(page, page.containsKey(member) ? member : "values");
      all.addAll(elements);
      if (elements.isEmpty() || all.size() >= page.getInt("total", 0)) {
        return all;
      }
    }
  }

  static String named(Collection<String> names) {
    return names.isEmpty()
        ? "none"
        : names.stream().map(name -> "'" + name + "'").collect(joining(", "));
  }
}
