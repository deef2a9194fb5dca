package dnsblmonitor.report;

import static dnsblmonitor.report.JsonLines.array;
import static dnsblmonitor.report.JsonLines.object;

import dnsblmonitor.domain.TicketAction;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/** The events of writes to Jira; in a dry run, of the writes that would have been made (R3). */
record TicketEvents(JsonLines lines, boolean dryRun) {

  /** A write to Jira; {@code key} is empty if there is none (a dry run). */
  void written(TicketAction action, Optional<String> key) {
    JsonObjectBuilder fields = object();
    switch (action) {
      case TicketAction.Create(var address, var summary, _, _, _) -> {
        fields.add("ip", address.toString());
        key.ifPresent(k -> fields.add("issue", k));
        write("issue_created", "would_create_issue", summary, fields.add("summary", summary));
      }
      case TicketAction.CommentOnTicket(var address, var issue, var comment, var summary, _, _) -> {
        fields.add("ip", address.toString()).add("issue", issue);
        summary.ifPresent(text -> fields.add("summary", text));
        comment.ifPresent(text -> fields.add("comment", text.plain()));
        String message =
            comment.map(text -> firstLine(text.plain())).orElse("updated without a comment");
        write("issue_updated", "would_update_issue", message, fields);
      }
      case TicketAction.RaiseAlert(var zones, var summary, _, _, _) -> {
        fields.add("zones", array(zones));
        key.ifPresent(k -> fields.add("issue", k));
        write("alert_raised", "would_raise_alert", summary, fields.add("summary", summary));
      }
      case TicketAction.CommentOnAlert(var issue, var zones, var comment, _) -> {
        fields.add("zones", array(zones)).add("issue", issue).add("comment", comment.plain());
        write("alert_updated", "would_update_alert", firstLine(comment.plain()), fields);
      }
    }
  }

  private void write(String event, String dryEvent, String message, JsonObjectBuilder fields) {
    lines.info(dryRun ? dryEvent : event, message, fields);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
