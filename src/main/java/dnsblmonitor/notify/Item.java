package dnsblmonitor.notify;

import dnsblmonitor.history.Ticket;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** One thing that a message is about. Its texts are on one line and contain no secret. */
sealed interface Item {

  /** How soon somebody should act, the most urgent first. */
  enum Urgency {
    RUN_FAILED,
    LISTED,
    POOL_EXHAUSTED,
    MASS_LISTING,
    MALFUNCTION,
    LIST_BROKEN,
    CHANGED,
    RESTORED,
    ENDED
  }

  Topic topic();

  /** As a line of the text. */
  String line();

  default Urgency urgency() {
    if (this instanceof Ended) {
      return Urgency.ENDED;
    }
    return switch (topic()) {
      case RUN_FAILED -> Urgency.RUN_FAILED;
      case LISTED -> Urgency.LISTED;
      case POOL_EXHAUSTED -> Urgency.POOL_EXHAUSTED;
      case MASS_LISTING -> Urgency.MASS_LISTING;
      case MALFUNCTION -> Urgency.MALFUNCTION;
      case LIST_BROKEN -> Urgency.LIST_BROKEN;
      case CHANGED -> Urgency.CHANGED;
      case RESTORED -> Urgency.RESTORED;
    };
  }

  /**
   * A failed run.
   *
   * @param reason may be empty
   */
  record FailedRun(String reason, Optional<String> errorType, int exitCode) implements Item {

    @Override
    public Topic topic() {
      return Topic.RUN_FAILED;
    }

    @Override
    public String line() {
      return reason.isEmpty() ? "The run failed" : "The run failed: " + reason;
    }
  }

  /**
   * A changed row.
   *
   * @param event as in the row ({@code lastEvent})
   * @param blocklists those that list the address now
   */
  record ChangedRow(
      Topic topic,
      String address,
      String event,
      List<String> blocklists,
      int priorityBefore,
      int priorityAfter,
      Optional<Ticket> ticket)
      implements Item {

    public ChangedRow {
      blocklists = List.copyOf(blocklists);
    }

    @Override
    public String line() {
      StringBuilder line = new StringBuilder(address).append(": ").append(event);
      if (!event.contains(String.join(",", blocklists))) {
        line.append("; listed by ").append(String.join(", ", blocklists));
      }
      line.append("; priority was %d, is now %d".formatted(priorityBefore, priorityAfter));
      ticket.ifPresent(it -> line.append("; ").append(words(it)));
      return line.toString();
    }

    private static String words(Ticket ticket) {
      return ticket.key() + ticket.page().map(URI::toString).map(" "::concat).orElse("");
    }
  }

  /** A condition that was not there before. */
  record Started(Topic topic, String subject, String text) implements Item {

    @Override
    public String line() {
      return "Started: " + text;
    }
  }

  /** A condition that is no longer there. */
  record Ended(Topic topic, String subject, String text) implements Item {

    @Override
    public String line() {
      return "Ended: " + text;
    }
  }
}
