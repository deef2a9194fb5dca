package dnsblmonitor.web;

import dnsblmonitor.history.RecordedChange;
import dnsblmonitor.history.RowChange;
import dnsblmonitor.web.Words.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of a row on a page.
 *
 * @param lists the blocklists that came and went, in words
 */
record ChangeRow(
    When at, long run, boolean dryRun, String address, String what, String priority, String lists) {

  static ChangeRow of(RecordedChange change, Instant now) {
    return new ChangeRow(
        When.of(change.at(), now),
        change.run(),
        change.dryRun(),
        change.address().toString(),
        what(change.type()),
        priority(change.oldPriority(), change.newPriority()),
        lists(change));
  }

  static String what(RowChange.Type type) {
    return switch (type) {
      case NEWLY_LISTED -> "newly listed";
      case CHANGED -> "blocklists changed";
      case RESTORED -> "restored";
    };
  }

  static String priority(int before, int after) {
    return before == after ? "%d (unchanged)".formatted(after) : "%d → %d".formatted(before, after);
  }

  private static String lists(RecordedChange change) {
    List<String> added = new ArrayList<>(change.newBlocklists());
    added.removeAll(change.oldBlocklists());
    List<String> gone = new ArrayList<>(change.oldBlocklists());
    gone.removeAll(change.newBlocklists());
    List<String> words = new ArrayList<>();
    if (!added.isEmpty()) {
      words.add("now listed by " + String.join(", ", added));
    }
    if (!gone.isEmpty()) {
      words.add("no longer listed by " + String.join(", ", gone));
    }
    return String.join("; ", words);
  }
}
