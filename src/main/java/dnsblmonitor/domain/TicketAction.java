package dnsblmonitor.domain;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One write to Jira that makes a ticket agree with the table. */
public sealed interface TicketAction {

  /** File a ticket for a listed address that has none open. */
  record Create(
      Ipv4Address address,
      String summary,
      TicketText description,
      Set<String> labels,
      TicketRecord kept)
      implements TicketAction {}

  /**
   * Tell an open ticket something new: comment, summary and property in one request (R23).
   *
   * @param comment empty if the ticket takes none now (R23a)
   * @param keptWithoutComment what it keeps if Jira refuses the comment, which a later run then
   *     tries again; empty if nothing changes then
   */
  record Tell(
      Ipv4Address address,
      String issueKey,
      Optional<TicketText> comment,
      Optional<String> newSummary,
      TicketRecord kept,
      Optional<TicketRecord> keptWithoutComment)
      implements TicketAction {

    /** The same without its comment; empty if nothing is left of it. */
    public Optional<Tell> withoutComment() {
      return keptWithoutComment.map(left ->
          new Tell(address, issueKey, Optional.empty(), newSummary, left, Optional.empty()));
    }
  }

  /**
   * File the alert of a malfunction (R28) or of a mass listing (R14a).
   *
   * @param zones the shown names of the zones that it is about
   * @param told empty for a mass listing, of which nothing more is said
   */
  record RaiseAlert(
      List<String> zones,
      String summary,
      TicketText description,
      Set<String> labels,
      Optional<AlertTold> told)
      implements TicketAction {
    public RaiseAlert {
      zones = List.copyOf(zones);
    }
  }

  /** Tell an open alert that the zones still fail, or that they are back. */
  record TellAlert(String issueKey, List<String> zones, TicketText comment, AlertTold told)
      implements TicketAction {
    public TellAlert {
      zones = List.copyOf(zones);
    }
  }
}
