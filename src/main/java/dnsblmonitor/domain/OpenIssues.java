package dnsblmonitor.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The open issues of a run, as the search found them; issues are reread before they are edited,
 * since search results may be minutes old (R23).
 */
public final class OpenIssues {

  private final TicketDesk desk;
  private final Map<String, FoundIssue> byKey = new LinkedHashMap<>();
  private final Set<String> current = new HashSet<>();

  /** Those that the search of {@code desk} finds. */
  public OpenIssues(TicketDesk desk) {
    this.desk = desk;
    desk.openIssues().forEach(issue -> byKey.put(issue.key(), issue));
  }

  public Collection<FoundIssue> all() {
    return Collections.unmodifiableCollection(byKey.values());
  }

  /**
   * The plan of {@code rules} for the open issues, made after rereading each issue that it edits.
   *
   * @throws TicketDeskException with any fault but {@code TICKET_REFUSED}
   */
  public List<TicketAction> plan(Function<Collection<FoundIssue>, List<TicketAction>> rules) {
    while (true) {
      List<TicketAction> plan = rules.apply(all());
      Set<String> unread = edited(plan);
      unread.removeAll(current);
      if (unread.isEmpty()) {
        return plan;
      }
      Map<String, FoundIssue> read = desk.readAgain(unread);
      current.addAll(unread);
      for (String key : unread) {
        byKey.remove(key);
        Optional.ofNullable(read.get(key))
            .ifPresent(issue -> {
              byKey.put(issue.key(), issue); // the key differs if it was moved meanwhile
              current.add(issue.key());
            });
      }
    }
  }

  private static Set<String> edited(List<TicketAction> plan) {
    Set<String> keys = new TreeSet<>();
    for (TicketAction action : plan) {
      switch (action) {
        case TicketAction.CommentOnTicket comment -> keys.add(comment.issueKey());
        case TicketAction.CommentOnAlert comment -> keys.add(comment.issueKey());
        case TicketAction.Create _, TicketAction.RaiseAlert _ -> {}
      }
    }
    return keys;
  }
}
