package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.CheckingTime;
import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.postal.RunLock.Acquired;
import dnsblmonitor.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R5b: what the database is found to be; the same on each kind (R9). */
interface DatabaseCheckContract {

  /** The same at each call, ready for runs, fresh for each test. */
  TestDatabase database();

  CheckingTime NO_LIMIT = new CheckingTime(Duration.ofMinutes(14), 0);

  /** A fresh one on the same server as Postal left it. */
  TestDatabase withoutColumns();

  /** What the server calls itself. */
  String product();

  @AfterEach
  default void dropDatabase() {
    database().close();
  }

  private List<Finding> findings(DatabaseSettings settings) {
    return findings(settings, false);
  }

  private static List<Finding> findings(DatabaseSettings settings, boolean dryRun) {
    return new DatabaseCheck(
            settings,
            ZoneList.parse("zen.example,bl.example*2,white.example*-1,watch.example*0"),
            dryRun,
            false,
            NO_LIMIT)
        .findings();
  }

  private List<Finding> findings() {
    return findings(database().settings());
  }

  private static Finding of(String tried, List<Finding> findings) {
    return findings.stream().filter(f -> f.tried().equals(tried)).findFirst().orElseThrow();
  }

  private String table() {
    return "table " + database().settings().schema() + ".ip_addresses";
  }

  @Test
  default void whereEverythingHoldsEachPartIsALine() {
    database().insert("192.0.2.7", 80);

    List<Finding> findings = findings();

    assertThat(findings)
        .hasOnlyElementsOfType(Holds.class)
        .extracting(Finding::tried)
        .containsExactly("database", table(), "rights", "rows", "run lock");
    assertThat(of("database", findings).details())
        .startsWith(product() + " ")
        .contains("login monitor")
        .endsWith("not encrypted");
    assertThat(of(table(), findings).details())
        .contains("oldPriority int", "blockingLists text", "lastEvent text");
    assertThat(of("rows", findings).details()).startsWith("1, ");
    assertThat(database().writes()).isZero();
  }

  @Test
  default void rowsWithoutPriorityAndAddressesThatAreNotLookedUpAreAWarning() {
    database().insert("192.0.2.7", null);
    database().insertWithIpv6("192.0.2.8", "2001:db8::8", 80);
    database().insertWithIpv6("192.0.2.9", " ", 80);

    Finding rows = of("rows", findings());

    assertThat(rows).isInstanceOf(Warns.class);
    assertThat(rows.details()).contains("1 have an ipv6 that is not checked", "CHECK_IPV6=true");
    assertThat(rows.details().contains("1 have no priority"))
        .as("Postal's own database sorts NULL below 0")
        .isEqualTo(database().settings().kind() == DatabaseKind.MARIADB);
    assertThat(
            of(
                "rows",
                new DatabaseCheck(
                        database().settings(), ZoneList.parse("zen.example"), false, true, NO_LIMIT)
                    .findings()))
        .extracting(Finding::details)
        .asString()
        .doesNotContain("ipv6");
  }

  @Test
  default void moreLookupsADayThanAKnownListPermitsAreAWarning() {
    List<Zone> zones = ZoneList.parse("score.senderscore.com=127.0.4.[0..29],zen.spamhaus.org");
    database().insert("192.0.2.7", 80);

    assertThat(new DatabaseCheck(database().settings(), zones, false, false, NO_LIMIT).findings())
        .as("96 x (1 + 2) are 288 of 333")
        .noneMatch(finding -> finding.tried().startsWith("lookups"));

    database().insertWithIpv6("192.0.2.8", "2001:db8::8", 80);

    assertThat(new DatabaseCheck(database().settings(), zones, false, true, NO_LIMIT).findings())
        .filteredOn(finding -> finding.tried().startsWith("lookups"))
        .singleElement()
        .isInstanceOf(Warns.class)
        .asString()
        .contains("score.senderscore.com", "672 a day", "333");
  }

  /** R7b. */
  @Test
  default void moreLookupsThanFitIntoARunAreAWarning() {
    for (int i = 1; i <= 24; i++) {
      database().insertWithIpv6("192.0.2." + i, "2001:db8::" + i, 80);
    }
    List<Zone> zones = ZoneList.parse("zen.example");
    CheckingTime time = new CheckingTime(Duration.ofSeconds(30), 1);

    assertThat(new DatabaseCheck(database().settings(), zones, false, false, time).findings())
        .filteredOn(finding -> finding.tried().equals("time"))
        .singleElement()
        .isInstanceOf(Warns.class)
        .asString()
        .contains("24 lookups", "DNS_ZONE_RATE=1", "RUN_DEADLINE=PT30S", "PT20.25S");
    assertThat(
            new DatabaseCheck(
                    database().settings(),
                    zones,
                    false,
                    true,
                    new CheckingTime(Duration.ofSeconds(30), 2))
                .findings())
        .as("two addresses a row")
        .anyMatch(finding -> finding.details().contains("48 lookups"));
    assertThat(
            new DatabaseCheck(
                    database().settings(),
                    zones,
                    false,
                    false,
                    new CheckingTime(Duration.ofSeconds(36), 1))
                .findings())
        .noneMatch(finding -> finding.tried().equals("time"));
  }

  /** R9a; 0.0.0.0 leads to this machine as well, and is no address of loopback. */
  @Test
  default void aConnectionThatIsNotEncryptedIsAWarningUnlessItIsLoopback() {
    DatabaseSettings own = database().settings();
    DatabaseSettings elsewhere =
        new DatabaseSettings(
            own.kind(),
            own.jdbcUrl().replace("127.0.0.1", "0.0.0.0"),
            own.user(),
            own.password(),
            own.schema());

    assertThat(of("database", findings(elsewhere)))
        .isInstanceOf(Warns.class)
        .asString()
        .containsIgnoringCase("not encrypted; ")
        .containsIgnoringCase("set DB_URL with sslMode=verify-full");
    assertThat(of("database", findings())).isInstanceOf(Holds.class);
  }

  @Test
  default void aLoginThatIsRefusedIsAllThatIsFound() {
    DatabaseSettings own = database().settings();

    assertThat(
            findings(
                new DatabaseSettings(
                    own.kind(), own.jdbcUrl(), own.user(), new Secret("wrong"), own.schema())))
        .singleElement()
        .isInstanceOf(Fails.class)
        .asString()
        .contains("database", "login was refused")
        .doesNotContain("wrong,");
  }

  @Test
  default void columnsThatAreMissingAreNamedWithTheCommandAndTheLockIsTriedAllTheSame() {
    try (TestDatabase bare = withoutColumns()) {
      assertThat(findings(bare.settings()))
          .satisfiesExactly(
              server -> assertThat(server).isInstanceOf(Holds.class),
              table ->
                  assertThat(table)
                      .isInstanceOf(Fails.class)
                      .asString()
                      .contains("oldPriority, blockingLists, lastEvent", "dnsbl-monitor migrate"),
              lock -> assertThat(lock).isInstanceOf(Holds.class));
    }
  }

  @Test
  default void aColumnThatCannotTakeTheNamesOfAllListsIsAWarning() {
    resize("lastEvent", "new block from list(s) bl.example,zen.example".length() - 1);
    resize("blockingLists", "bl.example,zen.example".length());

    assertThat(of(table(), findings()))
        .isInstanceOf(Warns.class)
        .asString()
        .contains("lastEvent holds 44 characters, but 45 are needed")
        .doesNotContain("blockingLists takes");
  }

  private void resize(String column, int width) {
    database().execute("alter table ip_addresses drop column \"%s\"".formatted(column));
    database().execute("alter table ip_addresses add \"%s\" varchar(%d)".formatted(column, width));
    database().rights().statements().forEach(database()::executePlainly);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          update (priority, "lastEvent") | UPDATE on priority, UPDATE on lastEvent
          select ("oldPriority")         | SELECT on oldPriority
          """)
  default void rightsThatAreMissingAreNamedByTheirColumns(String right, String lacking) {
    database().execute("revoke %s on ip_addresses from monitor".formatted(right));

    List<Finding> findings = findings();

    assertThat(of("rights", findings))
        .isInstanceOf(Fails.class)
        .asString()
        .contains("lacks " + lacking + ";", "dnsbl-monitor migrate");
    assertThat(of("run lock", findings)).isInstanceOf(Holds.class);
  }

  @Test
  default void aServerThatIsReadOnlyIsSaidToBeAReplica() {
    database().makeReadOnly();

    assertThat(findings())
        .singleElement()
        .isInstanceOf(Fails.class)
        .asString()
        .contains("read-only (a replica?)", "set DB_HOST or DB_URL to the primary");
  }

  /** R3: it reads what a replica has as well. */
  @Test
  default void aReplicaWillDoForDryRuns() {
    database().makeReadOnly();

    List<Finding> findings = findings(database().settings(), true);

    assertThat(findings).noneMatch(Fails.class::isInstance);
    assertThat(of("database", findings)).isInstanceOf(Warns.class);
    assertThat(of("rights", findings).details())
        .contains("SELECT on the columns that a dry run reads");
  }

  @Test
  default void aWriteThatAReadOnlyServerRefusesIsSaidSo() throws SQLException {
    database().makeReadOnly();

    try (Connection connection = DatabaseSession.open(database().settings(), "test")) {
      assertThat(new TableRights(TableName.of(database().settings()), connection, false).finding())
          .isInstanceOf(Fails.class)
          .asString()
          .contains("the server is read-only (a replica?)");
      assertThatThrownBy(
              () -> {
                try (Statement statement = connection.createStatement()) {
                  statement.execute("update ip_addresses set priority = 1");
                }
              })
          .isInstanceOfSatisfying(
              SQLException.class,
              e ->
                  assertThat(DatabaseException.of(e).fault())
                      .isEqualTo(DatabaseException.Fault.UNREACHABLE));
    }
  }

  @Test
  default void rowsWithoutAnAddressAreAWarning() {
    database().insert("192.0.2.7", 80);
    database().insert("192.0.2.007", 80);
    database().insert(null, 80);

    assertThat(of("rows", findings()))
        .isEqualTo(
            new Warns(
                "rows", "3, of which 2 are skipped, since ipv4 is not an IPv4 address: id 2, 3"));
  }

  @Test
  default void aRunThatIsUnderWayIsToldAndKeepsItsLock() {
    var attempt = RunLock.tryAcquire(database().settings(), "run-1", () -> {});

    Finding found = of("run lock", findings());

    assertThat(found).isInstanceOf(Holds.class).asString().contains("a run is in progress", " s");
    assertThat(RunLock.tryAcquire(database().settings(), "run-2", () -> {}))
        .isInstanceOf(RunLock.Taken.class);
    assertThat(attempt).isInstanceOfSatisfying(Acquired.class, run -> run.lock().close());
    assertThat(of("run lock", findings()).details()).contains("no run is in progress");
  }
}
