package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketAction.CommentOnAlert;
import dnsblmonitor.domain.TicketAction.CommentOnTicket;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.domain.TicketText;
import dnsblmonitor.jira.Attempt.Answered;
import dnsblmonitor.jira.Attempt.Lost;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reports a state to issues: comment, summary and property in one request, so that a crash cannot
 * comment twice (R23).
 */
final class IssueEdits {

  private static final Reply DONE_BEFORE = new Reply(204, Map.of(), "");

  private final JiraSession jira;
  private final IssueSearch search;

  IssueEdits(JiraSession jira, IssueSearch search) {
    this.jira = jira;
    this.search = search;
  }

  /**
   * What is written to an issue to carry out {@code action}.
   *
   * @param kept the new value of the property, which shows that this very edit was made
   * @param withoutComment what is written if Jira refuses the comment; empty for nothing
   */
  private record Edit(
      TicketAction action,
      String key,
      Optional<TicketText> comment,
      Optional<String> newSummary,
      JsonObject kept,
      Optional<Edit> withoutComment) {}

  /** What was written: without the comment if Jira refused that; empty if nothing. */
  Optional<TicketAction> report(CommentOnTicket ticket) {
    return report(edit(ticket));
  }

  Optional<TicketAction> report(CommentOnAlert alert) {
    return report(edit(alert, Optional.of(alert.comment())));
  }

  private Edit edit(CommentOnTicket ticket) {
    String key = ticket.issueKey();
    JsonObject kept = ReportedStateProperty.of(ticket.kept(), jira.settings().project());
    Optional<Edit> without = ticket.withoutComment().map(this::edit);
    return new Edit(
        ticket, key, ticket.comment(), ticket.newSummary(), withLabels(key, kept), without);
  }

  private Edit edit(CommentOnAlert alert, Optional<TicketText> comment) {
    String key = alert.issueKey();
    JsonObject kept = ReportedStateProperty.of(alert.reported(), jira.settings().project());
    Optional<Edit> without = comment.map(_ -> edit(alert, Optional.empty()));
    return new Edit(alert, key, comment, Optional.empty(), withLabels(key, kept), without);
  }

  /** If Jira takes no labels, the property goes on holding them (R25a). */
  private JsonObject withLabels(String key, JsonObject kept) {
    return ReportedStateProperty.withLabels(kept, search.labelsInProperty(key));
  }

  private Optional<TicketAction> report(Edit edit) {
    try {
      return write(edit);
    } catch (TicketDeskException e) {
      if (e.fault() != Fault.TICKET_REFUSED || search.isInProject(edit.key())) {
        throw e;
      }
      jira.events()
          .warning(
              "%s was moved to a project in which the account may not edit it; no other ticket is filed while it is open. %s"
                  .formatted(edit.key(), e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<TicketAction> write(Edit edit) {
    if (edit.comment().isEmpty() && edit.newSummary().isEmpty()) {
      keepProperty(edit.key(), edit.kept()); // Jira refuses an edit of neither fields nor comments
      return Optional.of(edit.action());
    }
    String what = "edit of " + edit.key();
    JsonObject body = body(edit);
    AtomicBoolean mayHaveArrived = new AtomicBoolean();
    Reply reply = jira.repeatedlyTrying(what, () -> attempt(edit, body, mayHaveArrived));
    if (reply.status() == 400 && edit.comment().isPresent()) {
      return writeWithoutComment(edit, reply);
    }
    if (!reply.succeeded()) {
      throw jira.replies().refused(what, reply);
    }
    if (reply.isForeign()) {
      throw new TicketDeskException(
          Fault.OUTCOME_UNKNOWN,
          "%s: HTTP %d with a web page instead of an answer from Jira"
              .formatted(what, reply.status()));
    }
    if (!jira.kind().supportsProperties()) {
      keepProperty(edit.key(), edit.kept());
    }
    return Optional.of(edit.action());
  }

  /** An issue holds 5,000 comments; what Jira says then is not documented, and in any language. */
  private Optional<TicketAction> writeWithoutComment(Edit edit, Reply reply) {
    Optional<TicketAction> written;
    try {
      written = edit.withoutComment().flatMap(this::write);
    } catch (TicketDeskException e) {
      throw e.concernsOneTicket() ? jira.replies().refused("edit of " + edit.key(), reply) : e;
    }
    jira.events()
        .warning(
            "%s accepts no comment%s; the next run tries again"
                .formatted(edit.key(), jira.replies().words(reply)));
    return written;
  }

  /** Sets the property, if it has another value: without it the next run would comment again. */
  void keepProperty(String key, JsonObject kept) {
    String name = jira.settings().propertyKey();
    String what = "property of " + key;
    if (!holds(jira.repeatedly(what, api -> api.property(key, name)), kept)) {
      Reply reply =
          jira.repeatedlyTrying(what, () -> jira.write(api -> api.setProperty(key, name, kept)));
      if (!reply.succeeded() || reply.isForeign()) {
        throw jira.replies().refused(what, reply);
      }
    }
  }

  private static boolean holds(Reply property, JsonObject kept) {
    return property.succeeded()
        && property
            .object()
            .map(found -> Wire.object(found, "value"))
            .filter(kept::equals)
            .isPresent();
  }

  /** Adds a comment and nothing else; not repeated if it may have arrived. */
  void commentOnly(String key, TicketText text) {
    JsonObject body = Wire.JSON.createObjectBuilder().add("update", comment(text)).build();
    String what = "comment on " + key;
    if (jira.unlessArrived(what, api -> api.edit(key, body)) instanceof Answered(Reply reply)
        && reply.refused()) {
      throw jira.replies().refused(what, reply);
    }
  }

  private JsonObjectBuilder comment(TicketText text) {
    return Wire.JSON.createObjectBuilder(
        Map.of("comment", List.of(Map.of("add", Map.of("body", jira.kind().text(text))))));
  }

  /** The {@code properties} of a create or edit request. */
  static JsonArrayBuilder properties(String key, JsonObject value) {
    return Wire.JSON
        .createArrayBuilder()
        .add(Wire.JSON.createObjectBuilder().add("key", key).add("value", value));
  }

  private JsonObject body(Edit edit) {
    JsonObjectBuilder body = Wire.JSON.createObjectBuilder();
    edit.comment().ifPresent(text -> body.add("update", comment(text)));
    edit.newSummary()
        .map(summary -> Wire.JSON.createObjectBuilder().add("summary", summary))
        .ifPresent(fields -> body.add("fields", fields));
    return body.add("properties", properties(jira.settings().propertyKey(), edit.kept())).build();
  }

  /**
   * Sends the edit, unless an earlier attempt turns out to have arrived. If Jira may ignore
   * properties, the last comment shows that, also of an earlier run that did not get to set the
   * property.
   */
  private Attempt attempt(Edit edit, JsonObject body, AtomicBoolean mayHaveArrived) {
    String key = edit.key();
    String name = jira.settings().propertyKey();
    Optional<Attempt> known =
        mayHaveArrived.get()
            ? arrived(api -> api.property(key, name), reply -> holds(reply, edit.kept()))
            : Optional.empty();
    if (known.isEmpty() && !jira.kind().supportsProperties()) {
      known =
          edit.comment()
              .flatMap(ours ->
                  arrived(api -> api.issue(key, "comment", ""), reply -> endsWith(reply, ours)));
    }
    if (known.isPresent()) {
      return known.get();
    }
    Attempt sent = jira.write(api -> api.edit(key, body));
    if (sent.mayHaveArrived()) {
      mayHaveArrived.set(true);
    }
    return sent;
  }

  /** Empty if the edit has not arrived and is to be sent. */
  private Optional<Attempt> arrived(Function<JiraApi, Response> request, Predicate<Reply> proof) {
    Attempt read = jira.once(request);
    if (read.transientFailure() || !(read instanceof Answered(Reply reply))) {
      return Optional.of(read);
    }
    if (reply.isForeign()) {
      return Optional.of(
          new Lost(new ProcessingException("a web page instead of an answer from Jira")));
    }
    return proof.test(reply) ? Optional.of(new Answered(DONE_BEFORE)) : Optional.empty();
  }

  /** Whether the last comment of an issue is ours: then only the property is missing. */
  private boolean endsWith(Reply issue, TicketText ours) {
    return jira.kind().text(ours) instanceof JsonString text
        && issue.object().stream()
            .map(found -> Wire.object(Wire.object(found, "fields"), "comment"))
            .flatMap(comments -> Wire.objects(comments, "comments").reversed().stream().limit(1))
            .flatMap(last -> Wire.text(last, "body").stream())
            .anyMatch(last -> last.replace("\r\n", "\n").strip().equals(text.getString().strip()));
  }
}
