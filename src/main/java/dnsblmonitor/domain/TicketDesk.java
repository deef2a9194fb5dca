package dnsblmonitor.domain;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds and files tickets. A port: production uses Jira; in a dry run it only searches. Called by
 * one thread; an interrupt cancels the current call.
 */
public interface TicketDesk extends AutoCloseable {

  /**
   * Checks that the desk is usable: login, project, issue types (R25c, R27).
   *
   * @throws TicketDeskException with any fault but {@code TICKET_REFUSED}
   */
  void open();

  /**
   * All open issues that may be ours, including alerts; the rules decide which are (R25).
   *
   * @throws TicketDeskException with any fault but {@code TICKET_REFUSED}
   */
  List<FoundIssue> openIssues();

  /**
   * Rereads issues, since search results may be minutes old (R23).
   *
   * @param keys of issues that {@link #openIssues} found
   * @return those that are still open and count as ours, by requested key
   * @throws TicketDeskException with any fault but {@code TICKET_REFUSED}
   */
  Map<String, FoundIssue> readAgain(Collection<String> keys);

  /**
   * Whether any issue, open or not, has this label; false if the site has no labels.
   *
   * @throws TicketDeskException with any fault but {@code TICKET_REFUSED}
   */
  boolean isFiled(String label);

  /**
   * Carries out a plan, each action once (R26), several at a time.
   *
   * @param outcomes receives each action that succeeded or failed individually, on the calling
   *     thread and in the order of the plan, also before an exception
   * @throws TicketDeskException if the rest of the plan cannot succeed
   */
  void carryOut(List<TicketAction> plan, Consumer<TicketOutcome> outcomes);

  /**
   * Waits, for a limited time, until the search finds the filed issues (R26).
   *
   * @throws TicketDeskException with fault {@code UNREACHABLE}
   */
  void settle();

  /** The page of an issue; empty if unknown. */
  default Optional<URI> page(String issueKey) {
    return Optional.empty();
  }

  /** Releases the desk's resources. */
  @Override
  default void close() {}
}
