package dnsblmonitor.config;

import dnsblmonitor.dnsbl.DnsSettings;
import dnsblmonitor.domain.Exceptions;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.history.HistorySettings;
import dnsblmonitor.jira.JiraSettings;
import dnsblmonitor.notify.NotifySettings;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.report.LogLevel;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Reads all variables (the defaults stand in {@code META-INF/microprofile-config.properties}) and
 * reports every fault at once (R2), by a {@link ConfigurationException}.
 */
final class SettingsReader {

  /** Must be shorter than the chunk transaction's time-out in the job's XML. */
  static final Duration MAX_RUN_DEADLINE = Duration.ofHours(24);

  /** Every variable of a run that users can set. */
  static final List<String> NAMES =
      Variables.list(
          """
          DB_URL DB_URL_FILE DB_DSN DB_KIND DB_HOST DB_PORT DB_NAME DB_USER DB_PASSWORD
          DB_PASSWORD_FILE DB_SCHEMA
          DNSBL_ZONES DNSBL_ZONES_FILE DNS_RESOLVERS DNS_TIMEOUT DNS_CONCURRENCY
          DNS_ZONE_RATE DNS_FAILURE_LOG_LIMIT CHECK_IPV6 ZONE_PROBE
          ZONES_WITHOUT_TEST_ENTRY
          LISTED_THRESHOLD LISTED_PRIORITY CLEAN_FALLBACK_PRIORITY RESTORE_AFTER
          MASS_LISTING_LIMIT EXCEPTIONS MALFUNCTION_THRESHOLD TICKETS
          JIRA_SERVER JIRA_USER JIRA_API_TOKEN JIRA_API_TOKEN_FILE JIRA_PROJECT
          JIRA_ISSUE_TYPE JIRA_DNS_FAILURE_ISSUE_TYPE JIRA_EXCLUDED_STATUSES
          JIRA_EXTRA_FIELDS JIRA_DEPLOYMENT
          DEPLOYMENT_NAME TLS_CA_FILE HTTPS_PROXY NO_PROXY RUN_DEADLINE DRY_RUN
          LOG_LEVEL
          HISTORY_DB_URL HISTORY_DB_URL_FILE HISTORY_DB_SCHEMA HISTORY_RETENTION
          METRICS_PUSH_URL METRICS_PUSH_URL_FILE METRICS_PUSH_TOKEN METRICS_PUSH_TOKEN_FILE
          METRICS_FILE
          NOTIFY_ON NOTIFY_WEBHOOK_URL NOTIFY_WEBHOOK_URL_FILE NOTIFY_WEBHOOK_SECRET
          NOTIFY_WEBHOOK_SECRET_FILE NOTIFY_SLACK_URL NOTIFY_SLACK_URL_FILE NOTIFY_MAIL_TO
          NOTIFY_MAIL_FROM SMTP_URL SMTP_URL_FILE
          """);

  /** Variables of {@code restore} only. */
  private static final String RESTORE_IPS = "RESTORE_IPS";

  private final Variables variables;

  SettingsReader(Config config) {
    this.variables = new Variables(config);
  }

  /** What {@code migrate} needs. */
  MigrationSettings readForMigration() {
    MigrationSettings settings =
        new MigrationSettings(
            new DatabaseUrl(variables).read(), historyDatabase(), variables.bool("DRY_RUN"));
    var _ = CertificateAuthorities.read(variables);
    throwFaults();
    return settings;
  }

  /** What {@code restore} needs: a part, and a variable of its own. */
  RestoreSettings readForRestore() {
    RestoreSettings settings =
        new RestoreSettings(
            new DatabaseUrl(variables).read(),
            variables.integer("CLEAN_FALLBACK_PRIORITY", 0, 100),
            restoreIps(),
            variables.bool("DRY_RUN"));
    var _ = CertificateAuthorities.read(variables);
    // a typo in one of these would restore more than intended
    Spelling.near(variables.names(), known(), List.of(RESTORE_IPS, "DRY_RUN"))
        .forEach((name, meant) ->
            variables.fault(name, "is unknown; did you mean %s?".formatted(meant)));
    throwFaults();
    return settings;
  }

  private Optional<SortedSet<Ipv4Address>> restoreIps() {
    SortedSet<Ipv4Address> addresses = new TreeSet<>();
    Optional<String> given = variables.text(RESTORE_IPS);
    List<String> texts = Variables.commaSeparated(given.orElse(""));
    if (given.isPresent() && texts.isEmpty()) {
      variables.fault(RESTORE_IPS, "contains no address; unset it to restore all");
    }
    for (String text : texts) {
      Ipv4Address.parse(text)
          .ifPresentOrElse(
              addresses::add,
              () -> variables.fault(RESTORE_IPS, "'%s' is not an IPv4 address".formatted(text)));
    }
    return addresses.isEmpty() ? Optional.empty() : Optional.of(addresses);
  }

  private void throwFaults() {
    if (!variables.faults().isEmpty()) {
      throw new ConfigurationException(variables.faults());
    }
  }

  /** What {@code serve} needs: the same, and variables of its own. */
  ServeSettings readForServe(Clock clock) {
    ServeSettings settings = new ServeVariables(variables, clock).read(settings());
    nameMisspelt();
    throwFaults();
    return settings;
  }

  /** What {@code notify-test} needs. */
  Optional<NotifySettings> readForNotifyTest() {
    variables.refusePlaceholders(
        NAMES.stream()
            .filter(name -> name.startsWith("NOTIFY_") || name.startsWith("SMTP_"))
            .toList());
    String deployment = new JiraVariables(variables).deployment();
    Optional<NotifySettings> settings =
        new TargetVariables(variables, deployment, CertificateAuthorities.read(variables))
            .notifications();
    nameMisspelt();
    throwFaults();
    return settings;
  }

  /** The settings of a run. */
  Settings read() {
    Settings settings = settings();
    nameMisspelt();
    throwFaults();
    return settings;
  }

  /** A warning, unless the configuration is faulty: the slip may be the reason. */
  private void nameMisspelt() {
    if (!variables.faults().isEmpty()) {
      variables.faults().addAll(Spelling.warnings(variables.names(), known()));
    }
  }

  /** Of stand-ins where there are faults. */
  private Settings settings() {
    boolean tickets = variables.choice("TICKETS", "jira", "none").equals("jira");
    variables.refusePlaceholders(
        NAMES.stream().filter(name -> tickets || !name.startsWith("JIRA_")).toList());
    boolean dryRun = variables.bool("DRY_RUN");
    DatabaseSettings database = new DatabaseUrl(variables).read();
    List<Zone> zones = zones();
    DnsSettings dns = dns();
    JiraVariables jiraVariables = new JiraVariables(variables);
    String deployment = jiraVariables.deployment();
    Optional<KeyStore> trustStore = CertificateAuthorities.read(variables);
    Optional<JiraSettings> jira =
        tickets ? jiraVariables.read(deployment, dryRun, trustStore) : Optional.empty();
    TargetVariables targets = new TargetVariables(variables, deployment, trustStore);
    List<String> warnings = new ArrayList<>(Spelling.warnings(variables.names(), known()));
    variables
        .withPlaceholder(ServeVariables.NAMES)
        .forEach(name ->
            warnings.add(
                "%s: is still the template's %s, which serve refuses"
                    .formatted(name, Variables.PLACEHOLDER)));
    if (!tickets) {
      List<String> ignored = jiraVariables.ignored();
      if (!ignored.isEmpty()) {
        warnings.add(
            "TICKETS=none: no tickets are filed, and %s %s ignored"
                .formatted(String.join(", ", ignored), ignored.size() == 1 ? "is" : "are"));
      }
    }
    return new Settings(
        database,
        zones,
        dns,
        variables.bool("ZONE_PROBE"),
        variables.integer("LISTED_THRESHOLD", 1, 1000),
        transitions(),
        variables.integer("MASS_LISTING_LIMIT", 1, 100),
        exceptions(zones),
        variables.integer("MALFUNCTION_THRESHOLD", 1, 100),
        tickets,
        jira,
        history(deployment),
        targets.metrics(),
        targets.notifications(),
        deployment,
        variables.duration("RUN_DEADLINE", Duration.ofSeconds(30), MAX_RUN_DEADLINE),
        dryRun,
        LogLevel.valueOf(variables.choice("LOG_LEVEL", "INFO", "DEBUG", "WARNING", "ERROR")),
        variables.integer("DNS_FAILURE_LOG_LIMIT", 0, 1_000_000),
        warnings);
  }

  /** Empty: no history. */
  private Optional<HistorySettings> history(String deployment) {
    Duration retention =
        variables.duration("HISTORY_RETENTION", Duration.ofDays(1), Duration.ofDays(3650));
    return historyDatabase().map(database -> new HistorySettings(database, deployment, retention));
  }

  private Optional<DatabaseSettings> historyDatabase() {
    return new DatabaseUrl(variables, "HISTORY_DB_URL")
        .readOptional(variables.required("HISTORY_DB_SCHEMA"));
  }

  private static List<String> known() {
    return Stream.of(NAMES, ServeVariables.NAMES, List.of(RESTORE_IPS))
        .flatMap(List::stream)
        .toList();
  }

  private List<Zone> zones() {
    String text = variables.requiredOrFile("DNSBL_ZONES");
    return text.isEmpty()
        ? List.of()
        : withoutTestEntries(variables.parsed("DNSBL_ZONES", text, ZoneList::parse, List.of()));
  }

  /** A zone that is not configured is probably a typo. */
  private List<Zone> withoutTestEntries(List<Zone> zones) {
    String name = "ZONES_WITHOUT_TEST_ENTRY";
    List<String> named = Variables.commaSeparated(variables.text(name).orElse(""));
    List<String> shown = zones.stream().map(Zone::shownName).toList();
    named.stream()
        .filter(zone -> !zones.isEmpty() && !shown.contains(zone.toLowerCase(Locale.ROOT)))
        .forEach(zone ->
            variables.fault(
                name,
                "'%s' is not in DNSBL_ZONES (%s); correct the name or remove it"
                    .formatted(ZoneList.masked(zone), String.join(", ", shown))));
    return zones.stream()
        .map(zone ->
            named.stream().anyMatch(zone.shownName()::equalsIgnoreCase)
                ? zone.withoutTestEntry()
                : zone)
        .toList();
  }

  /** Invalid zones have already been reported. */
  private Exceptions exceptions(List<Zone> zones) {
    String text = variables.text("EXCEPTIONS").orElse("");
    return zones.isEmpty()
        ? Exceptions.NONE
        : variables.parsed(
            "EXCEPTIONS",
            text,
            it -> Exceptions.parse(Variables.commaSeparated(it), zones),
            Exceptions.NONE);
  }

  private DnsSettings dns() {
    return new DnsSettings(
        variables.parsed(
            "DNS_RESOLVERS",
            variables.text("DNS_RESOLVERS").orElse(""),
            Resolvers::parse,
            List.of()),
        Duration.ofSeconds(variables.integer("DNS_TIMEOUT", 1, 60)),
        variables.integer("DNS_CONCURRENCY", 1, 100),
        variables.integer("DNS_ZONE_RATE", 0, 10_000),
        variables.bool("CHECK_IPV6"));
  }

  private TransitionRules transitions() {
    int faultsBefore = variables.faults().size();
    int listed = variables.integer("LISTED_PRIORITY", 0, 100);
    int fallback = variables.integer("CLEAN_FALLBACK_PRIORITY", 0, 100);
    if (listed >= fallback && variables.faults().size() == faultsBefore) {
      variables.fault(
          "LISTED_PRIORITY",
          "%d is not below CLEAN_FALLBACK_PRIORITY, %d".formatted(listed, fallback));
    }
    return new TransitionRules(
        listed, fallback, variables.duration("RESTORE_AFTER", Duration.ZERO, Duration.ofDays(7)));
  }
}
