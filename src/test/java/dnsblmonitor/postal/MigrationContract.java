package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dnsblmonitor.postal.Migration.Added;
import dnsblmonitor.postal.Migration.Login;
import dnsblmonitor.postal.Migration.NothingToDo;
import dnsblmonitor.postal.Migration.Report;
import dnsblmonitor.postal.Migration.WouldAdd;
import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R5c, R8: Postal's table gets the monitor's columns; the same on each kind (R9). */
interface MigrationContract {

  Duration SECOND = Duration.ofSeconds(1);

  /** The same at each call, as Postal left it, fresh for each test. */
  TestDatabase database();

  @AfterEach
  default void dropDatabase() {
    database().close();
  }

  private Report migrate() {
    return new Migration(database().owner(), SECOND).run();
  }

  private List<String> columns() {
    String names =
        "select %s from information_schema.columns where table_name = 'ip_addresses' and table_schema = '%s'"
            .formatted(inOrder(), database().settings().schema());
    return List.of(database().single(names).split(","));
  }

  /** The aggregate of column_name in the table's order. */
  private String inOrder() {
    return switch (database().settings().kind()) {
      case POSTGRESQL -> "string_agg(column_name, ',' order by ordinal_position)";
      case MARIADB -> "group_concat(column_name order by ordinal_position)";
    };
  }

  private String objects() {
    return Stream.of("tables", "columns", "routines", "triggers", "table_constraints")
        .map(kind -> database().single("select count(*) from information_schema." + kind))
        .toList()
        .toString();
  }

  /** All rows, as text. */
  private String postalsValues() {
    String columns =
        "concat_ws('|', id, ip_pool_id, ipv4, ipv6, created_at, updated_at, hostname, priority)";
    return database()
        .single(
            switch (database().settings().kind()) {
              case POSTGRESQL ->
                  "select string_agg(%s, ';' order by id) from ip_addresses".formatted(columns);
              case MARIADB ->
                  "select group_concat(%s order by id) from ip_addresses".formatted(columns);
            });
  }

  @Test
  default void theColumnsAreAddedAndEveryRowKeepsItsValues() {
    database().insert("192.0.2.7", 80, 3);
    database().insertWithIpv6("192.0.2.8", "2001:db8::8", 70);
    String before = postalsValues();

    Report report = migrate();

    assertThat(report.outcome())
        .isInstanceOfSatisfying(
            Added.class,
            added ->
                assertThat(added.columns())
                    .contains("oldPriority", "blockingLists", "lastEvent", "integer", "text"));
    assertThat(columns())
        .containsExactly(
            "id",
            "ip_pool_id",
            "ipv4",
            "ipv6",
            "created_at",
            "updated_at",
            "hostname",
            "priority",
            "oldPriority",
            "blockingLists",
            "lastEvent");
    assertThat(before).contains("2001:db8::8", "mx.example.com", "2026-01-01");
    assertThat(postalsValues()).isEqualTo(before);
    assertThat(database().rows())
        .containsExactly(
            new TestDatabase.Row(1, "192.0.2.7", 80, null, null, null),
            new TestDatabase.Row(2, "192.0.2.8", 70, null, null, null));
    assertThat(database().writes()).isZero();
  }

  /** Those of docs/operations.md; the user has a name that no other test needs. */
  @Test
  default void theDocumentedStatementsRemoveTheColumnsAndTheUser() {
    DatabaseSettings settings = database().settings();
    boolean onMariaDb = settings.kind() == DatabaseKind.MARIADB;
    List<String> asPostalLeftIt = columns();
    migrate();
    database().executePlainly(onMariaDb ? "create user 'leaving'@'%'" : "create role leaving");
    new LeastRights(settings.kind(), settings.schema(), onMariaDb ? "leaving@%" : "leaving")
        .statements()
        .forEach(database()::executePlainly);

    List<List<String>> blocks =
        DocsPage.of("docs/operations.md").section("## Remove the monitor").blocks("sql");
    blocks
        .get(onMariaDb ? 0 : 1)
        .forEach(line -> database().executePlainly(line.replace("monitor", "leaving")));

    assertThat(blocks).as("MariaDB and PostgreSQL").hasSize(2);
    assertThat(columns()).isEqualTo(asPostalLeftIt);
    assertThat(
            database()
                .single(
                    onMariaDb
                        ? "select count(*) from mysql.user where user = 'leaving'"
                        : "select count(*) from pg_roles where rolname = 'leaving'"))
        .isEqualTo("0");
  }

  @Test
  default void theSecondTimeNothingIsToDo() {
    migrate();
    List<String> once = columns();

    assertThat(migrate().outcome()).isInstanceOf(NothingToDo.class);
    assertThat(columns()).isEqualTo(once);
  }

  @Test
  default void nothingElseIsLeftBehind() {
    String columnsOnly = objects().replaceFirst("^\\[(\\d+), \\d+", "[$1, N");

    migrate();

    assertThat(objects().replaceFirst("^\\[(\\d+), \\d+", "[$1, N")).isEqualTo(columnsOnly);
  }

  @Test
  default void onlyWhatIsMissingIsAdded() {
    database().execute("alter table ip_addresses add \"blockingLists\" varchar(1024)");
    database().insert("192.0.2.7", 80);
    database().execute("update ip_addresses set \"blockingLists\" = 'zen.example'");

    Report report = migrate();

    assertThat(report.outcome())
        .extracting(Object::toString, STRING)
        .contains("oldPriority", "lastEvent")
        .doesNotContain("blockingLists");
    assertThat(database().rows())
        .containsExactly(new TestDatabase.Row(1, "192.0.2.7", 80, null, "zen.example", null));
  }

  @Test
  default void twoAtOnceAreHarmless() {
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      var first = CompletableFuture.supplyAsync(this::migrate, both);
      var second = CompletableFuture.supplyAsync(this::migrate, both);

      assertThat(List.of(first.join().outcome(), second.join().outcome()))
          .hasAtLeastOneElementOfType(Added.class);
    }
    assertThat(columns()).hasSize(11);
  }

  @Test
  default void aDryRunTellsTheStatementAndWritesNothing() {
    Report report = new Migration(database().owner(), SECOND).dryRun();

    assertThat(columns()).hasSize(8);
    assertThat(report.outcome())
        .isInstanceOfSatisfying(
            WouldAdd.class, would -> database().executePlainly(would.statement()));
    assertThat(migrate().outcome()).isInstanceOf(NothingToDo.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          smallint     | varchar(1024)                     | varchar(100)
          bigint       | varchar(512) not null default ''  | varchar(512) not null default ''
          numeric(5,0) | text not null                     | text
          """)
  default void otherTypesThatCanHoldTheValuesDoAsWell(
      String oldPriority, String blockingLists, String lastEvent) {
    addColumns(oldPriority, blockingLists, lastEvent);

    Report report = migrate();

    assertThat(report.outcome()).isInstanceOf(NothingToDo.class);
    database().rights().statements().forEach(database()::executePlainly);
    RunLock.checkSchema(database().settings(), "run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text                       | text    | text    | oldPriority is text
          integer not null default 0 | text    | text    | oldPriority is int
          integer                    | integer | text    | blockingLists is int
          integer                    | text    | date    | lastEvent is date
          """)
  default void typesThatCannotWorkAreNamedWithTheStatementThatMendsThem(
      String oldPriority, String blockingLists, String lastEvent, String said) {
    addColumns(oldPriority, blockingLists, lastEvent);

    assertThatThrownBy(this::migrate)
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(DatabaseException.Fault.SCHEMA);
              assertThat(e).hasMessageContaining(said).hasMessageContaining("ALTER TABLE ");
              assertThatThrownBy(() -> RunLock.checkSchema(database().owner(), "run"))
                  .hasMessage(e.getMessage());
              database()
                  .executePlainly(e.getMessage().substring(e.getMessage().indexOf("ALTER TABLE ")));
            });
    assertThat(migrate().outcome()).isInstanceOf(NothingToDo.class);
  }

  private void addColumns(String oldPriority, String blockingLists, String lastEvent) {
    database()
        .execute(
            "alter table ip_addresses add \"oldPriority\" %s, add \"blockingLists\" %s, add \"lastEvent\" %s"
                .formatted(oldPriority, blockingLists, lastEvent));
  }

  @Test
  default void aTableThatIsNotPostalsIsNotTouched() {
    database().execute("alter table ip_addresses drop column hostname");

    assertThatThrownBy(this::migrate).hasMessageContaining("hostname");
    assertThat(columns()).hasSize(7);
  }

  @Test
  default void aTableThatIsNotThereIsNamed() {
    database().execute("drop table ip_addresses");

    assertThatThrownBy(this::migrate)
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(database().settings().schema() + ".ip_addresses")
        .hasMessageContaining("DB_SCHEMA");
  }

  @Test
  default void aLoginThatMayNotAlterTheTableIsToldWhoseIsNeeded() {
    assertThatThrownBy(() -> new Migration(database().settings(), SECOND).run())
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.fault()).isEqualTo(DatabaseException.Fault.SCHEMA))
        .hasMessageContaining("monitor may not alter")
        .hasMessageContaining("DB_USER");
    assertThat(columns()).hasSize(8);
  }

  @Test
  default void aTableThatOthersHoldIsLeftSoonSoThatPostalIsNotHeldUp() throws SQLException {
    try (Connection postal = database().connect();
        Statement statement = postal.createStatement()) {
      postal.setAutoCommit(false);
      statement.execute("select * from ip_addresses");

      assertThatThrownBy(this::migrate)
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("another transaction held a lock on ")
          .hasMessageContaining(" for 1 s. Nothing was changed");
      postal.rollback();
    }
    assertThat(columns()).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void theRightsAreWrittenForTheUserAtHandAndAnOwnerIsToldApart(boolean owner) {
    migrate();
    database().rights().statements().forEach(database()::executePlainly);

    Report report = new Migration(owner ? database().owner() : database().settings(), SECOND).run();

    assertThat(report.login()).isEqualTo(owner ? Login.OWNER : Login.OTHER);
    if (!owner) {
      assertThat(report.rights()).isEqualTo(database().rights());
    }
  }

  @Test
  default void theRightsAreTheLeast() {
    migrate();
    database().rights().statements().forEach(database()::executePlainly);

    assertThat(
            Stream.of(
                    "select created_at from ip_addresses",
                    "update ip_addresses set hostname = ''",
                    "update ip_addresses set ipv4 = ''",
                    "delete from ip_addresses",
                    "insert into ip_addresses (priority) values (1)")
                .filter(this::isAllowedToTheMonitor))
        .isEmpty();
    assertThat(isAllowedToTheMonitor("select hostname from ip_addresses")).isTrue();
  }

  private boolean isAllowedToTheMonitor(String sql) {
    try (Connection connection = DatabaseSession.open(database().settings(), "test");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
