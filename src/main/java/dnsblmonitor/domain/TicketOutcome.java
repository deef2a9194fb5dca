package dnsblmonitor.domain;

import java.util.Optional;

/** The outcome of one action of a plan. */
public sealed interface TicketOutcome {

  TicketAction action();

  /**
   * The action was carried out.
   *
   * @param issueKey the issue that was written; empty if none was (a dry run)
   */
  record Done(TicketAction action, Optional<String> issueKey) implements TicketOutcome {}

  /** The action failed, or its outcome is unknown; other actions may succeed. */
  record Failed(TicketAction action, TicketDeskException failure) implements TicketOutcome {}
}
