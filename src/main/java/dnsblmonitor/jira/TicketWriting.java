package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketAction.Create;
import dnsblmonitor.domain.TicketAction.RaiseAlert;
import dnsblmonitor.domain.TicketAction.Tell;
import dnsblmonitor.domain.TicketAction.TellAlert;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketOutcome;
import dnsblmonitor.domain.TicketOutcome.Done;
import dnsblmonitor.domain.TicketOutcome.Failed;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Writes what a plan asks for; an outcome is told as soon as it stands. Thread-safe. */
final class TicketWriting {

  private final JiraSession jira;
  private final JiraSite site;
  private final IssueSearch search;
  private final IssueFiling filing;
  private final BulkFiling bulk;
  private final IssueEdits edits;
  private final RunLogAttachment runLog;
  private final JiraEvents events;
  private final Set<String> filed = ConcurrentHashMap.newKeySet();

  TicketWriting(
      JiraSession jira,
      JiraSite site,
      IssueSearch search,
      Supplier<List<String>> runLogLines,
      JiraEvents events) {
    this.jira = jira;
    this.site = site;
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
   * @throws TicketDeskException where others are not worth a try either
   */
  void write(TicketAction action, Consumer<TicketOutcome> outcomes) {
    try {
      switch (action) {
        case Create create -> done(create, filing.file(newIssue(create)), outcomes);
        case RaiseAlert alert -> raise(alert, outcomes);
        case Tell tell -> tell(tell, outcomes);
        case TellAlert tell -> tell(tell, outcomes);
      }
    } catch (TicketDeskException e) {
      if (!e.concernsOneTicket()) {
        throw e;
      }
      outcomes.accept(new Failed(action, e));
    }
  }

  /** Files new tickets in one request. */
  void writeAll(List<Create> creates, Consumer<TicketOutcome> outcomes) {
    Map<NewIssue, Create> byIssue = new HashMap<>();
    List<NewIssue> issues = creates.stream().map(this::newIssue).toList();
    for (int i = 0; i < issues.size(); i++) {
      byIssue.put(issues.get(i), creates.get(i));
    }
    bulk.file(
        issues,
        new BulkFiling.Fate() {
          @Override
          public void filed(NewIssue issue, String key) {
            done(create(issue), key, outcomes);
          }

          private Create create(NewIssue issue) {
            return Objects.requireNonNull(byIssue.get(issue));
          }

          @Override
          public void failed(NewIssue issue, TicketDeskException why) {
            outcomes.accept(new Failed(create(issue), why));
          }
        });
  }

  private void done(Create create, String key, Consumer<TicketOutcome> outcomes) {
    filed.add(key);
    outcomes.accept(new Done(create, Optional.of(key)));
    keepLabels(newIssue(create), key);
  }

  private void raise(RaiseAlert alert, Consumer<TicketOutcome> outcomes) {
    NewIssue issue =
        new NewIssue(
            jira.settings().alertIssueType(),
            alert.summary(),
            alert.description(),
            alert.labels(),
            ToldProperty.of(alert.told()));
    String key = filing.file(issue);
    filed.add(key);
    outcomes.accept(new Done(alert, Optional.of(key)));
    keepLabels(issue, key);
    runLog.addTo(key);
  }

  private NewIssue newIssue(Create create) {
    return new NewIssue(
        jira.settings().issueType(),
        create.summary(),
        create.description(),
        create.labels(),
        ToldProperty.of(create.told()));
  }

  /** Sees to it that the next run knows a new issue as ours where it has no labels (R25a). */
  private void keepLabels(NewIssue issue, String key) {
    boolean labelled = site.screen(issue.issueType()).takesLabels();
    if (labelled || jira.dialect().givesAndTakesProperties()) {
      return;
    }
    try {
      edits.keepProperty(
          key,
          ToldProperty.withLabels(issue.told(), issue.labels()),
          property -> ToldProperty.labels(property).equals(issue.labels()));
    } catch (TicketDeskException e) {
      if (!e.concernsOneTicket()) {
        throw e;
      }
      events.warning(
          "%s was filed, but the next run may not know it as ours: %s"
              .formatted(key, e.getMessage()));
    }
  }

  private void tell(Tell tell, Consumer<TicketOutcome> outcomes) {
    edits.tell(
        tell.issueKey(),
        tell.comment(),
        tell.newSummary(),
        withLabels(tell.issueKey(), ToldProperty.of(tell.told())),
        property -> ToldProperty.told(property).filter(tell.told()::equals).isPresent());
    outcomes.accept(new Done(tell, Optional.of(tell.issueKey())));
  }

  private void tell(TellAlert tell, Consumer<TicketOutcome> outcomes) {
    Predicate<JsonObject> told =
        property -> ToldProperty.alert(property).filter(tell.told()::equals).isPresent();
    edits.tell(
        tell.issueKey(),
        tell.comment(),
        Optional.empty(),
        withLabels(tell.issueKey(), ToldProperty.of(tell.told())),
        told);
    outcomes.accept(new Done(tell, Optional.of(tell.issueKey())));
  }

  private JsonObject withLabels(String key, JsonObject told) {
    return ToldProperty.withLabels(told, search.labelsInProperty(key));
  }
}
