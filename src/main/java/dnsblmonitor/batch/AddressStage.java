package dnsblmonitor.batch;

import dnsblmonitor.domain.AddressLookups;
import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowOutcome.Conflict;
import dnsblmonitor.domain.RowOutcome.Unchanged;
import dnsblmonitor.domain.RowOutcome.Unwritable;
import dnsblmonitor.domain.RowOutcome.Updated;
import dnsblmonitor.domain.RowOutcome.Vanished;
import dnsblmonitor.domain.RowOutcome.Waiting;
import dnsblmonitor.domain.Transition;
import dnsblmonitor.domain.ZoneAnswer;
import dnsblmonitor.postal.RowListener;
import dnsblmonitor.postal.TableRow;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.RunLog;
import dnsblmonitor.report.RunLog.JiraAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** From a row to its lookups, and from those to the row's update (R10-R22). */
final class AddressStage {

  private final Run run;
  private final RunParts parts;
  private final RunLog log;

  AddressStage(Run run) {
    this.run = run;
    this.parts = run.parts();
    this.log = parts.log();
  }

  /** The next rows behind {@code afterId} that the run is about. */
  List<TableRow> page(long afterId, int size) {
    return parts
        .scope()
        .addresses()
        .map(some -> parts.table().page(afterId, size, some))
        .orElseGet(() -> parts.table().page(afterId, size));
  }

  /** Leaves the rows with ids above {@code afterId} and below {@code beforeId} (R7b). */
  void leave(long afterId, long beforeId) {
    run.leave(parts.table().count(afterId, beforeId, parts.scope().addresses()));
  }

  /** What can be checked of a row; what cannot is reported (R7, CHECK_IPV6). */
  Optional<MonitoredIp> checkable(TableRow row) {
    return switch (row) {
      case TableRow.Valid(var ip, var invalidIpv6) -> {
        invalidIpv6.ifPresent(value -> log.ipv6Invalid(ip, value));
        yield Optional.of(ip);
      }
      case TableRow.Invalid(long id, var value) -> {
        run.report().addInvalid();
        log.rowInvalid(id, value);
        yield Optional.empty();
      }
    };
  }

  /** Starts the address's lookups and does not wait for them. */
  AddressLookups start(MonitoredIp ip) {
    run.goOnUnlessStopped();
    AddressLookups lookups = AddressLookups.start(parts.lookups(), parts.scope().zones(), ip);
    run.goOnUnlessStopped(); // a stop in between has not seen these: they end with the run
    if (run.isCheckingOver()) {
      lookups.cancel();
    }
    return lookups;
  }

  /** Waits for a whole chunk's answers first and touches the database after. */
  void apply(List<AddressLookups> chunk) {
    List<IpCheck> answered = chunk.stream().flatMap(it -> await(it).stream()).toList();
    run.leave(chunk.size() - answered.size());
    List<IpCheck> checks = run.braked(answered);
    run.goOnUnlessStopped();
    List<IpCheck> changing = new ArrayList<>();
    List<IpCheck> unchanged = new ArrayList<>();
    checks.forEach(check -> (changes(check) ? changing : unchanged).add(check));
    parts.table().apply(changing, parts.rules(), !parts.dryRun(), new Following());
    run.goOnUnlessStopped();
    unchanged.forEach(check -> add(new Checked(check, new Unchanged(check.ip().values()))));
  }

  private void add(Checked checked) {
    run.report().add(checked);
    parts.standings().ifPresent(table -> table.add(checked));
    tell(checked);
  }

  /** Reports each row as soon as it is known what became of it. */
  private final class Following implements RowListener {
    @Override
    public boolean goesOn() {
      return run.stopReason().isEmpty();
    }

    @Override
    public void became(IpCheck check, RowOutcome outcome) {
      add(new Checked(check, outcome));
    }
  }

  /** Empty if checking ended before the last answer (R7b). */
  private Optional<IpCheck> await(AddressLookups lookups) {
    try {
      IpCheck check =
          lookups
              .await(
                  parts.scope().leftOut(), parts.listedThreshold(), parts.lookups()::resolverWorks)
              .excepting(
                  run.exceptions().zones(lookups.ip().address(), parts.scope().configured()));
      run.goOnUnlessStopped();
      return Optional.of(check);
    } catch (CancellationException | CompletionException e) {
      run.goOnUnlessStopped();
      if (run.isCheckingOver() && e instanceof CancellationException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A row that its check leaves as it was read needs no second look (R21). */
  private boolean changes(IpCheck check) {
    return !(parts.rules().decide(check.ip().state(), check.verdict())
        instanceof Transition.Unchanged);
  }

  private void tell(Checked checked) {
    MonitoredIp ip = checked.check().ip();
    for (ZoneAnswer answer : checked.check().answers()) {
      if (answer.result() instanceof Unknown unknown) {
        log.dnsFailure(answer.address(), answer.zone(), unknown, parts.dnsTimeout());
      }
    }
    switch (checked.outcome()) {
      case Updated update -> log.rowUpdated(ip.address(), update);
      case Conflict _ -> log.rowConflict(ip);
      case Unwritable(_, var tooNarrow) -> {
        log.rowUnwritable(ip, tooNarrow);
        run.failed(
            new FatalError(
                ErrorType.DATABASE_SCHEMA_ERROR,
                "row %d of ip_addresses (%s) was not written: %s; the other rows are done"
                    .formatted(ip.rowId(), ip.address(), tooNarrow)));
      }
      case Unchanged _, Vanished _, Waiting _ -> {}
    }
    if (run.report().drifted(checked)) {
      log.priorityDrift(ip, checked.current().state().priority());
    }
    if (!checked.isChanged() && !checked.isListed()) {
      log.ipChecked(checked, JiraAction.NO_ACTION);
    }
  }
}
