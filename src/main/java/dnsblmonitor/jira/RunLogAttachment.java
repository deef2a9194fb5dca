package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketText;
import dnsblmonitor.domain.TicketText.Paragraph;
import dnsblmonitor.domain.TicketText.Preformatted;
import dnsblmonitor.jira.Attempt.Answered;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Puts the run's log lines so far with an alert: as a file, else the last ones as a comment (R28).
 */
final class RunLogAttachment {

  private static final String FILE_NAME = "dnsbl-monitor-run.log";

  private final Supplier<List<String>> lines;
  private final JiraSession jira;
  private final IssueEdits edits;
  private final JiraEvents events;

  RunLogAttachment(
      Supplier<List<String>> lines, JiraSession jira, IssueEdits edits, JiraEvents events) {
    this.lines = lines;
    this.jira = jira;
    this.edits = edits;
    this.events = events;
  }

  /** The alert is filed by now, so a refusal is only warned of. */
  void addTo(String key) {
    String log = String.join("\n", lines.get());
    if (log.isEmpty()) {
      return;
    }
    try {
      attach(key, log);
    } catch (TicketDeskException refused) {
      if (!refused.concernsOneTicket()) {
        throw refused;
      }
      events.warning("the run's log goes into a comment: " + refused.getMessage());
      comment(key, log);
    }
  }

  private void attach(String key, String log) {
    String what = "attachment to " + key;
    String boundary = "dnsbl-monitor-" + UUID.randomUUID();
    byte[] body = multipart(boundary, log);
    Attempt last =
        jira.unlessArrived(
            what,
            api -> api.attach(key, "no-check", "multipart/form-data; boundary=" + boundary, body));
    if (last instanceof Answered(Reply reply) && reply.refused()) {
      throw jira.replies().refused(what, reply);
    }
    if (last.mayHaveArrived() || (last instanceof Answered(Reply reply) && reply.isForeign())) {
      events.warning("%s: %s; it may be missing".formatted(what, last.cause()));
    }
  }

  private void comment(String key, String log) {
    try {
      edits.commentOnly(
          key,
          TicketText.of(
              new Paragraph("The run's log; Jira took no attachment."), new Preformatted(log)));
    } catch (TicketDeskException refused) {
      if (!refused.concernsOneTicket()) {
        throw refused;
      }
      events.warning("the alert has no log of the run: " + refused.getMessage());
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
