package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketAction.Create;
import dnsblmonitor.domain.TicketAction.RaiseAlert;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.domain.TicketText;
import jakarta.json.JsonObject;
import java.util.Set;

/** An issue to file, to carry out {@code action}; {@code kept} is its property. */
record NewIssue(
    TicketAction action,
    String issueType,
    String summary,
    TicketText description,
    Set<String> labels,
    JsonObject kept) {

  NewIssue {
    labels = Set.copyOf(labels);
  }

  static NewIssue of(Create ticket, JiraSettings settings) {
    return new NewIssue(
        ticket,
        settings.issueType(),
        ticket.summary(),
        ticket.description(),
        ticket.labels(),
        ReportedStateProperty.of(ticket.kept(), settings.project()));
  }

  static NewIssue of(RaiseAlert alert, JiraSettings settings) {
    return new NewIssue(
        alert,
        settings.alertIssueType(),
        alert.summary(),
        alert.description(),
        alert.labels(),
        alert
            .reported()
            .map(reported -> ReportedStateProperty.of(reported, settings.project()))
            .orElseGet(() -> ReportedStateProperty.ofMassListing(settings.project())));
  }

  /** The label that no other open issue has. */
  String ownLabel() {
    return labels.stream()
        .filter(label -> !label.equals(TicketLabels.COMMON))
        .filter(label -> !label.equals(TicketLabels.MAJOR_MALFUNCTION))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no label of its own: " + summary));
  }
}
