package dnsblmonitor.domain;

import java.util.Optional;

/** What became of one action of a plan. */
public sealed interface TicketOutcome {

  TicketAction action();

  /**
   * It was carried out.
   *
   * @param issueKey the issue that was written, empty where nothing was (a dry run)
   */
  record Done(TicketAction action, Optional<String> issueKey) implements TicketOutcome {}

  /** It was not, or nobody can tell; other actions may go through. */
  record Failed(TicketAction action, TicketDeskException failure) implements TicketOutcome {}
}
