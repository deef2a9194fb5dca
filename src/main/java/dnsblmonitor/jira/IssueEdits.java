package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.domain.TicketText;
import dnsblmonitor.jira.Attempt.Answered;
import dnsblmonitor.jira.Attempt.Lost;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.ProcessingException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells issues something: comment, summary and property in one request, so that a crash cannot
 * comment twice (R23).
 */
final class IssueEdits {

  private static final Reply DONE_BEFORE = new Reply(204, Map.of(), "");

  private final JiraSession jira;
  private final JiraEvents events;

  IssueEdits(JiraSession jira, JiraEvents events) {
    this.jira = jira;
    this.events = events;
  }

  /**
   * Tells the issue once.
   *
   * @param kept the new value of the property, which shows that this very edit was made
   */
  void tell(
      String key, Optional<TicketText> comment, Optional<String> newSummary, JsonObject kept) {
    String what = "edit of " + key;
    Reply reply =
        edit(
            key,
            comment.map(this::commented).orElseGet(Wire.JSON::createObjectBuilder),
            newSummary,
            kept);
    if (reply.status() == 400 && comment.isPresent()) {
      // an issue holds 5,000 comments; what Jira says then is not documented, and in any language
      Reply without = edit(key, Wire.JSON.createObjectBuilder(), newSummary, kept);
      if (without.succeeded()) {
        events.warning(
            "%s takes no comment%s; it was updated without"
                .formatted(key, jira.replies().words(reply)));
        reply = without;
      }
    }
    if (!reply.succeeded()) {
      throw jira.replies().refused(what, reply);
    }
    if (reply.isForeign()) {
      throw new TicketDeskException(
          Fault.OUTCOME_UNKNOWN,
          "%s: HTTP %d with a web page in place of Jira's answer".formatted(what, reply.status()));
    }
    if (!jira.dialect().givesAndTakesProperties()) {
      keepProperty(key, kept);
    }
  }

  private Reply edit(
      String key, JsonObjectBuilder body, Optional<String> newSummary, JsonObject kept) {
    newSummary.ifPresent(
        summary -> body.add("fields", Wire.JSON.createObjectBuilder().add("summary", summary)));
    JsonObject edit =
        body.add("properties", properties(jira.settings().propertyKey(), kept)).build();
    return jira.calls().repeatedlyTrying("edit of " + key, new OnceOnly(key, edit, kept));
  }

  /** Without the property the next run would comment again: it is set where the edit did not. */
  void keepProperty(String key, JsonObject kept) {
    String name = jira.settings().propertyKey();
    Reply look =
        jira.calls().repeatedly("property of " + key, () -> jira.api().property(key, name));
    if (!holds(look, kept)) {
      String what = "property of " + key;
      Reply reply =
          jira.calls()
              .repeatedlyTrying(
                  what, () -> jira.calls().write(() -> jira.api().setProperty(key, name, kept)));
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

  /** Adds a comment and nothing else; not repeated where it may have arrived. */
  void commentOnly(String key, TicketText text) {
    JsonObject edit = commented(text).build();
    String what = "comment on " + key;
    if (jira.calls().unlessArrived(what, () -> jira.api().edit(key, edit))
            instanceof Answered(Reply reply)
        && reply.refused()) {
      throw jira.replies().refused(what, reply);
    }
  }

  private JsonObjectBuilder commented(TicketText text) {
    JsonObjectBuilder add =
        Wire.JSON
            .createObjectBuilder()
            .add("add", Wire.JSON.createObjectBuilder().add("body", jira.dialect().text(text)));
    return Wire.JSON
        .createObjectBuilder()
        .add(
            "update",
            Wire.JSON
                .createObjectBuilder()
                .add("comment", Wire.JSON.createArrayBuilder().add(add)));
  }

  /** The {@code properties} of a create or edit request. */
  static JsonArrayBuilder properties(String key, JsonObject value) {
    return Wire.JSON
        .createArrayBuilder()
        .add(Wire.JSON.createObjectBuilder().add("key", key).add("value", value));
  }

  /** An edit that looks, before it is repeated, whether the one before had arrived after all. */
  private final class OnceOnly implements Supplier<Attempt> {

    private final String key;
    private final JsonObject edit;
    private final JsonObject kept;
    private boolean mayHaveArrived;

    OnceOnly(String key, JsonObject edit, JsonObject kept) {
      this.key = key;
      this.edit = edit;
      this.kept = kept;
    }

    @Override
    public Attempt get() {
      if (mayHaveArrived) {
        Attempt look =
            jira.calls().once(() -> jira.api().property(key, jira.settings().propertyKey()));
        if (look.transientFailure()) {
          return look;
        }
        if (look instanceof Answered(Reply reply) && reply.isForeign()) {
          return new Lost(new ProcessingException("a web page in place of Jira's answer"));
        }
        if (look instanceof Answered(Reply reply) && holds(reply, kept)) {
          return new Answered(DONE_BEFORE);
        }
      }
      Attempt attempt = jira.calls().write(() -> jira.api().edit(key, edit));
      mayHaveArrived |= attempt.mayHaveArrived();
      return attempt;
    }
  }
}
