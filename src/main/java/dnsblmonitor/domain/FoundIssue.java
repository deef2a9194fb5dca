package dnsblmonitor.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An open issue as returned by the search; it may be unrelated (R25).
 *
 * @param kept the content of its property, if it is a ticket of an address
 * @param alert the same for an alert
 */
public record FoundIssue(
    String key,
    String summary,
    Set<String> labels,
    Instant created,
    Optional<TicketRecord> kept,
    Optional<ReportedAlert> alert) {

  public FoundIssue {
    labels = Set.copyOf(labels);
  }
}
