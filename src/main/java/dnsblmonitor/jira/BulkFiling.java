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

/**
 * Files many issues with one request (REST v3 and v2, "Bulk create issue"): each succeeds or fails
 * alone.
 */
final class BulkFiling {

  /**
   * How many issues a request holds. Jira takes 50; half of that is answered well within the read
   * time-out also where each create takes a second.
   */
  static final int MOST = 25;

  /** From how many issues on it is worth a bulk. */
  static final int FEWEST = 5;

  /** Takes what becomes of each issue, as soon as it is known. */
  interface Fate {
    void filed(NewIssue issue, String key);

    void failed(NewIssue issue, TicketDeskException why);
  }

  private final JiraSession jira;
  private final IssueFiling one;

  BulkFiling(JiraSession jira, IssueFiling one) {
    this.jira = jira;
    this.one = one;
  }

  /** Files {@code issues}, at most {@link #MOST}. */
  void file(List<NewIssue> issues, Fate fate) {
    String what =
        "create of %d issues from '%s' on".formatted(issues.size(), issues.getFirst().summary());
    JsonArrayBuilder updates = Wire.JSON.createArrayBuilder();
    issues.forEach(issue -> updates.add(one.body(issue)));
    JsonObject body = Wire.JSON.createObjectBuilder().add("issueUpdates", updates).build();
    Attempt last = jira.calls().unlessArrived(what, () -> jira.api().createAll(body));
    if (last instanceof Answered(Reply reply)) {
      if (tell(issues, reply, fate)) {
        return;
      }
      if (reply.refused()) {
        oneByOne(issues, fate); // as a whole, so that none was created
        return;
      }
    }
    String cause = what + ": " + last.cause();
    one.searchFor(issues, cause, fate::filed)
        .forEach(issue -> fate.failed(issue, IssueFiling.unknown(cause, last)));
  }

  /**
   * Reads the answer: the created issues in the order of the request, without those that {@code
   * errors} names by their number. False where it does not add up.
   */
  private boolean tell(List<NewIssue> issues, Reply reply, Fate fate) {
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
        fate.filed(issues.get(i), key.next());
      } else {
        fate.failed(issues.get(i), refused(issues.get(i), error));
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

  private void oneByOne(List<NewIssue> issues, Fate fate) {
    for (NewIssue issue : issues) {
      String key;
      try {
        key = one.file(issue);
      } catch (TicketDeskException e) {
        if (!e.concernsOneTicket()) {
          throw e;
        }
        fate.failed(issue, e);
        continue;
      }
      fate.filed(issue, key);
    }
  }
}
