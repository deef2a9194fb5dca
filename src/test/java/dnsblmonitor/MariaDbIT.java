package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.QuestionLog.Asked;
import dnsblmonitor.testing.ServerTraces;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.StartedRun;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestDatabase.Row;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.TestMariaDb;
import dnsblmonitor.testing.World;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** R5, R8, R9, R18-R25, R32: the real distribution on Postal's own kind of database. */
@NeedsMariaDb
@ExtendWith(SharedServerExtension.class)
class MariaDbIT {

  private static final String SESSIONS =
      "select count(*) from information_schema.processlist where user = 'monitor'";

  private final World world;
  private final TestDatabase database;

  MariaDbIT(SharedServer server) {
    world = server.world("zen.example,bl.example");
    database = world.database();
  }

  @TempDir Path folder = Path.of("set by JUnit");

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void anAddressIsThrottledTicketedFollowedAndRestored() {
    database.insert("203.0.113.7", 80);
    database.insert("203.0.113.8", 60);
    database.insert("not an address", 60);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");

    Ended listed = world.process().awaitEnd();
    Ended same = world.run();

    listed.expectExit(0);
    assertThat(database.row("203.0.113.7"))
        .isEqualTo(
            new Row(1, "203.0.113.7", 0, 80, "zen.example", "new block from list(s) zen.example"));
    assertThat(database.row("203.0.113.8"))
        .isEqualTo(new Row(2, "203.0.113.8", 60, null, null, null));
    assertThat(listed.event("row_invalid").getString("value")).isEqualTo("not an address");
    assertThat(onlyTicket().summary()).isEqualTo("IP 203.0.113.7 blacklisted by zen.example");
    same.expectExit(0);
    assertThat(database.writes()).as("row writes after the second run").isEqualTo(1);
    assertThat(world.jira().writes()).as("Jira writes after the second run").isEqualTo(1);

    world.dns().lists("bl.example", "203.0.113.7", "127.0.0.3");
    world.dns().unlist("zen.example", "203.0.113.7");
    world.run().expectExit(0);

    assertThat(database.row("203.0.113.7"))
        .isEqualTo(
            new Row(1, "203.0.113.7", 0, 80, "bl.example", "blocking list change: bl.example"));
    assertThat(onlyTicket().summary()).isEqualTo("IP 203.0.113.7 blacklisted by bl.example");

    world.dns().unlist("bl.example", "203.0.113.7");
    world.run().expectExit(0);

    assertThat(database.row("203.0.113.7"))
        .isEqualTo(new Row(1, "203.0.113.7", 80, null, "", "block removed"));
    assertThat(database.writes()).isEqualTo(3);
    assertThat(onlyTicket().comments())
        .last()
        .asString()
        .contains("IP is now clean (no longer listed)");
  }

  /** R36: the history is a database beside Postal's. */
  @Test
  void aRunRecordsItselfInADatabaseBesidePostals() {
    database.insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    try (TestHistory history = TestHistory.create(database)) {
      world.set("HISTORY_DB_URL", history.url()).run().expectExit(0);

      assertThat(history.rows("select started_by, outcome, complete, newly_listed from runs"))
          .containsExactly("user|succeeded|1|1");
      assertThat(history.rows("select address, zone, ticket from listings where is_open = 1"))
          .containsExactly("203.0.113.7|zen.example|OPS-1");
    }
  }

  /** Each would be a warning in the server's log, every 15 minutes. */
  @Test
  void aRunBreaksNoConnectionOff() {
    database.insert("203.0.113.7", 80);
    long aborted = number("show global status like 'aborted_clients'", 2);
    long sessions = number(SESSIONS, 1);

    Ended ended = world.process().awaitEnd();

    ended.expectExit(0);
    Await.until("its sessions have ended", () -> number(SESSIONS, 1) <= sessions);
    assertThat(number("show global status like 'aborted_clients'", 2)).isEqualTo(aborted);
  }

  private long number(String query, int column) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(column);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anEditBetweenReadAndWriteIsKept() {
    database.insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.set("DNS_TIMEOUT", "20").dns().zone("zen.example").delay(Duration.ofMillis(1500));
    Asked address = new Asked("7.113.0.203.zen.example.", "A");

    StartedRun run = world.start();
    Await.until("the row is read", () -> world.dns().questions().containsKey(address));
    database.execute("update ip_addresses set priority = 30");
    run.awaitEnd().expectExit(0);

    assertThat(database.row("203.0.113.7"))
        .isEqualTo(
            new Row(1, "203.0.113.7", 0, 30, "zen.example", "new block from list(s) zen.example"));
  }

  @Test
  void theSecondOfTwoRunsAtOnceIsSkippedAndSaysWhoRuns() {
    StartedRun first = underWay(World::start);

    Ended second = world.process().awaitEnd();
    world.dns().zone("bl.example").behaves();
    first.awaitEnd().expectExit(0);

    second.expectExit(0);
    assertThat(second.event("run_skipped").getString("holder"))
        .startsWith("dnsbl-monitor (from 127.0.0.1");
    assertThat(database.writes()).isEqualTo(1);
    assertThat(world.jira().issues()).hasSize(1);
  }

  @Test
  void aRunWhoseLockSessionIsEndedStops() {
    StartedRun run = underWay(World::start);

    // the lock's session alone: without the pool's, the run might end as DatabaseUnreachable first
    database.execute("kill connection " + lockSession().orElseThrow());
    Ended ended = run.awaitEnd();

    ended.expectExit(1);
    assertThat(ended.event("fatal_error").getString("error_type")).isEqualTo("LockLost");
    assertThat(database.writes()).isZero();
  }

  @Test
  void theLockOfARunWhoseNodeVanishedIsFreeWithinAMinute() {
    MonitorProcess run = underWay(World::process);
    assertThat(lockSession()).isPresent();

    run.freeze();

    Await.until("the lock is free", () -> lockSession().isEmpty());
  }

  /** R13: lookups may take long, and a pooled connection rests meanwhile. */
  @Test
  void aServerThatEndsIdleSessionsSoonDoesNotEndTheRun() {
    database.execute("set global wait_timeout = 1");
    try {
      database.insert("203.0.113.7", 80);
      world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
      world.dns().zone("zen.example").delay(Duration.ofSeconds(3));

      world.set("DNS_TIMEOUT", "30").run().expectExit(0);

      assertThat(database.row("203.0.113.7").priority()).isZero();
    } finally {
      database.execute("set global wait_timeout = default");
    }
  }

  @Test
  void aTableWithoutTheColumnsEndsTheRunAndNamesTheCommand() {
    try (World bare = World.around(TestMariaDb.withoutColumns(), "zen.example")) {
      Ended ended = bare.run();

      ended.expectExit(1);
      assertThat(ended.event("fatal_error").getString("error_type"))
          .isEqualTo("DatabaseSchemaError");
      assertThat(ended.event("fatal_error").getString("error_message"))
          .contains("oldPriority, blockingLists, lastEvent", "dnsbl-monitor migrate");
      assertThat(bare.dns().questions("zen.example")).isZero();
    }
  }

  @Test
  void thePasswordIsFoundInNoTraceOfRunsThatSucceedAndFail() {
    String wrong = "canary-wrong-password";
    world.set("LOG_LEVEL", "DEBUG").set("WLP_OUTPUT_DIR", folder.toString());
    database.insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");

    Ended good = world.process().awaitEnd();
    database.execute("revoke update on ip_addresses from monitor");
    world.dns().unlist("zen.example", "203.0.113.7");
    Ended denied = world.process().awaitEnd();
    world.set("DB_URL", "mysql://monitor:%s@127.0.0.1:%d/x".formatted(wrong, database.port()));
    Ended refused = world.process().awaitEnd();

    good.expectExit(0);
    assertThat(List.of(denied.exitCode(), refused.exitCode())).containsOnly(1);
    assertThat(refused.event("fatal_error").getString("error_message"))
        .contains("the login was refused");
    Stream.of(good, denied, refused)
        .flatMap(run -> Stream.concat(run.lines().stream(), Stream.of(run.standardError())))
        .forEach(trace -> assertThat(trace).doesNotContain(TestDatabase.PASSWORD, wrong));
    assertThat(ServerTraces.files(folder))
        .hasSizeGreaterThan(10)
        .allSatisfy(file ->
            assertThat(
                    ServerTraces.content(file).contains(TestDatabase.PASSWORD)
                        || ServerTraces.content(file).contains(wrong))
                .as(file.toString())
                .isFalse());
  }

  /** A run with a listed row that waits for the silent bl.example. */
  private <R extends StartedRun> R underWay(Function<World, R> start) {
    database.insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.dns().zone("bl.example").silent();
    world.set("DNS_TIMEOUT", "60");
    R run = start.apply(world);
    Await.until("the run asks", () -> world.dns().questions("bl.example") > 0);
    return run;
  }

  private Optional<String> lockSession() {
    String lock = "concat('dnsbl-monitor.', sha1('%s'))".formatted(database.name());
    String session = database.single("select coalesce(is_used_lock(%s), '')".formatted(lock));
    return Optional.of(session).filter(id -> !id.isEmpty());
  }

  private FakeJiraIssue onlyTicket() {
    assertThat(world.jira().issues()).hasSize(1);
    return world.jira().issues().getFirst();
  }
}
