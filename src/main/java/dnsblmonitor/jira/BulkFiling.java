package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.jira.Attempt.Answered;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** What became of one issue. */
  sealed interface Filed {
    record As(String key) implements Filed {}

    record Not(TicketDeskException why) implements Filed {}
  }

  private final JiraSession jira;
  private final IssueFiling one;

  BulkFiling(JiraSession jira, IssueFiling one) {
    this.jira = jira;
    this.one = one;
  }

  /** What became of {@code issues}, at most {@link #MOST}, in their order. */
  List<Filed> file(List<NewIssue> issues) {
    String what =
        "create of %d issues from '%s' on".formatted(issues.size(), issues.getFirst().summary());
    JsonArrayBuilder updates = Wire.JSON.createArrayBuilder();
    issues.forEach(issue -> updates.add(one.body(issue)));
    JsonObject body = Wire.JSON.createObjectBuilder().add("issueUpdates", updates).build();
    Attempt last = jira.calls().unlessArrived(what, () -> jira.api().createAll(body));
    if (last instanceof Answered(Reply reply)) {
      Optional<List<Filed>> filed = filed(issues, reply);
      if (filed.isPresent()) {
        return filed.get();
      }
      if (reply.refused()) {
        return oneByOne(issues); // as a whole, so that none was created
      }
    }
    return lost(issues, what, last);
  }

  /**
   * Reads the answer: the created issues in the order of the request, without those that {@code
   * errors} names by their number. Empty where it does not add up.
   */
  private Optional<List<Filed>> filed(List<NewIssue> issues, Reply reply) {
    JsonObject answer = reply.object().orElse(JsonObject.EMPTY_JSON_OBJECT);
    Map<Integer, JsonObject> errors = new TreeMap<>();
    for (JsonObject error : Wire.objects(answer, "errors")) {
      if (error.get("failedElementNumber") instanceof JsonNumber number) {
        errors.put(number.intValue(), error);
      }
    }
    List<String> keys =
        Wire.objects(answer, "issues").stream().flatMap(i -> Wire.text(i, "key").stream()).toList();
    if (keys.size() + errors.size() != issues.size()) {
      return Optional.empty();
    }
    Iterator<String> key = keys.iterator();
    List<Filed> filed = new ArrayList<>();
    for (int i = 0; i < issues.size(); i++) {
      JsonObject error = errors.get(i);
      filed.add(error == null ? new Filed.As(key.next()) : refused(issues.get(i), error));
    }
    return Optional.of(filed);
  }

  private Filed refused(NewIssue issue, JsonObject error) {
    JsonObject said = Wire.object(error, "elementErrors");
    return new Filed.Not(
        new TicketDeskException(
            Fault.TICKET_REFUSED,
            "create of '%s': HTTP %d%s%s"
                .formatted(
                    issue.summary(),
                    error.getInt("status", 400),
                    jira.replies().words(said),
                    one.remedy(issue, Wire.object(said, "errors").keySet()))));
  }

  private List<Filed> oneByOne(List<NewIssue> issues) {
    List<Filed> filed = new ArrayList<>();
    for (NewIssue issue : issues) {
      try {
        filed.add(new Filed.As(one.file(issue)));
      } catch (TicketDeskException e) {
        if (!e.concernsOneTicket()) {
          throw e;
        }
        filed.add(new Filed.Not(e));
      }
    }
    return filed;
  }

  private List<Filed> lost(List<NewIssue> issues, String what, Attempt last) {
    String cause = what + ": " + last.cause();
    Map<NewIssue, String> keys = one.searchFor(issues, cause);
    return issues.stream()
        .map(issue -> keys.get(issue))
        .<Filed>map(key ->
            key == null ? new Filed.Not(IssueFiling.unknown(cause, last)) : new Filed.As(key))
        .toList();
  }
}
