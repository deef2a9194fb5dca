package dnsblmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R5b, R36: whether a run could be recorded; the same on each kind of database (R9). */
interface HistoryCheckContract {

  TestDatabase database();

  /** The same at each call, with tables, fresh for each test. */
  TestHistory history();

  @AfterEach
  default void drop() {
    history().close();
    database().close();
  }

  private Finding check() {
    return new HistoryCheck(history().settings()).finding();
  }

  private List<String> contents() {
    return HistorySchema.TABLES.stream()
        .flatMap(table -> history().rows("select * from " + table).stream())
        .toList();
  }

  private void assertWarns(String... texts) {
    assertThat(check())
        .isInstanceOfSatisfying(
            Warns.class,
            warns ->
                assertThat(warns.details())
                    .startsWith("runs are not recorded: the history (HISTORY_DB_URL): ")
                    .contains(texts)
                    .doesNotContain(TestDatabase.PASSWORD));
  }

  @Test
  default void aHistoryThatWorksIsDescribedAndLeftAsItIs() {
    List<String> before = contents();

    assertThat(check())
        .isInstanceOfSatisfying(
            Holds.class,
            holds ->
                assertThat(holds.details())
                    .contains(
                        "login monitor",
                        "version 1 of the tables, no runs yet; kept for 400 days"));
    assertThat(contents()).isEqualTo(before);

    HistoryRuns.write(history(), "run-1");
    before = contents();

    assertThat(check().details()).contains("runs: 1, the last at 2026-11-30T10:00:02Z");
    assertThat(contents()).isEqualTo(before);
  }

  /** A run that ends meanwhile is not held up, nor is the check. */
  @Test
  default void itWaitsForNoLockOfARun() throws SQLException {
    try (Connection run = history().connect();
        Statement statement = run.createStatement()) {
      run.setAutoCommit(false);
      statement.execute("select name from deployment where id = 1 for update");
      statement.execute("delete from runs");

      assertThat(check()).isInstanceOf(Holds.class);
      run.rollback();
    }
  }

  @Test
  default void everyRightThatARunNeedsIsTried() {
    String table =
        database().settings().kind() == DatabaseKind.POSTGRESQL
            ? "%s"
            : history().database().schema() + ".%s";
    String user =
        database().settings().kind() == DatabaseKind.POSTGRESQL ? "monitor" : "'monitor'@'%'";
    for (String name : HistorySchema.TABLES) {
      for (String right : List.of("select", "insert", "update", "delete")) {
        history().execute("revoke %s on %s from %s".formatted(right, table.formatted(name), user));
        assertWarns("its user lacks a right", "dnsbl-monitor migrate", name);
        history().grant();
      }
    }
    assertThat(check()).isInstanceOf(Holds.class);
  }

  @Test
  default void theHistoryOfAnotherDeploymentIsNamed() {
    HistoryRuns.write(history(), "run-1");
    HistorySettings other = history().settings("other", Duration.ofDays(1));

    assertThat(new HistoryCheck(other).finding())
        .isInstanceOf(Warns.class)
        .extracting(Finding::details)
        .asString()
        .contains("belongs to the deployment 'postal', not to 'other'");
  }

  @Test
  default void tablesThatAreMissingOrOfAnotherVersionAreNamedWithWhatToDo() {
    history().execute("update flyway_schema_history set version = '2' where version = '1'");
    assertWarns("have version 2, made by a newer version of the monitor");

    history().execute("drop table flyway_schema_history");
    assertWarns("a table or column is missing; run 'dnsbl-monitor migrate'");
  }

  @Test
  default void aServerThatRefusesWritesIsNamed() {
    database().makeReadOnly();

    assertWarns("the server is read-only");
  }
}
