package dnsblmonitor.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R5c: the distribution's {@code migrate}, as a process; the database's variables are enough. */
class MigrateIT {

  private static final String ADDED =
      "-- postal.ip_addresses: added \"oldPriority\" integer, \"blockingLists\" text, \"lastEvent\" text";

  private final World world = World.withoutColumns("zen.example");
  private final TestDatabase database = world.database();

  @AfterEach
  void endWorld() {
    world.close();
  }

  private static CommandProcess.Ended migrate(String url, String... more) {
    Map<String, String> variables = new TreeMap<>(Map.of("DB_URL", url));
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    CommandProcess.Ended ended = CommandProcess.run("migrate", variables);
    assertThat(ended.all()).doesNotContain(TestDatabase.PASSWORD, "Exception", "\tat ");
    return ended;
  }

  private String owner() {
    return database.url(database.owner());
  }

  @Test
  void whatItAddsAndPrintsIsAllThatARunNeeds() {
    database.insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");

    CommandProcess.Ended first = migrate(owner());
    CommandProcess.Ended second = migrate(owner());

    assertThat(first.exitCode()).as(first.all()).isZero();
    assertThat(first.table()).first().isEqualTo(ADDED);
    assertThat(first.table().get(1)).contains("replace \"postgres\"");
    assertThat(first.standardError()).isEmpty();
    assertThat(second.exitCode()).isZero();
    assertThat(second.table())
        .first()
        .isEqualTo(
            "-- postal.ip_addresses: nothing to do; it already has oldPriority integer, blockingLists text, lastEvent text");
    assertThat(second.table().subList(1, 4)).isEqualTo(first.table().subList(1, 4));

    database.executePlainly(
        String.join("\n", first.table()).replace("\"postgres\"", "\"" + TestDatabase.USER + "\""));
    world.run().expectExit(0);

    assertThat(database.row("203.0.113.7").blockingLists()).isEqualTo("zen.example");
  }

  @Test
  void aDryRunPrintsTheStatementAndWritesNothing() {
    CommandProcess.Ended ended = migrate(owner(), "DRY_RUN", "true");

    assertThat(ended.exitCode()).as(ended.all()).isZero();
    assertThat(ended.table().getFirst()).contains("nothing was written");
    assertThat(ended.table().get(1))
        .startsWith("ALTER TABLE \"postal\".\"ip_addresses\" ADD COLUMN \"oldPriority\" integer,");
    assertThat(migrate(owner()).table()).first().isEqualTo(ADDED);
  }

  /** R36. */
  @Test
  void withAHistoryItMakesItsTablesAndPrintsWhatARunNeeds() {
    try (TestHistory history = TestHistory.withoutTables(database)) {
      String[] variables = {"HISTORY_DB_URL", owner()};

      CommandProcess.Ended dry = migrate(owner(), "HISTORY_DB_URL", owner(), "DRY_RUN", "true");
      CommandProcess.Ended first = migrate(owner(), variables);
      CommandProcess.Ended second = migrate(owner(), variables);

      assertThat(List.of(dry, first, second))
          .allSatisfy(ended -> {
            assertThat(ended.exitCode()).as(ended.all()).isZero();
            assertThat(ended.standardError()).isEmpty();
          });
      assertThat(dry.table())
          .contains(
              "-- history, the schema 'dnsbl_history': DRY_RUN is true, nothing was written; would apply version 1")
          .endsWith(
              "-- nothing was written: set DRY_RUN=false and run migrate again, then run the GRANTs");
      assertThat(first.table())
          .contains(ADDED, "-- history, the schema 'dnsbl_history': applied version 1");
      assertThat(second.table())
          .contains(
              "-- history, the schema 'dnsbl_history': nothing to do; its tables have version 1");

      database.executePlainly(
          String.join("\n", second.table())
              .replace("\"postgres\"", "\"" + TestDatabase.USER + "\""));
      world.set("HISTORY_DB_URL", history.url());
      world.process().awaitEnd().expectExit(0);

      assertThat(history.rows("select outcome, started_by from runs"))
          .containsExactly("succeeded|command");
    }
  }

  /** Postal's columns do not depend on the history. */
  @Test
  void aHistoryThatCannotBeMadeIsOneLineAfterPostalsTableIsDone() {
    String history = "postgresql://monitor:canary-wrong@127.0.0.1:%d/x".formatted(database.port());

    CommandProcess.Ended ended = migrate(owner(), "HISTORY_DB_URL", history);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.table()).first().isEqualTo(ADDED);
    assertThat(ended.standardError().lines())
        .singleElement()
        .asString()
        .startsWith("dnsbl-monitor migrate: the history (HISTORY_DB_URL): ")
        .contains("the login was refused", "Postal's table is not affected");
    assertThat(ended.all()).doesNotContain("canary-wrong");
  }

  @Test
  void everyBadVariableOfTheDatabaseIsALine() {
    CommandProcess.Ended ended = migrate("", "DB_KIND", "oracle", "DB_USER", "x", "DRY_RUN", "?");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.table()).isEmpty();
    assertThat(ended.standardError().lines())
        .hasSize(5)
        .allMatch(line -> line.startsWith("dnsbl-monitor migrate: D"))
        .anyMatch(line -> line.contains("DB_KIND: 'oracle'"))
        .anyMatch(line -> line.contains("DRY_RUN: '?'"))
        .anyMatch(line -> line.contains("DB_PASSWORD: is required"));
  }

  @Test
  void whatTheDatabaseRefusesIsOneLineWithoutTheSecret() {
    List<CommandProcess.Ended> refused =
        List.of(
            migrate(database.url()),
            migrate("postgresql://monitor:canary-wrong@127.0.0.1:%d/x".formatted(database.port())),
            migrate("postgresql://monitor:canary-wrong@127.0.0.1:1/x"),
            migrate(owner(), "DB_SCHEMA", "elsewhere"));

    assertThat(refused)
        .allSatisfy(ended -> {
          assertThat(ended.exitCode()).isEqualTo(1);
          assertThat(ended.table()).isEmpty();
          assertThat(ended.all()).doesNotContain("canary-wrong");
          assertThat(ended.standardError().lines()).hasSize(1);
        });
    assertThat(refused)
        .extracting(CommandProcess.Ended::standardError)
        .satisfiesExactly(
            right -> assertThat(right).contains("may not alter", "DB_USER"),
            login -> assertThat(login).contains("login was refused"),
            server -> assertThat(server).contains("cannot connect, or the connection was lost"),
            schema -> assertThat(schema).contains("elsewhere.ip_addresses"));
  }
}
