package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketText;
import dnsblmonitor.domain.TicketText.Paragraph;
import dnsblmonitor.domain.TicketText.Preformatted;
import dnsblmonitor.jira.Attempt.Answered;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Adds the run's log so far to an alert: as a file, else the last lines as a comment (R28). */
final class RunLogAttachment {

  private static final String FILE_NAME = "dnsbl-monitor-run.log";

  private final Supplier<List<String>> lines;
  private final JiraSession jira;
  private final IssueEdits edits;

  RunLogAttachment(Supplier<List<String>> lines, JiraSession jira, IssueEdits edits) {
    this.lines = lines;
    this.jira = jira;
    this.edits = edits;
  }

  void addTo(String key) {
    String log = String.join("\n", lines.get());
    // the alert is filed by now
    if (!log.isEmpty()
        && !jira.succeeds(() -> attach(key, log), "the log of the run is posted as a comment")) {
      TicketText comment =
          TicketText.of(
              new Paragraph("The log of the run, since Jira accepted no attachment."),
              new Preformatted(log));
      jira.succeeds(
          () -> edits.commentOnly(key, comment), "the alert is without the log of the run");
    }
  }

  private void attach(String key, String log) {
    String what = "attachment to " + key;
    String boundary = "dnsbl-monitor-" + UUID.randomUUID();
    byte[] body = multipart(boundary, log);
    String type = "multipart/form-data; boundary=" + boundary;
    Attempt last = jira.unlessArrived(what, api -> api.attach(key, "no-check", type, body));
    if (last instanceof Answered(Reply reply) && reply.refused()) {
      throw jira.replies().refused(what, reply);
    }
    if (last.mayHaveArrived() || (last instanceof Answered(Reply reply) && reply.isForeign())) {
      jira.events().warning("%s: %s; it may be missing".formatted(what, last.cause()));
    }
  }

  /** One file in the part that must be named {@code file} (RFC 7578). */
  private static byte[] multipart(String boundary, String log) {
    String body =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\n\r\n--%s--\r\n"
            .formatted(boundary, FILE_NAME, log, boundary);
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
