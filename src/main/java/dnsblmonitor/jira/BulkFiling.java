package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.jira.Attempt.Answered;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Files many issues with one request (REST v3 and v2, "Bulk create issue"): each succeeds or fails
 * alone.
 */
final class BulkFiling {

  /**
   * How many issues a request holds. Jira takes 50; half of that is answered well within the read
   * time-out also where each create takes a second.
   */
  static final int MAX_ISSUES = 25;

  /** From how many issues on it is worth a bulk. */
  static final int MIN_ISSUES = 5;

  private final JiraSession jira;
  private final IssueFiling one;

  BulkFiling(JiraSession jira, IssueFiling one) {
    this.jira = jira;
    this.one = one;
  }

  /**
   * Files {@code issues}, at most {@link #MAX_ISSUES}.
   *
   * @param filed takes each that was filed, with its key, as soon as it is known
   * @param failed takes the others
   * @return false if Jira refused the request as a whole, so that none was filed
   */
  boolean file(
      List<NewIssue> issues,
      BiConsumer<NewIssue, String> filed,
      BiConsumer<NewIssue, TicketDeskException> failed) {
    String what =
        "create of %d issues from '%s' on".formatted(issues.size(), issues.getFirst().summary());
    JsonArrayBuilder updates = Wire.JSON.createArrayBuilder();
    issues.forEach(issue -> updates.add(one.body(issue)));
    JsonObject body = Wire.JSON.createObjectBuilder().add("issueUpdates", updates).build();
    Attempt last = jira.unlessArrived(what, api -> api.createAll(body));
    if (last instanceof Answered(Reply reply)) {
      if (report(issues, reply, filed, failed)) {
        return true;
      }
      if (reply.refused()) {
        return false;
      }
    }
    String cause = what + ": " + last.cause();
    one.searchFor(issues, cause, filed)
        .forEach(issue -> failed.accept(issue, IssueFiling.unknown(cause, last)));
    return true;
  }

  /**
   * Reads the answer: the created issues in the order of the request, without those that {@code
   * errors} names by their number. False where it does not add up.
   */
  private boolean report(
      List<NewIssue> issues,
      Reply reply,
      BiConsumer<NewIssue, String> filed,
      BiConsumer<NewIssue, TicketDeskException> failed) {
    JsonObject answer = reply.object().orElse(JsonObject.EMPTY_JSON_OBJECT);
    Map<Integer, JsonObject> errors = new TreeMap<>();
    for (JsonObject error : Wire.objects(answer, "errors")) {
      if (error.get("failedElementNumber") instanceof JsonNumber number) {
        errors.put(number.intValue(), error);
      }
    }
    List<String> keys =
        Wire.objects(answer, "issues").stream().flatMap(i -> Wire.text(i, "key").stream()).toList();
    errors.keySet().removeIf(number -> number < 0 || number >= issues.size());
    if (keys.size() + errors.size() != issues.size()) {
      return false;
    }
    Iterator<String> key = keys.iterator();
    for (int i = 0; i < issues.size(); i++) {
      JsonObject error = errors.get(i);
      if (error == null) {
        filed.accept(issues.get(i), key.next());
      } else {
        failed.accept(issues.get(i), refused(issues.get(i), error));
      }
    }
    return true;
  }

  private TicketDeskException refused(NewIssue issue, JsonObject error) {
    JsonObject said = Wire.object(error, "elementErrors");
    return new TicketDeskException(
        Fault.TICKET_REFUSED,
        "create of '%s': HTTP %s%s%s"
            .formatted(
                issue.summary(),
                error.getOrDefault("status", JsonValue.NULL),
                jira.replies().words(said),
                one.remedy(issue, Wire.object(said, "errors").keySet())));
  }
}
