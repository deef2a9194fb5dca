package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketText;
import dnsblmonitor.jira.Attempt.Answered;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tells issues something: comment, summary and property in one request, so that a crash cannot
 * comment twice (R23).
 */
final class IssueEdits {

  private static final Reply DONE_BEFORE = new Reply(204, Map.of(), "");

  private final String propertyKey;
  private final JiraDialect dialect;
  private final JiraApi api;
  private final JiraCalls calls;
  private final Replies replies;

  IssueEdits(
      String propertyKey, JiraDialect dialect, JiraApi api, JiraCalls calls, Replies replies) {
    this.propertyKey = propertyKey;
    this.dialect = dialect;
    this.api = api;
    this.calls = calls;
    this.replies = replies;
  }

  /**
   * Tells the issue once.
   *
   * @param alreadyTold whether a value of the property shows that this very edit was made
   */
  void tell(
      String key,
      TicketText comment,
      Optional<String> newSummary,
      JsonObject told,
      Predicate<JsonObject> alreadyTold) {
    JsonObjectBuilder body = comment(comment);
    newSummary.ifPresent(
        summary -> body.add("fields", Wire.JSON.createObjectBuilder().add("summary", summary)));
    JsonObject edit = body.add("properties", properties(propertyKey, told)).build();
    String what = "edit of " + key;
    Reply reply = calls.repeatedlyTrying(what, new OnceOnly(key, edit, alreadyTold));
    if (!reply.succeeded()) {
      throw replies.refused(what, reply);
    }
  }

  /** Adds a comment and nothing else; not repeated where it may have arrived. */
  void commentOnly(String key, TicketText text) {
    JsonObject edit = comment(text).build();
    String what = "comment on " + key;
    if (calls.unlessArrived(what, () -> api.edit(key, edit)) instanceof Answered(Reply reply)
        && reply.refused()) {
      throw replies.refused(what, reply);
    }
  }

  private JsonObjectBuilder comment(TicketText text) {
    JsonObjectBuilder add =
        Wire.JSON
            .createObjectBuilder()
            .add("add", Wire.JSON.createObjectBuilder().add("body", dialect.text(text)));
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
    private final Predicate<JsonObject> alreadyTold;
    private boolean mayHaveArrived;

    OnceOnly(String key, JsonObject edit, Predicate<JsonObject> alreadyTold) {
      this.key = key;
      this.edit = edit;
      this.alreadyTold = alreadyTold;
    }

    @Override
    public Attempt get() {
      if (mayHaveArrived) {
        Attempt look = calls.once(() -> api.property(key, propertyKey));
        if (look.transientFailure()) {
          return look;
        }
        if (look instanceof Answered(Reply reply) && arrived(reply)) {
          return new Answered(DONE_BEFORE);
        }
      }
      Attempt attempt = calls.once(() -> api.edit(key, edit));
      mayHaveArrived |= attempt.mayHaveArrived() || serverError(attempt);
      return attempt;
    }

    private boolean arrived(Reply reply) {
      return reply.succeeded()
          && reply
              .object()
              .map(property -> Wire.object(property, "value"))
              .filter(alreadyTold)
              .isPresent();
    }

    private static boolean serverError(Attempt attempt) {
      return attempt instanceof Answered(Reply reply) && reply.status() / 100 == 5;
    }
  }
}
