package dnsblmonitor.ops;

import dnsblmonitor.config.ConfigurationException;
import dnsblmonitor.config.Environment;
import dnsblmonitor.config.MigrationSettings;
import dnsblmonitor.history.HistoryException;
import dnsblmonitor.history.HistorySchema;
import dnsblmonitor.ops.HistoryMigration.Applied;
import dnsblmonitor.ops.HistoryMigration.UpToDate;
import dnsblmonitor.ops.HistoryMigration.WouldApply;
import dnsblmonitor.postal.DatabaseException;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.postal.LeastRights;
import dnsblmonitor.postal.Migration;
import dnsblmonitor.postal.Migration.Added;
import dnsblmonitor.postal.Migration.NothingToDo;
import dnsblmonitor.postal.Migration.Report;
import dnsblmonitor.postal.Migration.WouldAdd;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code dnsbl-monitor migrate}: adds the monitor's missing columns to Postal's table (R5c), makes
 * or upgrades the history's tables if there is a history (R36), and prints the GRANTs that the
 * monitor needs. The output is valid SQL; everything else is a comment. Exit code 0, or 1 with the
 * reason on standard error.
 */
public final class Migrate {

  private static final int FAILED = 1;
  private static final String NOT_YET =
      "nothing was written: set DRY_RUN=false and run migrate again, then run the GRANTs";
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);

  private Migrate() {}

  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try {
      MigrationSettings settings = Environment.ofThisProcess().migrationSettings();
      Migration migration = new Migration(settings.database(), LOCK_LIMIT);
      lines(settings.dryRun() ? migration.dryRun() : migration.run()).forEach(out::println);
      settings.history().ifPresent(history -> migrate(history, settings.dryRun(), out));
    } catch (ConfigurationException e) {
      fail(e.faults());
    } catch (DatabaseException e) {
      fail(List.of(e.getMessage()));
    }
  }

  /** After Postal's table, which needs no history. */
  private static void migrate(DatabaseSettings history, boolean dryRun, PrintStream out) {
    HistoryMigration migration = new HistoryMigration(history);
    try {
      lines(dryRun ? migration.dryRun() : migration.run()).forEach(out::println);
    } catch (HistoryException e) {
      fail(List.of(e.getMessage() + " (Postal's table is not affected, see standard output)"));
    }
  }

  private static void fail(List<String> faults) {
    faults.forEach(fault -> System.err.println("dnsbl-monitor migrate: " + onOneLine(fault)));
    System.exit(FAILED);
  }

  static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    switch (report.outcome()) {
      case Added(String columns) -> lines.add(comment(report.table() + ": added " + columns));
      case NothingToDo(String columns) ->
          lines.add(
              comment("%s: nothing to do; it already has %s".formatted(report.table(), columns)));
      case WouldAdd(String statement) -> {
        lines.add(comment(report.table() + ": DRY_RUN is true, nothing was written; would run"));
        lines.add(statement + ";");
      }
    }
    report.hints().forEach(hint -> lines.add(comment("%s: %s".formatted(report.table(), hint))));
    lines.add(comment(advice(report)));
    lines.addAll(report.rights().statements());
    if (report.outcome() instanceof WouldAdd) {
      lines.add(comment(NOT_YET));
    }
    return lines;
  }

  static List<String> lines(HistoryMigration.Report report) {
    HistorySchema schema = report.schema();
    List<String> lines = new ArrayList<>();
    lines.add(
        comment(
            "history, %s: %s"
                .formatted(
                    schema.name(),
                    switch (report) {
                      case Applied(_, var versions) -> "applied version " + listed(versions);
                      case UpToDate(_, var version) ->
                          "nothing to do; its tables have version " + version;
                      case WouldApply(_, var versions) ->
                          "DRY_RUN is true, nothing was written; would apply version "
                              + listed(versions);
                    })));
    lines.add(
        comment(
            "minimum privileges of the monitor on its history; run the monitor as a different user than the owner of the tables: replace %s with it"
                .formatted(schema.grantee())));
    lines.addAll(schema.grants());
    if (report instanceof WouldApply) {
      lines.add(comment(NOT_YET));
    }
    return lines;
  }

  private static String listed(List<String> versions) {
    return String.join(", ", versions);
  }

  private static String advice(Report report) {
    LeastRights rights = report.rights();
    return switch (report.login()) {
      case OTHER -> "minimum privileges of the monitor, for the user you are logged in as:";
      case OWNER ->
          "minimum privileges of the monitor. You are logged in as a user who may alter the table; run the monitor as a different user: replace %s with it"
              .formatted(rights.grantee());
    };
  }

  private static String comment(String text) {
    return "-- " + onOneLine(text);
  }

  private static String onOneLine(String text) {
    return FindingTable.onOneLine(text);
  }
}
