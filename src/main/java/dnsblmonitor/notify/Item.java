package dnsblmonitor.notify;

import dnsblmonitor.history.Ticket;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** One thing that a message is about. Its texts are on one line and contain no secret. */
sealed interface Item {

  /** Topics by how soon somebody should act. */
  List<Topic> BY_URGENCY =
      List.of(
          Topic.RUN_FAILED,
          Topic.LISTED,
          Topic.POOL_EXHAUSTED,
          Topic.MASS_LISTING,
          Topic.MALFUNCTION,
          Topic.LIST_BROKEN,
          Topic.CHANGED,
          Topic.RESTORED);

  Topic topic();

  /** As a line of the text. */
  String line();

  /** The place in the order of urgency, the most urgent first; what has ended comes last. */
  default int urgency() {
    return this instanceof Ended ? BY_URGENCY.size() : BY_URGENCY.indexOf(topic());
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
