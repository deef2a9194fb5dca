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
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.RunLog;
import dnsblmonitor.report.RunLog.JiraAction;
import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** Waits for a chunk's lookups and then applies their results to the rows (R15-R22). */
@Named
@Dependent
class IpAddressWriter extends AbstractItemWriter {

  private final CurrentRun current;

  @Inject
  IpAddressWriter(CurrentRun current) {
    this.current = current;
  }

  /** Uses the database only after the last answer, so no connection is held while waiting. */
  @Override
  public void writeItems(List<Object> items) {
    Run run = current.get();
    List<IpCheck> answered =
        items.stream().flatMap(item -> await(run, (AddressLookups) item).stream()).toList();
    run.leave(items.size() - answered.size());
    List<IpCheck> changing = new ArrayList<>();
    List<IpCheck> unchanged = new ArrayList<>();
    run.braked(answered).forEach(it -> (changes(run, it) ? changing : unchanged).add(it));
    run.checkNotStopped();
    run.parts().table().apply(changing, run.parts().rules(), !run.parts().dryRun(), listener(run));
    run.checkNotStopped();
    for (IpCheck check : unchanged) {
      add(run, new Checked(check, new Unchanged(check.ip().values())));
    }
  }

  /** Empty if checking ended before the last answer (R7b). */
  private static Optional<IpCheck> await(Run run, AddressLookups lookups) {
    RunParts parts = run.parts();
    try {
      IpCheck check =
          lookups
              .await(
                  parts.scope().leftOut(), parts.listedThreshold(), parts.lookups()::resolverWorks)
              .excepting(
                  run.exceptions().zones(lookups.ip().address(), parts.scope().configured()));
      run.checkNotStopped();
      return Optional.of(check);
    } catch (CancellationException | CompletionException e) {
      run.checkNotStopped();
      if (run.isCheckingOver() && e instanceof CancellationException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A row that its check does not change is not read again (R21). */
  private static boolean changes(Run run, IpCheck check) {
    return !(run.parts().rules().decide(check.ip().state(), check.verdict())
        instanceof Transition.Unchanged);
  }

  /** Reports each row as soon as its outcome is known. */
  private static RowListener listener(Run run) {
    return new RowListener() {
      @Override
      public boolean goesOn() {
        return run.stopReason().isEmpty();
      }

      @Override
      public void onOutcome(IpCheck check, RowOutcome outcome) {
        add(run, new Checked(check, outcome));
      }
    };
  }

  private static void add(Run run, Checked checked) {
    run.add(checked);
    report(run, checked);
  }

  private static void report(Run run, Checked checked) {
    RunLog log = run.parts().log();
    MonitoredIp ip = checked.check().ip();
    for (ZoneAnswer answer : checked.check().answers()) {
      if (answer.result() instanceof Unknown unknown) {
        log.dnsFailure(answer.address(), answer.zone(), unknown, run.parts().dnsTimeout());
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
                "row %d of ip_addresses (%s) was not written: %s. All other rows were written"
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
