package dnsblmonitor.batch;

import dnsblmonitor.domain.AlertRules;
import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.ExhaustedPools;
import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.ListedAddress;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.OpenIssues;
import dnsblmonitor.domain.OpenTicket;
import dnsblmonitor.domain.RunFacts;
import dnsblmonitor.domain.TableView;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketDesk;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketOutcome;
import dnsblmonitor.domain.TicketRules;
import dnsblmonitor.history.Ticket;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.RunLog;
import jakarta.batch.api.Batchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes Jira agree with the table, and reports exhausted pools and malfunctions (R22a-R28), after
 * the rows are written.
 */
@Named
@Dependent
class TicketBatchlet implements Batchlet {

  private static final String DONE = "DONE";
  private static final String FAILED = "FAILED";

  private final CurrentRun current;

  @Inject
  TicketBatchlet(CurrentRun current) {
    this.current = current;
  }

  /** The exit status, by which the JSL ends the job. */
  @Override
  public String process() {
    Run run = run();
    run.requirePrepared();
    run.rowsAreDone();
    reportIncomplete();
    if (run.report().totals().lookups() > 0) {
      run.reportHealth(); // a restart that only updates Jira has queried no zone
    }
    try {
      run.interruptibly(this::reconcile);
    } catch (RuntimeException e) {
      if (run.stopReason().isEmpty()) { // otherwise it failed because of the stop
        failed(Failures.fatal(e));
      }
      return FAILED;
    }
    return run.failure().isEmpty() ? DONE : FAILED;
  }

  private void failed(FatalError failure) {
    if (run().failure().isPresent()) {
      log().warning(failure.message()); // the final event has room for one
    }
    run().failed(failure);
  }

  @Override
  public void stop() {
    current.stop();
  }

  private Run run() {
    return current.get();
  }

  private RunParts parts() {
    return run().parts();
  }

  private RunLog log() {
    return parts().log();
  }

  private TicketDesk desk() {
    return parts().desk();
  }

  /** Reports rows that were not checked, if any; the run has then failed (R7b). */
  private void reportIncomplete() {
    long notChecked = run().notChecked();
    if (notChecked > 0) {
      long checked = run().report().totals().rows();
      String reason = run().shortage();
      log().runIncomplete(checked, notChecked, reason);
      run()
          .failed(
              new FatalError(
                  ErrorType.DEADLINE_EXCEEDED,
                  "%d rows were checked, %d were not; the next run checks those: %s"
                      .formatted(checked, notChecked, reason)));
    }
  }

  /**
   * Carries out all ticket actions; if some fail, the others continue. Without tickets, exhausted
   * pools and malfunctions are only logged (R28a).
   *
   * @throws TicketDeskException at the end, with the first failure
   */
  private void reconcile() {
    List<MonitoredIp> allListed = TableView.listed(withPendingChanges(parts().table().listed()));
    run().listed(allListed);
    List<MonitoredIp> listedRows =
        allListed.stream().filter(row -> parts().scope().covers(row.address())).toList();
    ExhaustedPools exhausted = exhaustedPools(allListed, poolsOf(listedRows));
    if (!parts().tickets()) {
      AlertRules.malfunction(parts().scope(), run().health(), parts().malfunctionThreshold())
          .ifPresent(log()::malfunction);
      return;
    }
    SortedMap<Ipv4Address, ListedAddress> listed =
        TableView.byAddress(listedRows, exhausted, run().report());

    desk().open();
    List<TicketAction> plan = plan(listed);
    try {
      carryOut(plan);
    } catch (TicketDeskException failure) {
      settleAfter(failure);
      throw failure;
    }
    settle();
  }

  private List<TicketAction> plan(SortedMap<Ipv4Address, ListedAddress> listed) {
    OpenIssues issues = new OpenIssues(desk());
    SortedMap<Ipv4Address, Optional<IpCheck>> clean = cleanWithTicket(listed, issues.all());
    List<TicketAction> plan =
        new ArrayList<>(
            issues.plan(found -> {
              List<TicketAction> actions = rules().planAll(listed, clean, open(found), facts());
              actions.addAll(alertActions(found));
              return actions;
            }));
    if (plan.stream().filter(TicketAction.CommentOnTicket.class::isInstance).count()
        == TicketRules.MAX_UPDATES) {
      log()
          .warning(
              "a run updates at most %d tickets; the next runs update the rest"
                  .formatted(TicketRules.MAX_UPDATES));
    }
    plan.addAll(massListingActions(issues.all()));
    report(listed, open(issues.all()));
    return plan;
  }

  /** Also after a failure: the next run must find the tickets that this one filed. */
  private void settleAfter(TicketDeskException failure) {
    try {
      settle();
    } catch (TicketDeskException e) {
      failure.addSuppressed(e); // the first failure is the one to report
    }
  }

  private void settle() {
    if (run().stopReason().isEmpty()) {
      desk().settle();
    }
  }

  private List<MonitoredIp> withPendingChanges(List<MonitoredIp> rows) {
    return parts().dryRun() ? run().report().withPendingChanges(rows) : rows;
  }

  private static Set<Long> poolsOf(Collection<MonitoredIp> rows) {
    return rows.stream().flatMap(row -> row.poolId().stream()).collect(Collectors.toSet());
  }

  /** In a dry run the table does not show which rows would be listed or clean; the run does. */
  private ExhaustedPools exhaustedPools(List<MonitoredIp> allListed, Set<Long> pools) {
    List<MonitoredIp> changed =
        run().report().listedOrChanged().stream()
            .filter(Checked::isChanged)
            .map(it -> it.check().ip().with(it.current()))
            .toList();
    Set<Long> listed =
        TableView.listed(changed).stream().map(MonitoredIp::rowId).collect(Collectors.toSet());
    Set<Long> withCleaned =
        poolsOf(changed.stream().filter(row -> !listed.contains(row.rowId())).toList());
    ExhaustedPools exhausted =
        ExhaustedPools.among(
            allListed.stream()
                .filter(row -> row.poolId().filter(pools::contains).isPresent())
                .toList(),
            pool -> withCleaned.contains(pool) || parts().table().hasCleanRow(pool, listed));
    exhausted.addressesByPool().forEach(log()::poolExhausted);
    run().poolsExhausted(exhausted);
    return exhausted;
  }

  private TicketRules rules() {
    return new TicketRules(parts().labels(), run().exceptions());
  }

  private SortedMap<Ipv4Address, List<OpenTicket>> open(Collection<FoundIssue> found) {
    SortedMap<Ipv4Address, List<OpenTicket>> open = rules().ticketsAmong(found);
    open.keySet().removeIf(address -> !parts().scope().covers(address)); // R29a
    return open;
  }

  private SortedMap<Ipv4Address, Optional<IpCheck>> cleanWithTicket(
      SortedMap<Ipv4Address, ListedAddress> listed, Collection<FoundIssue> found) {
    Set<Ipv4Address> others = new TreeSet<>(open(found).keySet());
    others.removeAll(listed.keySet());
    List<MonitoredIp> rows =
        withPendingChanges(parts().table().withAddresses(others)).stream()
            .filter(row -> others.contains(row.address()))
            .toList();
    return TableView.clean(rows, run().report());
  }

  /** Warnings about the open tickets. */
  private void report(
      SortedMap<Ipv4Address, ListedAddress> listed, SortedMap<Ipv4Address, List<OpenTicket>> open) {
    open.forEach(this::warnOfSeveral);
    run().jira().searched();
    open.forEach((address, tickets) -> isOpen(address, tickets.getFirst().key()));
    int waiting = rules().waiting(listed, open).size();
    if (waiting > 0) {
      log()
          .warning(
              "%d listed addresses get their tickets in the next runs: a run files at most %d"
                  .formatted(waiting, TicketRules.MAX_NEW));
    }
  }

  private void isOpen(Ipv4Address address, String key) {
    run().jira().open(address, new Ticket(key, desk().page(key)));
  }

  private void warnOfSeveral(Ipv4Address address, List<OpenTicket> tickets) {
    if (tickets.size() > 1) {
      log()
          .warning(
              "%s has several open tickets (the newest one is used): %s"
                  .formatted(
                      address,
                      tickets.stream().map(OpenTicket::key).collect(Collectors.joining(", "))));
    }
  }

  private List<TicketAction> alertActions(Collection<FoundIssue> found) {
    return new AlertRules(parts().labels())
        .plan(parts().scope(), run().health(), parts().malfunctionThreshold(), found, facts());
  }

  /** One ticket per UTC day, even if it has been closed meanwhile (R14a). */
  private List<TicketAction> massListingActions(Collection<FoundIssue> found) {
    return new AlertRules(parts().labels())
            .planMassListing(run().heldBack(), found, facts())
            .filter(raise -> !desk().isFiled(parts().labels().ofMassListing(facts().utcDay())))
            .stream()
            .toList();
  }

  private RunFacts facts() {
    return new RunFacts(parts().runId(), parts().clock().instant());
  }

  private void carryOut(List<TicketAction> actions) {
    List<TicketDeskException> failures = new ArrayList<>();
    run().checkLockHeld();
    desk()
        .carryOut(
            actions,
            outcome -> {
              switch (outcome) {
                case TicketOutcome.Done(var action, var key) -> written(action, key);
                case TicketOutcome.Failed(_, var failure) -> {
                  log()
                      .warning(
                          failure.getMessage()); // each of them: the final event has room for one
                  failures.add(failure);
                }
              }
            });
    if (!failures.isEmpty()) {
      TicketDeskException first = failures.getFirst();
      throw new TicketDeskException(
          first.fault(),
          "%d of %d tickets failed; the first: %s"
              .formatted(failures.size(), actions.size(), first.getMessage()),
          first);
    }
  }

  private void written(TicketAction action, Optional<String> key) {
    run().jira().add(action);
    if (action instanceof TicketAction.Create create) {
      key.ifPresent(filed -> isOpen(create.address(), filed));
    }
    log().ticketWritten(action, key);
  }
}
