package dnsblmonitor.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.history.HistoryException;
import dnsblmonitor.history.HistoryRuns;
import dnsblmonitor.ops.HistoryMigration.Applied;
import dnsblmonitor.ops.HistoryMigration.Report;
import dnsblmonitor.ops.HistoryMigration.UpToDate;
import dnsblmonitor.ops.HistoryMigration.WouldApply;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R36: the history's tables are made and upgraded; the same on each kind of database (R9). */
interface HistoryMigrationContract {

  String LATER = "classpath:dnsblmonitor/ops/history/later";
  String BROKEN = "classpath:dnsblmonitor/ops/history/broken";

  TestDatabase database();

  /** The same at each call, without tables, fresh for each test. */
  TestHistory history();

  @AfterEach
  default void drop() {
    history().close();
    database().close();
  }

  private Report migrate() {
    return new HistoryMigration(history().owner()).run();
  }

  private Report migrate(String moreScripts) {
    return new HistoryMigration(history().owner(), moreScripts).run();
  }

  private List<String> tables() {
    return history()
        .rows(
            "select table_name from information_schema.tables where table_schema = '%s' order by 1"
                .formatted(history().database().schema()));
  }

  private boolean isOnPostgres() {
    return database().settings().kind() == DatabaseKind.POSTGRESQL;
  }

  @Test
  default void theFirstTimeItMakesTheTablesAndTheSecondTimeNothing() {
    assertThat(migrate())
        .isInstanceOfSatisfying(
            Applied.class, applied -> assertThat(applied.versions()).containsExactly("1"));
    assertThat(tables())
        .containsExactly(
            "conditions",
            "deployment",
            "flyway_schema_history",
            "listings",
            "row_changes",
            "runs",
            "zone_health");
    List<String> made = history().rows("select * from flyway_schema_history");

    assertThat(migrate())
        .isInstanceOfSatisfying(
            UpToDate.class, current -> assertThat(current.version()).isEqualTo("1"));
    assertThat(history().rows("select * from flyway_schema_history")).isEqualTo(made);
  }

  @Test
  default void twoAtOnceAreHarmless() {
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      var first = CompletableFuture.supplyAsync(this::migrate, both);
      var second = CompletableFuture.supplyAsync(this::migrate, both);
      first.join();
      second.join();
    }
    assertThat(tables()).hasSize(7);
    assertThat(migrate()).isInstanceOf(UpToDate.class);
  }

  /** R3. */
  @Test
  default void aDryRunSaysWhatItWouldApplyAndWritesNothing() {
    Report report = new HistoryMigration(history().owner()).dryRun();

    assertThat(report)
        .isInstanceOfSatisfying(
            WouldApply.class, would -> assertThat(would.versions()).containsExactly("1"));
    assertThat(tables()).isEmpty();
    if (isOnPostgres()) {
      assertThat(
              history()
                  .rows(
                      "select schema_name from information_schema.schemata where schema_name = 'dnsbl_history'"))
          .isEmpty();
    }
    migrate();
    assertThat(new HistoryMigration(history().owner()).dryRun()).isInstanceOf(UpToDate.class);
  }

  @Test
  default void tablesOfSomebodyElseAreLeftAlone() {
    if (isOnPostgres()) {
      history().execute("create schema dnsbl_history");
    }
    history().execute("create table invoices (id int)");
    history().execute("insert into invoices values (7)");

    for (boolean dryRun : new boolean[] {true, false}) {
      HistoryMigration migration = new HistoryMigration(history().owner());
      assertThatThrownBy(
              () -> {
                var _ = dryRun ? migration.dryRun() : migration.run();
              })
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("contains other tables (invoices). Name one of its own");
    }

    assertThat(tables()).containsExactly("invoices");
    assertThat(history().rows("select * from invoices")).containsExactly("7");
  }

  @Test
  default void aLoginThatMayNotCreateIsToldWhichOneMay() {
    assertThatThrownBy(() -> new HistoryMigration(history().database()).run())
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("monitor may not ")
        .hasMessageContaining("log in as ");

    if (!isOnPostgres()) {
      history().execute("grant select on *.* to monitor");
      try {
        assertThatThrownBy(() -> new HistoryMigration(history().database()).run())
            .hasMessageContaining("monitor may not create or alter tables in the database");
      } finally {
        history().execute("revoke select on *.* from monitor");
      }
    }
    assertThat(tables()).isEmpty();
  }

  /** Such as in a container's environment, where HISTORY_DB_URL is the monitor's. */
  @Test
  default void theMonitorsOwnLoginSeesThatNothingIsToDo() {
    migrate();
    history().grant();

    assertThat(new HistoryMigration(history().database()).run()).isInstanceOf(UpToDate.class);
  }

  /** R36: the first schema version keeps its rows at an upgrade. */
  @Test
  default void anUpgradeKeepsTheRows() {
    assertThatThrownBy(() -> HistoryRuns.write(history(), "run-0"))
        .isInstanceOf(HistoryException.class);
    migrate();
    history().grant();
    HistoryRuns.write(history(), "run-1");
    List<String> runs = history().rows("select id, run_id, started_at from runs");
    List<String> listings = history().rows("select id, address, zone, first_seen from listings");

    assertThat(migrate(LATER))
        .isInstanceOfSatisfying(
            Applied.class, applied -> assertThat(applied.versions()).containsExactly("2"));

    assertThat(history().rows("select id, run_id, started_at from runs"))
        .hasSize(1)
        .isEqualTo(runs);
    assertThat(history().rows("select id, address, zone, first_seen from listings"))
        .hasSize(1)
        .isEqualTo(listings);
    assertThat(history().rows("select note from listings")).containsExactly("null");
  }

  @Test
  default void tablesOfANewerVersionAreLeftAloneByMigrateAndRuns() {
    migrate(LATER);
    history().grant();

    for (String failure :
        List.of(
            failure(() -> {
              var _ = migrate();
            }),
            failure(() -> HistoryRuns.write(history(), "run-1")))) {
      assertThat(failure)
          .contains("have version 2, made by a newer version of the monitor; this one supports 1");
    }
  }

  private static String failure(Runnable action) {
    try {
      action.run();
      return "none";
    } catch (HistoryException e) {
      return e.getMessage();
    }
  }

  @Test
  default void aScriptThatFailsLeavesTheTablesUsableAndCanBeRepeated() {
    migrate();
    history().grant();

    assertThatThrownBy(() -> migrate(BROKEN))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("V2__broken.sql")
        .hasMessageContaining("no_such_table")
        .hasMessageContaining(isOnPostgres() ? "nothing of it was kept" : "run migrate again");

    HistoryRuns.write(history(), "run-1");
    assertThat(new HistoryMigration(history().owner(), LATER).dryRun())
        .isInstanceOfSatisfying(
            WouldApply.class, would -> assertThat(would.versions()).containsExactly("2"));
    assertThat(migrate(LATER)).isInstanceOf(Applied.class);
    assertThat(history().rows("select note from runs")).containsExactly("null");
  }

  /** MariaDB commits each statement: a migration may end in the middle. */
  @Test
  default void aMigrationThatWasInterruptedIsDoneAgain() {
    migrate();
    if (!isOnPostgres()) {
      history().execute("drop table zone_health");
      history().execute("delete from flyway_schema_history");

      assertThat(migrate()).isInstanceOf(Applied.class);
      assertThat(tables()).hasSize(7);
    }
  }

  @Test
  default void tablesThatOtherScriptsMadeAreLeftAlone() {
    migrate();
    history().execute("update flyway_schema_history set checksum = 1 where version = '1'");

    assertThatThrownBy(this::migrate)
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("were made by something else");
  }

  @Test
  default void aServerThatCannotBeUsedIsNamedWithoutThePassword() {
    DatabaseSettings owner = history().owner();
    List<String> failures =
        Stream.of(
                with(owner.jdbcUrl().replaceFirst(":\\d+/", ":1/"), owner.user(), "canary"),
                with(owner.jdbcUrl(), "nobody", "canary"),
                with(owner.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/missing$1"), owner))
            .map(settings ->
                failure(() -> {
                  var _ = new HistoryMigration(settings).run();
                }))
            .toList();

    assertThat(failures).noneMatch(failure -> failure.contains("canary"));
    assertThat(failures.get(0)).contains("cannot connect, or the connection was lost");
    assertThat(failures.get(1)).contains("the login was refused");
    assertThat(failures.get(2)).contains("does not exist").contains("Create it");
  }

  /** Flyway could take it for a property to be resolved. */
  @Test
  default void aPasswordIsTakenAsItIsWritten() {
    migrate();
    history().grant();
    String password = "a${env.HOME}b#{c}";
    setPasswordOfTheMonitor(password);
    try {
      DatabaseSettings monitor = history().database();

      assertThat(new HistoryMigration(with(monitor.jdbcUrl(), monitor.user(), password)).run())
          .isInstanceOf(UpToDate.class);
    } finally {
      setPasswordOfTheMonitor(TestDatabase.PASSWORD);
    }
  }

  private void setPasswordOfTheMonitor(String password) {
    database()
        .executePlainly(
            isOnPostgres()
                ? "alter role monitor password '%s'".formatted(password)
                : "alter user monitor identified by '%s'"
                    .formatted(password.replace("\\", "\\\\")));
  }

  private static DatabaseSettings with(String url, DatabaseSettings login) {
    return with(url, login.user(), login.password().reveal());
  }

  private static DatabaseSettings with(String url, String user, String password) {
    DatabaseKind kind =
        url.startsWith("jdbc:postgresql") ? DatabaseKind.POSTGRESQL : DatabaseKind.MARIADB;
    String schema =
        kind == DatabaseKind.POSTGRESQL
            ? "dnsbl_history"
            : url.replaceFirst("^.*/", "").replaceFirst("\\?.*", "");
    return new DatabaseSettings(kind, url, user, new Secret(password), schema);
  }

  @Test
  default void theGrantsAreEnoughForARunAndForNothingElse() {
    migrate();
    history().grant();

    HistoryRuns.write(history(), "run-1");
    HistoryRuns.write(history(), "run-2");

    assertThat(history().rows("select count(*) from runs")).containsExactly("2");
    assertThat(
            Stream.of(
                    "delete from flyway_schema_history",
                    "update flyway_schema_history set success = true",
                    "create table more (id int)",
                    "drop table listings",
                    "alter table listings add column more int")
                .filter(this::isAllowedToTheMonitor))
        .isEmpty();
    assertThat(isAllowedToTheMonitor("select * from flyway_schema_history")).isTrue();
  }

  private boolean isAllowedToTheMonitor(String sql) {
    DatabaseSettings monitor = history().database();
    try (Connection connection =
            DriverManager.getConnection(
                monitor.jdbcUrl(), monitor.user(), monitor.password().reveal());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** The output is valid SQL: it can be run as it is by the owner. */
  @Test
  default void whatIsPrintedIsSql() {
    List<String> lines = Migrate.lines(migrate());

    assertThat(lines.getFirst()).startsWith("-- history, the ").endsWith(": applied version 1");
    assertThat(lines).allMatch(line -> line.startsWith("-- ") || line.matches("GRANT .* TO \\S+;"));
    if (isOnPostgres()) {
      database().executePlainly(String.join("\n", lines));
    }
  }
}
