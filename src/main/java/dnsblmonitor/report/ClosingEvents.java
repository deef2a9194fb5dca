package dnsblmonitor.report;

import static dnsblmonitor.report.JsonLines.JSON;
import static dnsblmonitor.report.JsonLines.object;

import dnsblmonitor.domain.RunTotals;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The final events of a run. */
record ClosingEvents(JsonLines lines, boolean dryRun) {

  void runSkipped(String holder) {
    lines.writeAlways(
        LogLevel.WARNING,
        "run_skipped",
        "skipped: another run is in progress",
        object().add("holder", holder));
  }

  void summary(RunSummary summary) {
    RunTotals totals = summary.totals();
    lines.writeAlways(
        LogLevel.INFO,
        "job_summary",
        summaryMessage(summary),
        object()
            .add("total_ips", totals.rows())
            .add("listed", totals.newlyListed() + totals.changed())
            .add("cleaned", totals.restored())
            .add("newly_listed", totals.newlyListed())
            .add("changed", totals.changed())
            .add("restored", totals.restored())
            .add("listed_now", totals.listedNow())
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
                summary.suggestedZones().<JsonValue>map(JSON::createValue).orElse(JsonValue.NULL))
            .add("dry_run", dryRun)
            .add("exit_code", summary.exitCode()));
  }

  private static String summaryMessage(RunSummary summary) {
    RunTotals totals = summary.totals();
    StringBuilder message =
        new StringBuilder(
            "%d addresses checked, %d listed now"
                .formatted(totals.rows() - totals.invalid(), totals.listedNow()));
    if (totals.invalid() > 0) {
      message.append("; invalid rows skipped: %d".formatted(totals.invalid()));
    }
    if (summary.keptAnswers() > 0) {
      message.append(
          "; %d listings are based on the last known answer of a zone that is not answering or was not queried"
              .formatted(summary.keptAnswers()));
    }
    if (totals.protectedRows() > 0) {
      message.append(
          "; %d clean addresses are not listed only because an allowlist gave no answer"
              .formatted(totals.protectedRows()));
    }
    summary.remark().ifPresent(remark -> message.append("; ").append(remark));
    return message.toString();
  }

  void fatalError(FatalError error, int exitCode) {
    JsonObjectBuilder fields =
        object()
            .add("error_type", error.type().label())
            .add("error_message", error.message())
            .add("exit_code", exitCode);
    error.cause().ifPresent(cause -> fields.add("stack_trace", stackTrace(cause)));
    lines.write(LogLevel.ERROR, "fatal_error", "fatal error: " + error.type().label(), fields);
  }

  private static String stackTrace(Throwable cause) {
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
