package dnsblmonitor.domain;

import java.util.List;
import java.util.Optional;

/**
 * Where tickets are found and filed. Port: production files them in Jira, or in a dry run only
 * searches there. Used by one thread.
 */
public interface TicketDesk extends AutoCloseable {

  /**
   * Proves that the desk can be used at all: login, project, issue types (R25c, R27).
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
   * Carries out one action, so that it cannot happen twice (R26).
   *
   * @return the key of the issue that was written, empty where nothing was (a dry run)
   * @throws TicketDeskException where it was not carried out, or nobody can tell
   */
  Optional<String> carryOut(TicketAction action);

  /**
   * Returns when the search finds what was filed, or after a bounded wait (R26).
   *
   * @throws TicketDeskException with fault {@code UNREACHABLE}
   */
  void settle();

  /** Gives up what the desk holds. */
  @Override
  default void close() {}
}
