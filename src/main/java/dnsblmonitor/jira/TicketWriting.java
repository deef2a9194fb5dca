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
import dnsblmonitor.jira.IssueSearch.Found;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries out actions; an outcome is reported as soon as it is known. Thread-safe. */
final class TicketWriting {

  /** How often a new issue is read by its key until it is seen. */
  private static final int MAX_READS = 3;

  private final JiraSession jira;
  private final JiraSite site;
  private final IssueSearch search;
  private final IssueFiling filing;
  private final IssueEdits edits;
  private final RunLogAttachment runLog;
  private final Set<String> filed = ConcurrentHashMap.newKeySet();
  private final Set<String> typesReadBack = ConcurrentHashMap.newKeySet();

  TicketWriting(
      JiraSession jira, JiraSite site, IssueSearch search, Supplier<List<String>> runLogLines) {
    this.jira = jira;
    this.site = site;
    this.search = search;
    this.filing = new IssueFiling(jira, site, search);
    this.edits = new IssueEdits(jira, search);
    this.runLog = new RunLogAttachment(runLogLines, jira, edits);
  }

  Set<String> filed() {
    return Set.copyOf(filed);
  }

  /** Carries out one action; throws if others are not worth a try either. */
  void write(TicketAction action, Consumer<TicketOutcome> outcomes) {
    try {
      switch (action) {
        case Create ticket -> file(List.of(NewIssue.of(ticket, jira.settings())), outcomes);
        case RaiseAlert alert -> file(List.of(NewIssue.of(alert, jira.settings())), outcomes);
        case CommentOnTicket comment -> done(edits.report(comment), comment.issueKey(), outcomes);
        case CommentOnAlert comment -> done(edits.report(comment), comment.issueKey(), outcomes);
      }
    } catch (TicketDeskException e) {
      if (!e.concernsOneTicket()) {
        throw e;
      }
      outcomes.accept(new Failed(action, e));
    }
  }

  private static void done(
      Optional<TicketAction> written, String key, Consumer<TicketOutcome> outcomes) {
    written.ifPresent(action -> outcomes.accept(new Done(action, Optional.of(key))));
  }

  /** Files new tickets in one request, if Jira takes that. */
  void writeAll(List<Create> tickets, Consumer<TicketOutcome> outcomes) {
    file(tickets.stream().map(ticket -> NewIssue.of(ticket, jira.settings())).toList(), outcomes);
  }

  private void file(List<NewIssue> issues, Consumer<TicketOutcome> outcomes) {
    filing.file(
        issues,
        (issue, key) -> {
          filed.add(key);
          done(Optional.of(issue.action()), key, outcomes);
          complete(issue, key);
        },
        (issue, why) -> outcomes.accept(new Failed(issue.action(), why)));
  }

  private void complete(NewIssue issue, String key) {
    if (!jira.kind().supportsProperties()) { // the next run knows it as ours by that (R25)
      jira.succeeds(
          () -> edits.keepProperty(key, filing.property(issue)),
          key + " was filed, but later runs may not recognize it");
    }
    if (typesReadBack.add(issue.issueType())) {
      readBack(key, issue);
    }
    if (issue.action() instanceof RaiseAlert) {
      runLog.addTo(key);
    }
  }

  /**
   * Looks at a new issue as the next run will, which would file it again if it did not find it
   * (R25d). Throws why no more should be filed.
   */
  private void readBack(String key, NewIssue issue) {
    Optional<Found> found = search.read(key);
    for (int number = 1; number < MAX_READS && found.isEmpty(); number++) {
      jira.pauseBeforeRetry(number, "%s was filed but is not visible".formatted(key));
      found = search.read(key);
    }
    found
        .map(seen -> whyUnfit(seen, issue))
        .orElse(Optional.of("is not visible to the account; check the project's security levels"))
        .ifPresent(why -> {
          throw new TicketDeskException(
              Fault.CONFIGURATION_ERROR,
              "%s was filed, but it %s. This run files no more tickets, since later runs could not find them and would file duplicates"
                  .formatted(key, why));
        });
  }

  private Optional<String> whyUnfit(Found found, NewIssue issue) {
    Set<String> missing = new TreeSet<>(issue.labels());
    missing.removeAll(found.issue().labels());
    if (site.screen(issue.issueType()).takesLabels() && !missing.isEmpty()) {
      return Optional.of(
          "lacks the label %s although it was sent; check the project's automation"
              .formatted(DeskOpening.named(missing)));
    }
    return search.isOpen(found)
        ? Optional.empty()
        : Optional.of(
            "has the status '%s', which counts as finished; check the project's workflow and automation, and JIRA_EXCLUDED_STATUSES"
                .formatted(jira.replies().quoted(found.status())));
  }
}
