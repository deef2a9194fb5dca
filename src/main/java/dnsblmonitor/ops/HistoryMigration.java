package dnsblmonitor.ops;

import dnsblmonitor.history.HistoryException;
import dnsblmonitor.history.HistorySchema;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * Makes and upgrades the history's tables (R36). Flyway takes a lock, so two at once do no harm,
 * and stores what it has done in {@code flyway_schema_history}.
 */
public final class HistoryMigration {

  private final DatabaseSettings database;
  private final String[] locations;

  /** The report of a migration. */
  public sealed interface Report {
    HistorySchema schema();
  }

  /**
   * The tables were made or upgraded.
   *
   * @param versions the versions that were applied
   */
  public record Applied(HistorySchema schema, List<String> versions) implements Report {}

  /** In a dry run, the versions that would be applied. */
  public record WouldApply(HistorySchema schema, List<String> versions) implements Report {}

  /** The tables have the current version. */
  public record UpToDate(HistorySchema schema, String version) implements Report {}

  public HistoryMigration(DatabaseSettings database) {
    this(database, "");
  }

  /**
   * @param moreScripts another location of scripts, in tests of later versions; empty: none
   */
  HistoryMigration(DatabaseSettings database, String moreScripts) {
    this.database = database;
    this.locations =
        Stream.of(
                "classpath:dnsblmonitor/history/"
                    + (database.kind() == DatabaseKind.POSTGRESQL ? "postgresql" : "mariadb"),
                moreScripts)
            .filter(location -> !location.isEmpty())
            .toArray(String[]::new);
  }

  /**
   * Brings the tables to the current version.
   *
   * @throws HistoryException if that fails; the message says what was done
   */
  public Report run() {
    return migrate(Mode.WRITE);
  }

  /** Reports what {@link #run()} would do (R3). */
  Report dryRun() {
    return migrate(Mode.DRY_RUN);
  }

  private enum Mode {
    WRITE,
    DRY_RUN
  }

  private Report migrate(Mode mode) {
    HistorySchema schema = HistorySchema.find(database);
    try {
      Flyway flyway = flyway();
      MigrationInfo[] all = flyway.info().all();
      List<String> newer =
          versions(all, MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);
      if (!newer.isEmpty()) {
        throw HistoryException.newer(newer.getLast());
      }
      if (!Arrays.stream(all).allMatch(HistoryMigration::isOurs)) {
        throw schema.changed();
      }
      List<String> failed = versions(all, MigrationState.FAILED);
      List<String> due = versions(all, MigrationState.FAILED, MigrationState.PENDING);
      if (due.isEmpty()) {
        return new UpToDate(schema, versions(all, MigrationState.SUCCESS).getLast());
      }
      if (mode == Mode.DRY_RUN) {
        return new WouldApply(schema, due);
      }
      if (!failed.isEmpty()) {
        flyway.repair(); // forgets the failure; a script for MariaDB can be repeated
      }
      List<String> applied = flyway.migrate().migrations.stream().map(it -> it.version).toList();
      return applied.isEmpty() // another migration was faster
          ? new UpToDate(schema, due.getLast())
          : new Applied(schema, applied);
    } catch (FlywayException e) {
      throw schema.failed(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  /** Reads no environment, writes no report, and logs to SLF4J, which is silent. */
  private Flyway flyway() {
    return Flyway.configure()
        .loggers("slf4j")
        .dataSource(
            database.jdbcUrl(), verbatim(database.user()), verbatim(database.password().reveal()))
        .defaultSchema(database.schema())
        .createSchemas(database.kind() == DatabaseKind.POSTGRESQL)
        .locations(locations)
        .failOnMissingLocations(true)
        .skipDefaultCallbacks(true)
        .placeholderReplacement(false)
        .communityDBSupportEnabled(false)
        .cleanDisabled(true)
        .load();
  }

  /** Else Flyway replaces {@code ${env.NAME}} in a password by that variable. */
  private static String verbatim(String value) {
    return "!{" + value + "}";
  }

  private static List<String> versions(MigrationInfo[] all, MigrationState... states) {
    return Arrays.stream(all)
        .filter(it -> it.isVersioned() && List.of(states).contains(it.getState()))
        .map(it -> it.getVersion().getVersion())
        .toList();
  }

  /** A script that failed may have been corrected. */
  private static boolean isOurs(MigrationInfo migration) {
    return switch (migration.getState()) {
      case MISSING_SUCCESS, MISSING_FAILED -> false;
      case FAILED -> true;
      default -> migration.isChecksumMatching();
    };
  }
}
