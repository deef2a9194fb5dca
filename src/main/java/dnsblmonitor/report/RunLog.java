package dnsblmonitor.report;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.IpAddress;
import dnsblmonitor.domain.IpState;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneHealth;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one door for a run's events: a method each, fields as users know them. Thread-safe as far as
 * {@code out} is.
 */
public final class RunLog {

  /** How each line of ours begins. */
  public static final String LINE_START = "{\"timestamp\":";

  /** What the run really did in Jira for an address. */
  public enum JiraAction {
    CREATED_ISSUE,
    UPDATED_ISSUE,
    NO_ACTION
  }

  private final JsonLines lines;
  private final boolean dryRun;
  private final int dnsFailureLimit;
  private final Map<Zone, Integer> dnsFailures = new HashMap<>();

  /**
   * @param out takes one line at a time, without its end
   * @param jobRunId the same in the whole run
   * @param dnsFailureLimit {@code dns_failure} events per zone, 0 = all (R31)
   */
  public RunLog(
      Consumer<String> out,
      Clock clock,
      String jobRunId,
      LogLevel least,
      boolean dryRun,
      int dnsFailureLimit) {
    this.lines = new JsonLines(out, clock, jobRunId, least);
    this.dryRun = dryRun;
    this.dnsFailureLimit = dnsFailureLimit;
  }

  /** The lines so far, for the malfunction alert. */
  public List<String> linesSoFar() {
    return lines.tail().lines();
  }

  public void ipChecked(Checked result, JiraAction action) {
    IpState before = result.before();
    var verdict = result.check().verdict();
    info(
        "ip_checked",
        "%s is %s".formatted(result.address(), result.isListed() ? "listed" : "clean"),
        Json.createObjectBuilder()
            .add("ip", result.address().toString())
            .add("listed_zones", array(verdict.listedZones()))
            .add("kept_zones", array(verdict.keptZones(before)))
            .add("unknown_zones", array(verdict.unknownZones()))
            .add("decision", result.isListed() ? "LISTED" : "CLEAN")
            .add("db_changes", result.isChanged() && !dryRun)
            .add("jira_action", action.name().toLowerCase(Locale.ROOT))
            .add("duration_ms", result.check().took().toMillis()));
  }

  /** Of a zone's events only the first ones are written; the rest is counted in its health. */
  public void dnsFailure(IpAddress address, Zone zone, Unknown unknown, Duration timeout) {
    int count = dnsFailures.merge(zone, 1, Integer::sum);
    if (dnsFailureLimit > 0 && count > dnsFailureLimit) {
      return;
    }
    warning(
        "dns_failure",
        "%s gave no usable answer for %s".formatted(zone, address),
        Json.createObjectBuilder()
            .add("ip", address.toString())
            .add("zone", zone.shownName())
            .add("query_type", "A")
            .add("error_type", unknown.reason().label())
            .add("error_message", unknown.message())
            .add("timeout_value", timeout.toMillis() / 1000.0));
  }

  public void resolverFailure(Collection<String> resolvers) {
    lines.write(
        LogLevel.ERROR,
        "resolver_failure",
        "no zone answered at all: the resolver seems to be down",
        Json.createObjectBuilder()
            .add("resolvers", array(resolvers))
            .add("error_message", "all zones are silent; check DNS_RESOLVERS and the way to them"));
  }

  public void zoneHealth(ZoneHealth health) {
    JsonObjectBuilder reasons = Json.createObjectBuilder();
    health.unknown().forEach((reason, count) -> reasons.add(reason.label(), count));
    String status = health.status().name().toLowerCase(Locale.ROOT);
    lines.write(
        health.hasFailed() ? LogLevel.WARNING : LogLevel.INFO,
        "zone_health",
        "%s is %s".formatted(health.zone(), status),
        Json.createObjectBuilder()
            .add("zone", health.zone().shownName())
            .add("listed", health.listed())
            .add("not_listed", health.notListed())
            .add("unknown", health.unknowns())
            .add("reasons", reasons)
            .add(
                "latency_ms",
                Json.createObjectBuilder()
                    .add("p50", health.median().toMillis())
                    .add("p99", health.percentile99().toMillis()))
            .add("probe", health.probe().label())
            .add("status", status));
  }

  public void rowUpdated(Ipv4Address address, RowOutcome.Updated update) {
    info(
        dryRun ? "would_update_row" : "row_updated",
        "%s: %s".formatted(address, update.to().lastEvent()),
        Json.createObjectBuilder()
            .add("ip", address.toString())
            .add("from", changed(update.from(), update.to()))
            .add("to", changed(update.to(), update.from())));
  }

  /** The columns of {@code values} that differ in {@code other}. */
  private static JsonObjectBuilder changed(RowValues values, RowValues other) {
    JsonObjectBuilder columns = Json.createObjectBuilder();
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
      case Integer number -> Json.createValue(number);
      default -> Json.createValue(value.toString());
    };
  }

  /** A write to Jira; {@code key} is empty where there is none (a dry run). */
  public void ticketWritten(TicketAction action, Optional<String> key) {
    JsonObjectBuilder fields = Json.createObjectBuilder();
    switch (action) {
      case TicketAction.Create(var address, var summary, _, _, _) -> {
        fields.add("ip", address.toString());
        key.ifPresent(k -> fields.add("issue", k));
        written("issue_created", "would_create_issue", summary, fields.add("summary", summary));
      }
      case TicketAction.Tell(var address, var issue, var comment, var summary, _) -> {
        fields.add("ip", address.toString()).add("issue", issue);
        summary.ifPresent(text -> fields.add("summary", text));
        fields.add("comment", comment.plain());
        written("issue_updated", "would_update_issue", firstLine(comment.plain()), fields);
      }
      case TicketAction.RaiseAlert(var malfunction, var summary, _, _, _) -> {
        fields.add("zones", array(malfunction.failed().stream().map(h -> "" + h.zone()).toList()));
        key.ifPresent(k -> fields.add("issue", k));
        written("alert_raised", "would_raise_alert", summary, fields.add("summary", summary));
      }
      case TicketAction.TellAlert(var issue, var zones, var comment, _) -> {
        fields.add("zones", array(zones)).add("issue", issue).add("comment", comment.plain());
        written("alert_updated", "would_update_alert", firstLine(comment.plain()), fields);
      }
    }
  }

  private void written(String event, String dryEvent, String message, JsonObjectBuilder fields) {
    info(dryRun ? dryEvent : event, message, fields);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  public void rowInvalid(long id, @Nullable String value) {
    row("row_invalid", "row %d holds no IPv4 address and is skipped".formatted(id), id, value);
  }

  /** Its IPv4 address is checked nevertheless (CHECK_IPV6). */
  public void ipv6Invalid(MonitoredIp ip, String value) {
    row(
        "row_invalid",
        "row %d (%s) holds no IPv6 address in ipv6; only its ipv4 is checked"
            .formatted(ip.rowId(), ip.address()),
        ip.rowId(),
        value);
  }

  public void rowConflict(MonitoredIp ip) {
    row(
        "row_conflict",
        "row %d kept being changed by others and is left to the next run".formatted(ip.rowId()),
        ip.rowId(),
        ip.address().toString());
  }

  public void priorityDrift(MonitoredIp ip, int priority) {
    row(
        "priority_drift",
        "%s is listed but its priority was changed to %d; it is left so"
            .formatted(ip.address(), priority),
        ip.rowId(),
        priority);
  }

  private void row(String event, String message, long id, @Nullable Object value) {
    warning(event, message, Json.createObjectBuilder().add("id", id).add("value", json(value)));
  }

  public void poolExhausted(long poolId, Collection<Ipv4Address> addresses) {
    warning(
        "pool_exhausted",
        "every address of pool %d is listed".formatted(poolId),
        Json.createObjectBuilder()
            .add("ip_pool_id", poolId)
            .add("ips", array(addresses.stream().map(Ipv4Address::toString).toList())));
  }

  public void jiraRetry(int attempt, Duration wait, String cause) {
    warning(
        "jira_retry",
        "Jira is asked again",
        Json.createObjectBuilder()
            .add("attempt", attempt)
            .add("wait_sec", wait.toMillis() / 1000.0)
            .add("cause", cause));
  }

  public void runSkipped(String holder) {
    lines.writeAlways(
        LogLevel.WARNING,
        "run_skipped",
        "another run is under way",
        Json.createObjectBuilder().add("holder", holder));
  }

  /** Something that people should know and that has no event of its own. */
  public void warning(String message) {
    warning("warning", message, Json.createObjectBuilder());
  }

  public void summary(RunSummary summary) {
    RunTotals totals = summary.totals();
    lines.writeAlways(
        LogLevel.INFO,
        "job_summary",
        summaryMessage(summary),
        Json.createObjectBuilder()
            .add("total_ips", totals.rows())
            .add("listed", totals.newlyListedOrChanged())
            .add("cleaned", totals.cleaned())
            .add("unchanged", totals.unchanged())
            .add("listed_total", totals.listedNow())
            .add("invalid", totals.invalid())
            .add("conflicts", totals.conflicts())
            .add("drifted", totals.drifted())
            .add("pools_exhausted", summary.poolsExhausted())
            .add("jira_created", summary.jiraCreated())
            .add("jira_updated", summary.jiraUpdated())
            .add("dns_failures", totals.unknownLookups())
            .add("lookups", totals.lookups())
            .add("duration_sec", summary.took().toMillis() / 1000.0)
            .add(
                "suggested_zones",
                summary.suggestedZones().<JsonValue>map(Json::createValue).orElse(JsonValue.NULL))
            .add("dry_run", dryRun)
            .add("exit_code", summary.exitCode()));
  }

  private static String summaryMessage(RunSummary summary) {
    StringBuilder message =
        new StringBuilder(
            "%d addresses checked, %d listed now"
                .formatted(summary.totals().rows(), summary.totals().listedNow()));
    if (summary.keptAnswers() > 0) {
      message.append(
          "; %d listings rest on the last known answer of a silent zone"
              .formatted(summary.keptAnswers()));
    }
    summary.remark().ifPresent(remark -> message.append("; ").append(remark));
    return message.toString();
  }

  public void fatalError(FatalError error, int exitCode) {
    JsonObjectBuilder fields =
        Json.createObjectBuilder()
            .add("error_type", error.type().label())
            .add("error_message", error.message())
            .add("exit_code", exitCode);
    error.cause().ifPresent(cause -> fields.add("stack_trace", stackTrace(cause)));
    lines.write(LogLevel.ERROR, "fatal_error", "the run failed: " + error.type().label(), fields);
  }

  private static String stackTrace(Throwable cause) {
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private void info(String event, String message, JsonObjectBuilder fields) {
    lines.write(LogLevel.INFO, event, message, fields);
  }

  private void warning(String event, String message, JsonObjectBuilder fields) {
    lines.write(LogLevel.WARNING, event, message, fields);
  }

  private static JsonArrayBuilder array(Collection<String> texts) {
    return Json.createArrayBuilder(texts);
  }
}
