package dnsblmonitor.domain;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where tickets are found and filed. Port: production files them in Jira, or in a dry run only
 * searches there. Called by one thread; an interrupt of it ends what is under way.
 */
public interface TicketDesk extends AutoCloseable {

  /**
   * Checks that the desk can be used at all: login, project, issue types (R25c, R27).
   *
   * @throws TicketDeskException with any fault but {@code TICKET_REFUSED}
   */
  void open();

  /**
   * All open issues that may be ours, alerts included; what is really ours is for the rules (R25).
   *
   * @throws TicketDeskException with any fault but {@code TICKET_REFUSED}
   */
  List<FoundIssue> openIssues();

  /**
   * Reads issues anew, since a search may show them as they were minutes ago (R23).
   *
   * @param keys of issues that {@link #openIssues} found
   * @return those that are still open and count as ours, by the key that was asked for
   * @throws TicketDeskException with any fault but {@code TICKET_REFUSED}
   */
  Map<String, FoundIssue> readAgain(Collection<String> keys);

  /**
   * Whether an issue has this label, open or not; false if the site takes no labels.
   *
   * @throws TicketDeskException with any fault but {@code TICKET_REFUSED}
   */
  boolean isFiled(String label);

  /**
   * Carries out a plan, each action once (R26), several at a time.
   *
   * @param outcomes takes, in the calling thread and in an order that depends on the plan alone,
   *     each action that was carried out or failed alone, also before an exception
   * @throws TicketDeskException if the rest of the plan is not worth a try
   */
  void carryOut(List<TicketAction> plan, Consumer<TicketOutcome> outcomes);

  /**
   * Returns when the search finds what was filed, or after a bounded wait (R26).
   *
   * @throws TicketDeskException with fault {@code UNREACHABLE}
   */
  void settle();

  /** Where people see an issue; empty if that is not known. */
  default Optional<URI> page(String issueKey) {
    return Optional.empty();
  }

  /** Closes what the desk holds open. */
  @Override
  default void close() {}
}
