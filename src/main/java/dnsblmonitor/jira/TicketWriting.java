package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketAction.CommentOnAlert;
import dnsblmonitor.domain.TicketAction.CommentOnTicket;
import dnsblmonitor.domain.TicketAction.Create;
import dnsblmonitor.domain.TicketAction.RaiseAlert;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.domain.TicketOutcome;
import dnsblmonitor.domain.TicketOutcome.Done;
import dnsblmonitor.domain.TicketOutcome.Failed;
import dnsblmonitor.domain.TicketText;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Writes what a plan asks for; an outcome is reported as soon as it is known. Thread-safe. */
final class TicketWriting {

  private final JiraSession jira;
  private final String project;
  private final IssueSearch search;
  private final IssueFiling filing;
  private final BulkFiling bulk;
  private final IssueEdits edits;
  private final RunLogAttachment runLog;
  private final JiraEvents events;
  private final Set<String> filed = ConcurrentHashMap.newKeySet();
  private final Set<String> typesReadBack = ConcurrentHashMap.newKeySet();

  TicketWriting(
      JiraSession jira,
      JiraSite site,
      IssueSearch search,
      Supplier<List<String>> runLogLines,
      JiraEvents events) {
    this.jira = jira;
    this.project = jira.settings().project();
    this.search = search;
    this.filing = new IssueFiling(jira, site, search);
    this.bulk = new BulkFiling(jira, filing);
    this.edits = new IssueEdits(jira, events);
    this.runLog = new RunLogAttachment(runLogLines, jira, edits, events);
    this.events = events;
  }

  /** The keys of all that was filed. */
  Set<String> filed() {
    return Set.copyOf(filed);
  }

  /**
   * Carries out one action.
   *
   * @return false if it failed, and others are worth a try
   * @throws TicketDeskException if others are not worth a try either
   */
  boolean write(TicketAction action, Consumer<TicketOutcome> outcomes) {
    try {
      switch (action) {
        case Create create -> file(newIssue(create), outcomes);
        case RaiseAlert alert -> runLog.addTo(file(newIssue(alert), outcomes));
        case CommentOnTicket comment ->
            edit(
                    comment.issueKey(),
                    comment.comment(),
                    comment.newSummary(),
                    ReportedStateProperty.of(comment.kept(), project),
                    comment
                        .keptWithoutComment()
                        .map(kept -> ReportedStateProperty.of(kept, project)))
                .flatMap(complete -> complete ? Optional.of(comment) : comment.withoutComment())
                .ifPresent(
                    written -> outcomes.accept(new Done(written, Optional.of(comment.issueKey()))));
        case CommentOnAlert comment -> {
          JsonObject kept = ReportedStateProperty.of(comment.reported(), project);
          edit(
                  comment.issueKey(),
                  Optional.of(comment.comment()),
                  Optional.empty(),
                  kept,
                  Optional.of(kept))
              .ifPresent(_ -> outcomes.accept(new Done(comment, Optional.of(comment.issueKey()))));
        }
      }
    } catch (TicketDeskException e) {
      if (!e.concernsOneTicket()) {
        throw e;
      }
      outcomes.accept(new Failed(action, e));
      return false;
    }
    return true;
  }

  /** Files new tickets in one request, or one by one if Jira refuses that. */
  void writeAll(List<Create> creates, Consumer<TicketOutcome> outcomes) {
    boolean answered =
        bulk.file(
            creates.stream().map(this::newIssue).toList(),
            (issue, key) -> done(issue, key, outcomes),
            (issue, why) -> outcomes.accept(new Failed(issue.action(), why)));
    if (!answered) {
      creates.forEach(create -> write(create, outcomes));
    }
  }

  private String file(NewIssue issue, Consumer<TicketOutcome> outcomes) {
    String key = filing.file(issue);
    done(issue, key, outcomes);
    if (!typesReadBack.contains(issue.issueType())) {
      filing.readBack(key, issue);
      typesReadBack.add(issue.issueType());
    }
    return key;
  }

  private void done(NewIssue issue, String key, Consumer<TicketOutcome> outcomes) {
    filed.add(key);
    outcomes.accept(new Done(issue.action(), Optional.of(key)));
    keepProperty(issue, key);
  }

  private NewIssue newIssue(RaiseAlert alert) {
    return new NewIssue(
        alert,
        jira.settings().alertIssueType(),
        alert.summary(),
        alert.description(),
        alert.labels(),
        alert
            .reported()
            .map(reported -> ReportedStateProperty.of(reported, project))
            .orElseGet(() -> ReportedStateProperty.ofMassListing(project)));
  }

  private NewIssue newIssue(Create create) {
    return new NewIssue(
        create,
        jira.settings().issueType(),
        create.summary(),
        create.description(),
        create.labels(),
        ReportedStateProperty.of(create.kept(), project));
  }

  /** Sees to it that the next run knows a new issue as ours, wherever people move it (R25). */
  private void keepProperty(NewIssue issue, String key) {
    if (jira.kind().givesAndTakesProperties()) {
      return;
    }
    try {
      edits.keepProperty(key, filing.property(issue));
    } catch (TicketDeskException e) {
      if (!e.concernsOneTicket()) {
        throw e;
      }
      events.warning(
          "%s was filed, but later runs may not know it as ours: %s"
              .formatted(key, e.getMessage()));
    }
  }

  /** Whether the comment was written too; empty if the account may not edit the issue (R25). */
  private Optional<Boolean> edit(
      String key,
      Optional<TicketText> comment,
      Optional<String> newSummary,
      JsonObject kept,
      Optional<JsonObject> keptWithoutComment) {
    try {
      Set<String> labels = search.labelsInProperty(key);
      return Optional.of(
          edits.report(
              key,
              comment,
              newSummary,
              ReportedStateProperty.withLabels(kept, labels),
              keptWithoutComment.map(
                  without -> ReportedStateProperty.withLabels(without, labels))));
    } catch (TicketDeskException e) {
      if (e.fault() != Fault.TICKET_REFUSED || search.isInProject(key)) {
        throw e;
      }
      events.warning(
          "%s was moved to another project, where the account may not edit it; no other ticket is filed while it is open. %s"
              .formatted(key, e.getMessage()));
      return Optional.empty();
    }
  }
}
