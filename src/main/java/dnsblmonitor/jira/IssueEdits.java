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
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reports a state to issues: comment, summary and property in one request, so that a crash cannot
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
   * Writes to the issue once.
   *
   * @param kept the new value of the property, which shows that this very edit was made
   * @param keptWithoutComment the same if Jira refuses the edit with its comment; empty if nothing
   *     is to be written then
   * @return false if Jira refused the comment, and the rest was written without
   */
  boolean report(
      String key,
      Optional<TicketText> comment,
      Optional<String> newSummary,
      JsonObject kept,
      Optional<JsonObject> keptWithoutComment) {
    if (comment.isEmpty()) {
      update(key, newSummary, kept);
      return true;
    }
    Reply reply = edit(key, commented(comment.get()), newSummary, kept);
    if (reply.status() != 400) {
      finish(key, reply, kept);
      return true;
    }
    // an issue holds 5,000 comments; what Jira says then is not documented, and in any language
    TicketDeskException refused = jira.replies().refused("edit of " + key, reply);
    try {
      keptWithoutComment.ifPresent(without -> update(key, newSummary, without));
    } catch (TicketDeskException e) {
      throw e.concernsOneTicket() ? refused : e;
    }
    events.warning(
        "%s takes no comment%s; the next run tries again"
            .formatted(key, jira.replies().words(reply)));
    return false;
  }

  /** An edit without a comment. */
  private void update(String key, Optional<String> newSummary, JsonObject kept) {
    if (newSummary.isEmpty()) {
      keepProperty(key, kept); // Jira refuses an edit of neither fields nor comments
    } else {
      finish(key, edit(key, Wire.JSON.createObjectBuilder(), newSummary, kept), kept);
    }
  }

  private void finish(String key, Reply reply, JsonObject kept) {
    String what = "edit of " + key;
    if (!reply.succeeded()) {
      throw jira.replies().refused(what, reply);
    }
    if (reply.isForeign()) {
      throw new TicketDeskException(
          Fault.OUTCOME_UNKNOWN,
          "%s: HTTP %d with a web page in place of Jira's answer".formatted(what, reply.status()));
    }
    if (!jira.kind().givesAndTakesProperties()) {
      keepProperty(key, kept);
    }
  }

  private Reply edit(
      String key, JsonObjectBuilder body, Optional<String> newSummary, JsonObject kept) {
    newSummary.ifPresent(
        summary -> body.add("fields", Wire.JSON.createObjectBuilder(Map.of("summary", summary))));
    JsonObject edit =
        body.add("properties", properties(jira.settings().propertyKey(), kept)).build();
    return jira.repeatedlyTrying("edit of " + key, new OnceOnly(key, edit, kept));
  }

  /** Without the property the next run would comment again: it is set where the edit did not. */
  void keepProperty(String key, JsonObject kept) {
    String name = jira.settings().propertyKey();
    Reply look = jira.repeatedly("property of " + key, api -> api.property(key, name));
    if (!holds(look, kept)) {
      String what = "property of " + key;
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

  /** Adds a comment and nothing else; not repeated where it may have arrived. */
  void commentOnly(String key, TicketText text) {
    JsonObject edit = commented(text).build();
    String what = "comment on " + key;
    if (jira.unlessArrived(what, api -> api.edit(key, edit)) instanceof Answered(Reply reply)
        && reply.refused()) {
      throw jira.replies().refused(what, reply);
    }
  }

  private JsonObjectBuilder commented(TicketText text) {
    return Wire.JSON.createObjectBuilder(
        Map.of(
            "update",
            Map.of("comment", List.of(Map.of("add", Map.of("body", jira.kind().text(text)))))));
  }

  /** The {@code properties} of a create or edit request. */
  static JsonArrayBuilder properties(String key, JsonObject value) {
    return Wire.JSON
        .createArrayBuilder()
        .add(Wire.JSON.createObjectBuilder().add("key", key).add("value", value));
  }

  /**
   * An edit that looks, before it is repeated, whether the one before had arrived after all. Of a
   * Jira that may ignore properties, it looks at the last comment as well, and before the first
   * time too: an earlier run may have ended before it could set the property.
   */
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
      Optional<Attempt> known = Optional.empty();
      if (mayHaveArrived) {
        String name = jira.settings().propertyKey();
        known = look(api -> api.property(key, name), reply -> holds(reply, kept));
      }
      if (known.isEmpty() && !jira.kind().givesAndTakesProperties() && hasComment()) {
        known = look(api -> api.issue(key, "comment", ""), this::isCommented);
      }
      if (known.isPresent()) {
        return known.get();
      }
      Attempt attempt = jira.write(api -> api.edit(key, edit));
      mayHaveArrived |= attempt.mayHaveArrived();
      return attempt;
    }

    /** Empty if the edit has not arrived: then it is to be sent. */
    private Optional<Attempt> look(Function<JiraApi, Response> request, Predicate<Reply> arrived) {
      Attempt look = jira.once(request);
      if (look.transientFailure() || !(look instanceof Answered(Reply reply))) {
        return Optional.of(look);
      }
      if (reply.isForeign()) {
        return Optional.of(
            new Lost(new ProcessingException("a web page in place of Jira's answer")));
      }
      return arrived.test(reply) ? Optional.of(new Answered(DONE_BEFORE)) : Optional.empty();
    }

    private boolean hasComment() {
      return edit.containsKey("update");
    }

    /** Whether the last comment is this edit's: then only the property is missing. */
    private boolean isCommented(Reply issue) {
      String ours =
          Wire.objects(edit.getJsonObject("update"), "comment").stream()
              .flatMap(operation -> Wire.text(Wire.object(operation, "add"), "body").stream())
              .findFirst()
              .orElse("");
      return issue.object().stream()
          .map(found -> Wire.object(Wire.object(found, "fields"), "comment"))
          .flatMap(comments -> Wire.objects(comments, "comments").reversed().stream().limit(1))
          .flatMap(last -> Wire.text(last, "body").stream())
          .anyMatch(last -> last.replace("\r\n", "\n").strip().equals(ours.strip()));
    }
  }
}
