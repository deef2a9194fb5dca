package dnsblmonitor.report;

import static dnsblmonitor.report.JsonLines.JSON;
import static dnsblmonitor.report.JsonLines.array;
import static dnsblmonitor.report.JsonLines.object;
import static java.util.stream.Collectors.joining;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.Exceptions;
import dnsblmonitor.domain.IpAddress;
import dnsblmonitor.domain.IpState;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.Malfunction;
import dnsblmonitor.domain.MassListing;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneHealth;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of a run: one method per event, fields as documented. Thread-safe if {@code
 * out} is.
 */
public final class RunLog {

  /** The start of each line written here. */
  public static final String LINE_START = "{\"timestamp\":";

  /** What the run did in Jira for an address; in a dry run, what it would have done (R3). */
  public enum JiraAction {
    CREATED_ISSUE("created_issue", "would_create_issue"),
    UPDATED_ISSUE("updated_issue", "would_update_issue"),
    NO_ACTION("no_action", "no_action");

    private final String label;
    private final String dryLabel;

    JiraAction(String label, String dryLabel) {
      this.label = label;
      this.dryLabel = dryLabel;
    }
  }

  private final JsonLines lines;
  private final boolean dryRun;
  private final int dnsFailureLimit;
  private final TicketEvents tickets;
  private final ClosingEvents closing;
  private final Map<Zone, Integer> dnsFailures = new HashMap<>();

  /**
   * @param out receives one line at a time, without a line terminator
   * @param jobRunId the same in the whole run
   * @param dnsFailureLimit {@code dns_failure} events per zone, 0 = all (R31)
   * @param redaction of secrets that third-party texts may contain (R32)
   */
  public RunLog(
      Consumer<String> out,
      Clock clock,
      String jobRunId,
      LogLevel least,
      boolean dryRun,
      int dnsFailureLimit,
      Redaction redaction) {
    this.lines = new JsonLines(out, clock, jobRunId, least, redaction);
    this.dryRun = dryRun;
    this.dnsFailureLimit = dnsFailureLimit;
    this.tickets = new TicketEvents(lines, dryRun);
    this.closing = new ClosingEvents(lines, dryRun);
  }

  /** The lines so far, for the malfunction alert. */
  public List<String> linesSoFar() {
    return lines.tail().lines();
  }

  public void ipChecked(Checked result, JiraAction action) {
    IpState before = result.before();
    var verdict = result.check().verdict();
    JsonObjectBuilder event =
        object()
            .add("ip", result.address().toString())
            .add("listed_zones", array(verdict.listedZones()))
            .add("kept_zones", array(verdict.keptZones(before)))
            .add("unknown_zones", array(verdict.unknownZones()));
    Set<String> heldBack = verdict.heldBackZones(before);
    if (!heldBack.isEmpty()) {
      event.add("held_back_zones", array(heldBack));
    }
    Set<String> excepted = verdict.exceptedZones(before.listingZones());
    if (!excepted.isEmpty()) {
      event.add("excepted_zones", array(excepted));
    }
    Set<String> protectedBy = result.protectedBy();
    if (!protectedBy.isEmpty()) {
      event.add("protected_by", array(protectedBy));
    }
    if (result.outcome() instanceof RowOutcome.Waiting(_, var notBefore)) {
      event.add("restore_not_before", notBefore.toString());
    }
    lines.info(
        "ip_checked",
        "%s is %s".formatted(result.address(), result.isListed() ? "listed" : "clean"),
        event
            .add("decision", result.isListed() ? "LISTED" : "CLEAN")
            .add("db_changes", result.isChanged() && !dryRun)
            .add("jira_action", dryRun ? action.dryLabel : action.label)
            .add("duration_ms", result.check().took().toMillis()));
  }

  /** Only a zone's first failures are logged; its health counts the rest. */
  public void dnsFailure(IpAddress address, Zone zone, Unknown unknown, Duration timeout) {
    int count = dnsFailures.merge(zone, 1, Integer::sum);
    if (dnsFailureLimit > 0 && count > dnsFailureLimit) {
      return;
    }
    lines.warning(
        "dns_failure",
        "no usable answer from %s for %s".formatted(zone, address),
        object()
            .add("ip", address.toString())
            .add("zone", zone.shownName())
            .add("query_type", "A")
            .add("error_type", unknown.reason().label())
            .add("error_message", unknown.message())
            .add("timeout_value", timeout.toMillis() / 1000.0));
  }

  /** Too many zones failed, and no ticket is filed for it (R28a). */
  public void malfunction(Malfunction malfunction) {
    List<String> zones =
        malfunction.failed().stream().map(health -> health.zone().shownName()).toList();
    lines.write(
        LogLevel.ERROR,
        "malfunction",
        "%d of %d zones (%d%%) failed: no usable answer to more than half of the lookups. Addresses keep their current state"
            .formatted(zones.size(), malfunction.zones(), malfunction.percent()),
        object().add("zones", array(zones)).add("percent", malfunction.percent()));
  }

  /**
   * The run could not be recorded in the history (R36).
   *
   * @param target the database, without a login
   */
  public void historyFailed(String target, String errorMessage) {
    lines.warning(
        "history_failed",
        "the run was not recorded: " + errorMessage,
        object().add("target", target).add("error_message", errorMessage));
  }

  /**
   * The metrics of the run did not reach a target (R38).
   *
   * @param target a file, or a URL without login and path
   */
  public void metricsFailed(String target, String errorMessage) {
    lines.warning(
        "metrics_failed",
        "the metrics were not written: " + errorMessage,
        object().add("target", target).add("error_message", errorMessage));
  }

  /**
   * A notification did not reach its target (R39).
   *
   * @param target a URL without login and path
   */
  public void notificationFailed(String target, String errorMessage) {
    lines.warning(
        "notification_failed",
        "the notification was not delivered: " + errorMessage,
        object().add("target", target).add("error_message", errorMessage));
  }

  /** An entry of EXCEPTIONS has expired (R20b). */
  public void exceptionExpired(Exceptions.Entry entry) {
    lines.warning(
        "exception_expired",
        "the exception %s has expired; remove it from EXCEPTIONS or give it a new date"
            .formatted(entry),
        object().add("exception", entry.toString()));
  }

  /** A zone lists too many rows at once and is held back from now on (R14a). */
  public void massListing(MassListing held) {
    lines.warning(
        "mass_listing",
        "%s at once. The zone is held back: this run throttles no more addresses because of it. %s"
            .formatted(held, MassListing.ADVICE),
        object()
            .add("zone", held.zone())
            .add("newly_listed", held.newlyListed())
            .add("rows", held.rows()));
  }

  /** All zones were unresponsive at the same time, so the resolver is at fault (R13). */
  public void resolverFailure(Collection<String> resolvers) {
    resolverFailure(
        resolvers,
        "all zones stopped answering at the same time. Check DNS_RESOLVERS and the network connection to the resolvers");
  }

  /** No zone lists its test entry, so the resolver is at fault (R14). */
  public void resolverHidesTestEntries(Collection<String> resolvers) {
    resolverFailure(
        resolvers,
        "all zones answer, but none lists its test entry 127.0.0.2: the resolver hides or rewrites the answers of blocklists. Check DNS_RESOLVERS");
  }

  private void resolverFailure(Collection<String> resolvers, String errorMessage) {
    lines.write(
        LogLevel.ERROR,
        "resolver_failure",
        "the resolver failed: " + errorMessage,
        object().add("resolvers", array(resolvers)).add("error_message", errorMessage));
  }

  /**
   * How a zone answered (R33).
   *
   * @param protectedRows clean addresses that are not listed only because its answer is missing
   *     (R17)
   */
  public void zoneHealth(ZoneHealth health, long protectedRows) {
    JsonObjectBuilder reasons = object();
    health.unknown().forEach((reason, count) -> reasons.add(reason.label(), count));
    String status = health.status().name().toLowerCase(Locale.ROOT);
    lines.write(
        switch (health.status()) {
          case HEALTHY, DEGRADED -> protectedRows == 0 ? LogLevel.INFO : LogLevel.WARNING;
          case FAILED, BROKEN -> LogLevel.WARNING;
        },
        "zone_health",
        "%s is %s%s%s".formatted(health.zone(), status, remark(health), protection(protectedRows)),
        object()
            .add("zone", health.zone().shownName())
            .add("listed", health.listed())
            .add("not_listed", health.notListed())
            .add("unknown", health.unknowns())
            .add("reasons", reasons)
            .add(
                "latency_ms",
                object()
                    .add("p50", health.median().toMillis())
                    .add("p99", health.percentile99().toMillis()))
            .add("probe", health.probe().label())
            .add("status", status));
  }

  private static String protection(long rows) {
    return rows == 0
        ? ""
        : "; %d clean addresses are not listed only because this allowlist gave no answer"
            .formatted(rows);
  }

  private static String remark(ZoneHealth health) {
    return switch (health.probe()) {
      case TEST_ENTRY_MISSING ->
          health.zone().blocks()
              ? ": its test entry 127.0.0.2 is not listed, so the list may be dead or empty, and its \"not listed\" answers are not trusted. Check the name of the zone. If the list is dead, remove it from DNSBL_ZONES; if it has no test entry, add it to ZONES_WITHOUT_TEST_ENTRY"
              : ": its test entry 127.0.0.2 is not listed. Check the name of the zone; if it has no test entry, add it to ZONES_WITHOUT_TEST_ENTRY";
      case IPV6_TEST_ENTRY_MISSING -> "; it has no IPv6 test entry";
      case LISTS_EVERYTHING ->
          ": it lists 127.0.0.1, which no list may contain, so its answers are ignored. Remove it from DNSBL_ZONES";
      case OFF, OK, UNANSWERED -> "";
    };
  }

  public void rowUpdated(Ipv4Address address, RowOutcome.Updated update) {
    lines.info(
        dryRun ? "would_update_row" : "row_updated",
        "%s: %s".formatted(address, update.to().lastEvent()),
        object()
            .add("ip", address.toString())
            .add("from", changed(update.from(), update.to()))
            .add("to", changed(update.to(), update.from())));
  }

  /** The columns of {@code values} that differ in {@code other}. */
  private static JsonObjectBuilder changed(RowValues values, RowValues other) {
    JsonObjectBuilder columns = object();
    addChanged(columns, "priority", values.priority(), other.priority());
    addChanged(columns, "oldPriority", values.oldPriority(), other.oldPriority());
    addChanged(columns, "blockingLists", values.blockingLists(), other.blockingLists());
    addChanged(columns, "lastEvent", values.lastEvent(), other.lastEvent());
    return columns;
  }

  private static void addChanged(
      JsonObjectBuilder columns, String name, @Nullable Object value, @Nullable Object other) {
    if (!Objects.equals(value, other)) {
      columns.add(name, json(value));
    }
  }

  private static JsonValue json(@Nullable Object value) {
    return switch (value) {
      case null -> JsonValue.NULL;
      case Integer number -> JSON.createValue(number);
      default -> JSON.createValue(value.toString());
    };
  }

  /** A write to Jira; {@code key} is empty if there is none (a dry run). */
  public void ticketWritten(TicketAction action, Optional<String> key) {
    tickets.written(action, key);
  }

  public void rowInvalid(long id, @Nullable String value) {
    lines.warning(
        "row_invalid",
        "row %d is skipped: ipv4 is not an IPv4 address".formatted(id),
        object().add("id", id).add("value", json(value)));
  }

  /** The row's IPv4 address is still checked (CHECK_IPV6). */
  public void ipv6Invalid(MonitoredIp ip, String value) {
    row(
        "row_invalid",
        "row %d (%s): ipv6 is not an IPv6 address; only ipv4 is checked"
            .formatted(ip.rowId(), ip.address()),
        ip,
        value);
  }

  public void rowConflict(MonitoredIp ip) {
    row(
        "row_conflict",
        "row %d kept changing while it was being written; the next run tries again"
            .formatted(ip.rowId()),
        ip,
        ip.address().toString());
  }

  /** A column is too narrow for the row's new value (R7a). */
  public void rowUnwritable(MonitoredIp ip, RowOutcome.TooNarrow tooNarrow) {
    lines.warning(
        "row_unwritable",
        "row %d (%s) was not written: %s".formatted(ip.rowId(), ip.address(), tooNarrow),
        object()
            .add("id", ip.rowId())
            .add("ip", ip.address().toString())
            .add("column", tooNarrow.column())
            .add("width", tooNarrow.width())
            .add("needed", tooNarrow.needed()));
  }

  /** Rows were left for the next run, since time was up (R7b). */
  public void runIncomplete(long checked, long notChecked, String reason) {
    lines.warning(
        "run_incomplete",
        "%d rows were not checked: %s".formatted(notChecked, reason),
        object().add("checked", checked).add("not_checked", notChecked).add("reason", reason));
  }

  public void priorityDrift(MonitoredIp ip, int priority) {
    row(
        "priority_drift",
        "%s is listed, but its priority was changed to %d by someone else; it is not throttled again"
            .formatted(ip.address(), priority),
        ip,
        priority);
  }

  private void row(String event, String message, MonitoredIp ip, Object value) {
    lines.warning(
        event,
        message,
        object()
            .add("id", ip.rowId())
            .add("ip", ip.address().toString())
            .add("value", json(value)));
  }

  public void poolExhausted(long poolId, Collection<Ipv4Address> addresses) {
    lines.warning(
        "pool_exhausted",
        "every address of pool %d is listed".formatted(poolId),
        object()
            .add("ip_pool_id", poolId)
            .add("ips", array(addresses.stream().map(Ipv4Address::toString).toList())));
  }

  public void jiraRetry(int attempt, Duration wait, String cause) {
    lines.warning(
        "jira_retry",
        "retrying the request to Jira",
        object()
            .add("attempt", attempt)
            .add("wait_sec", wait.toMillis() / 1000.0)
            .add("cause", cause));
  }

  public void runSkipped(String holder) {
    closing.runSkipped(holder);
  }

  /**
   * {@code serve} is ready.
   *
   * @param url of its page
   * @param users their names by role
   * @param schedule how often a run starts; empty without a schedule
   */
  public void serveReady(
      String url, SequencedMap<String, List<String>> users, Optional<Duration> schedule) {
    Map<String, List<String>> rolesOf = new LinkedHashMap<>();
    JsonObjectBuilder byRole = object();
    users.forEach((role, names) -> {
      byRole.add(role, array(names));
      names.forEach(name -> rolesOf.computeIfAbsent(name, _ -> new ArrayList<>()).add(role));
    });
    String people =
        rolesOf.entrySet().stream()
            .map(user -> "%s (%s)".formatted(user.getKey(), String.join(", ", user.getValue())))
            .collect(joining(", "));
    lines.info(
        "serve_ready",
        "listening on %s, users %s; DRY_RUN is %s%s"
            .formatted(
                url,
                people,
                dryRun ? "on" : "off",
                schedule.map(every -> "; starting a run every " + every).orElse("")),
        object()
            .add("url", url)
            .add("users", byRole)
            .add(
                "schedule",
                schedule
                    .map(Duration::toString)
                    .<JsonValue>map(JSON::createValue)
                    .orElse(JsonValue.NULL))
            .add("dry_run", dryRun));
  }

  /** A warning without an event of its own. */
  public void warning(String message) {
    lines.warning("warning", message, object());
  }

  public void summary(RunSummary summary) {
    closing.summary(summary);
  }

  public void fatalError(FatalError error, int exitCode) {
    closing.fatalError(error, exitCode);
  }
}
