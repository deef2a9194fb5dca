package dnsblmonitor.batch;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.domain.CheckingTime;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.postal.RunLock;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import jakarta.batch.api.Batchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Checks the table and acquires the run lock (R5, R8) before any lookup, then starts the probes of
 * the zones (R14). A dry run acquires no lock.
 */
@Named
@Dependent
class PrepareBatchlet implements Batchlet {

  private static final String READY = "READY";
  private static final String SKIPPED = "SKIPPED";
  private static final String FAILED = "FAILED";

  private final CurrentRun current;

  @Inject
  PrepareBatchlet(CurrentRun current) {
    this.current = current;
  }

  /** The exit status, by which the JSL selects the next step. */
  @Override
  public String process() {
    if (!current.isOpen()) {
      return FAILED; // it was refused, which has been reported
    }
    Run run = current.get();
    try {
      return prepare(run);
    } catch (RuntimeException e) {
      run.failed(Failures.fatal(e));
      return FAILED;
    }
  }

  private static String prepare(Run run) {
    RunParts parts = run.parts();
    if (parts.dryRun()) {
      RunLock.checkSchema(parts.database(), parts.runId());
    } else if (!acquireLock(run)) {
      return SKIPPED;
    }
    SortedSet<Ipv4Address> missing = addressesWithoutRow(parts);
    if (!missing.isEmpty()) {
      run.failed(
          new FatalError(
              ErrorType.CONFIGURATION_ERROR,
              "job parameter ips: ip_addresses has no row for %s; correct or remove it"
                  .formatted(missing.stream().map(Ipv4Address::toString).collect(joining(", ")))));
      return FAILED;
    }
    parts.exceptions().expired(parts.startDay()).forEach(parts.log()::exceptionExpired);
    chooseFirstRow(run);
    if (parts.zoneProbe()) {
      parts.lookups().probe(parts.scope().zones());
    }
    run.prepared();
    return READY;
  }

  private static boolean acquireLock(Run run) {
    return switch (RunLock.tryAcquire(
        run.parts().database(), run.parts().runId(), () -> run.stop(StopReason.LOCK_LOST))) {
      case RunLock.Acquired(RunLock lock) -> {
        run.lockIsHeld(lock);
        yield true;
      }
      case RunLock.Taken taken -> {
        run.lockIsTaken(taken);
        yield false;
      }
    };
  }

  /** A requested address that is in no row is probably mistyped (R29a). */
  private static SortedSet<Ipv4Address> addressesWithoutRow(RunParts parts) {
    SortedSet<Ipv4Address> missing = new TreeSet<>();
    parts.scope().addresses().ifPresent(missing::addAll);
    parts.table().withAddresses(missing).forEach(row -> missing.remove(row.address()));
    return missing;
  }

  /** If not all rows can be checked in time, each run starts at a different row (R7b). */
  private static void chooseFirstRow(Run run) {
    RunParts parts = run.parts();
    if (parts.zoneRate() == 0 || parts.scope().addresses().isPresent()) {
      return;
    }
    parts
        .table()
        .extent()
        .ifPresent(extent ->
            run.checkingTime()
                .shortage(extent.lookups())
                .ifPresent(why -> {
                  long id =
                      CheckingTime.firstId(
                          extent.lowestId(), extent.highestId(), parts.startedAt());
                  run.beginsAt(id, why);
                  parts
                      .log()
                      .warning(
                          "not all addresses can be checked in time, so this run starts at row %d: %s"
                              .formatted(id, why));
                }));
  }

  @Override
  public void stop() {
    current.stop();
  }
}
