package dnsblmonitor.domain;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One write to Jira that makes a ticket agree with the table. */
public sealed interface TicketAction {

  /** File a ticket for a listed address without an open one. */
  record Create(
      Ipv4Address address,
      String summary,
      TicketText description,
      Set<String> labels,
      TicketRecord kept)
      implements TicketAction {}

  /**
   * Report a new state to an open ticket: comment, summary and property in one request (R23).
   *
   * @param comment empty if the ticket may get none now (R23a)
   * @param keptWithoutComment the property's content if Jira refuses the comment, so that a later
   *     run tries again; empty for no change
   */
  record CommentOnTicket(
      Ipv4Address address,
      String issueKey,
      Optional<TicketText> comment,
      Optional<String> newSummary,
      TicketRecord kept,
      Optional<TicketRecord> keptWithoutComment)
      implements TicketAction {

    /** The same without its comment; empty if nothing remains to be done. */
    public Optional<CommentOnTicket> withoutComment() {
      return keptWithoutComment.map(left ->
          new CommentOnTicket(
              address, issueKey, Optional.empty(), newSummary, left, Optional.empty()));
    }
  }

  /**
   * File the alert of a malfunction (R28) or of a mass listing (R14a).
   *
   * @param zones the shown names of the zones concerned
   * @param reported empty for a mass listing, which gets no comments
   */
  record RaiseAlert(
      List<String> zones,
      String summary,
      TicketText description,
      Set<String> labels,
      Optional<ReportedAlert> reported)
      implements TicketAction {
    public RaiseAlert {
      zones = List.copyOf(zones);
    }
  }

  /** Comment on an open alert that the zones still fail, or that they have recovered. */
  record CommentOnAlert(
      String issueKey, List<String> zones, TicketText comment, ReportedAlert reported)
      implements TicketAction {
    public CommentOnAlert {
      zones = List.copyOf(zones);
    }
  }
}
