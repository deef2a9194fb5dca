package dnsblmonitor.ops;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.config.ConfigurationException;
import dnsblmonitor.config.Environment;
import dnsblmonitor.config.RestoreSettings;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.postal.DatabaseException;
import dnsblmonitor.postal.Restoration;
import dnsblmonitor.postal.Restoration.Done;
import dnsblmonitor.postal.Restoration.LockTaken;
import dnsblmonitor.postal.Restoration.NoSuchRows;
import dnsblmonitor.postal.Restoration.Outcome;
import dnsblmonitor.postal.Restoration.Restored;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * {@code dnsbl-monitor restore}: restores the priority of every throttled address and prints a
 * table of restored and skipped rows (R42). Exit code 0; 1 if a row was skipped or on failure, with
 * the reason on standard error.
 */
public final class Restore {

  private static final int FAILED = 1;

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final RestoreSettings settings;

  private Restore(RestoreSettings settings) {
    this.settings = settings;
  }

  public static void main(String[] args) {
    System.exit(exitCode());
  }

  private static int exitCode() {
    try {
      return new Restore(Environment.ofThisProcess().restoreSettings()).restore();
    } catch (ConfigurationException e) {
      return fail(e.faults());
    } catch (DatabaseException e) {
      return fail(List.of(e.getMessage()));
    }
  }

  private static int fail(List<String> faults) {
    faults.forEach(
        fault -> System.err.println("dnsbl-monitor restore: " + FindingTable.onOneLine(fault)));
    return FAILED;
  }

  private int restore() {
    Restoration restoration =
        new Restoration(
            settings.database(),
            settings.fallbackPriority(),
            settings.addresses(),
            Environment.runClock());
    String caller = UUID.randomUUID().toString();
    Outcome outcome = settings.dryRun() ? restoration.dryRun(caller) : restoration.run(caller);
    return switch (outcome) {
      case Done done -> print(done);
      case LockTaken(String holder) ->
          fail(
              List.of(
                  "a run is in progress (%s). Suspend the CronJob or stop the server, wait until the run has ended, and try again. Nothing was written"
                      .formatted(holder)));
      case NoSuchRows(var addresses) ->
          fail(
              List.of(
                  "RESTORE_IPS: ip_addresses has no row for %s. Correct RESTORE_IPS. Nothing was written"
                      .formatted(
                          addresses.stream().map(Ipv4Address::toString).collect(joining(", ")))));
    };
  }

  private int print(Done done) {
    String verb = settings.dryRun() ? "would be restored" : "restored";
    done.restored().forEach(row -> out.println(line(row, verb)));
    done.left()
        .forEach(row ->
            out.println(line(row, "not restored, since another session keeps the row locked")));
    done.notThrottled().forEach(address -> out.println(line(address, "not throttled")));
    out.printf("%s: %d, left: %d%n", verb, done.restored().size(), done.left().size());
    if (settings.dryRun()) {
      out.println("DRY_RUN is true: nothing was written");
    }
    return done.left().isEmpty() ? 0 : FAILED;
  }

  private static String line(Restored row, String what) {
    Integer before = row.from().priority();
    return line(
        row.ipv4() == null ? "row " + row.id() : row.ipv4(),
        "%s: priority %s -> %s; was listed by %s"
            .formatted(
                what,
                before == null ? "none" : before,
                row.to().priority(),
                row.from().blockingLists() == null || row.from().blockingLists().isBlank()
                    ? "-"
                    : row.from().blockingLists()));
  }

  private static String line(Object address, String what) {
    return "%-15s  %s"
        .formatted(FindingTable.onOneLine(address.toString()), FindingTable.onOneLine(what));
  }
}
