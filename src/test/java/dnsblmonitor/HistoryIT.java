package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.StartedRun;
import dnsblmonitor.testing.TcpRelay;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R36: each run of the distribution leaves its record, and nothing depends on that. */
@ExtendWith(SharedServerExtension.class)
class HistoryIT {

  private static final String IP = "203.0.113.7";

  private final SharedServer server;
  private final World world;
  private final TestHistory history;

  HistoryIT(SharedServer server) {
    this.server = server;
    world = server.world("zen.example,dead.example");
    history = TestHistory.create(world.database());
  }

  @BeforeEach
  void anAddressIsListed() {
    world.set("HISTORY_DB_URL", history.url());
    world.database().insert(IP, 80);
    world.dns().lists("zen.example", IP, "127.0.0.2", "listed, see https://zen.example/");
  }

  @AfterEach
  void endWorld() {
    history.close();
    world.close();
  }

  @Test
  void aRunOfTheCommandRecordsItselfAndTheNextOneEndsTheListing() {
    world.process().awaitEnd().expectExit(0);

    assertThat(
            history.rows(
                "select started_by, outcome, dry_run, complete, rows_read, newly_listed, listed_now, tickets_created from runs"))
        .containsExactly("command|succeeded|f|t|1|1|1|1");
    assertThat(
            history.rows("select address, zone, counts_as, reason, ticket, ended_at from listings"))
        .containsExactly(
            "203.0.113.7|zen.example|counted|listed, see https://zen.example/|OPS-1|null");
    assertThat(history.rows("select change_type, old_priority, new_priority from row_changes"))
        .containsExactly("newly_listed|80|0");
    assertThat(history.rows("select zone, status, listed, probe from zone_health order by zone"))
        .containsExactly("dead.example|healthy|0|Ok", "zen.example|healthy|1|Ok");

    world.dns().unlist("zen.example", IP);
    world.run().expectExit(0);

    assertThat(history.rows("select end_reason from listings")).containsExactly("not_listed");
    assertThat(
            history.rows(
                "select change_type, old_priority, new_priority from row_changes order by id"))
        .containsExactly("newly_listed|80|0", "restored|0|80");
    assertThat(history.rows("select started_by from runs order by id"))
        .containsExactly("command", "user");
  }

  @Test
  void aDryRunIsMarkedAndWritesNothingElse() {
    Ended ended = world.set("DRY_RUN", "true").run();

    ended.expectExit(0);
    assertThat(history.rows("select dry_run, complete, newly_listed from runs"))
        .containsExactly("t|t|1");
    assertThat(history.rows("select change_type from row_changes")).containsExactly("newly_listed");
    assertThat(world.database().writes()).isZero();
    assertThat(world.jira().issues()).isEmpty();
  }

  @Test
  void aPartialRunIsMarkedAndEndsNothingElse() {
    world.run().expectExit(0);
    world.dns().unlist("zen.example", IP);

    world.runWith("{\"zones\": \"dead.example\"}").expectExit(0);

    assertThat(history.rows("select partial_run, remark from runs order by id").getLast())
        .isEqualTo("t|partial run: 1 of 2 lists (dead.example), all addresses");
    assertThat(history.rows("select ended_at from listings")).containsExactly("null");
  }

  @Test
  void aRunThatFailsRecordsWhy() {
    world.jira().fail("GET", ".*/myself", FakeJiraFault.status(401).times(9));

    Ended ended = world.run();

    ended.expectExit(1);
    assertThat(history.rows("select outcome, exit_code, message, listed_now from runs"))
        .containsExactly(
            "failed|1|%s|1".formatted(ended.event("fatal_error").getString("error_message")));
    assertThat(history.rows("select count(*) from listings")).containsExactly("1");
  }

  @Test
  void aRunThatIsStoppedRecordsItself() {
    world.set("DNS_TIMEOUT", "60").dns().zone("dead.example").silent();
    int instance = server.process().submitted(Caller.ADMIN);
    Await.until("the run asks", () -> world.dns().questions("dead.example") > 0);
    int execution = server.process().execution(instance).getInt("executionId");

    assertThat(server.process().stop(Caller.ADMIN, execution).status()).isEqualTo(200);
    server.process().awaitEnd(instance);

    assertThat(history.rows("select outcome, exit_code, complete from runs"))
        .containsExactly("stopped|143|f");
  }

  @Test
  void aRunThatIsSkippedRecordsItself() {
    world.set("DNS_TIMEOUT", "60").dns().zone("dead.example").silent();
    StartedRun first = world.start();
    Await.until("the first one asks", () -> world.dns().questions("dead.example") > 0);

    world.run().expectExit(0);

    assertThat(history.rows("select outcome, started_by, rows_read from runs"))
        .containsExactly("skipped|user|0");
    assertThat(first.linesSoFar()).noneMatch(line -> line.contains("history_failed"));
  }

  /** A user who gave wrong parameters finds the run where all others are. */
  @Test
  void aRunThatIsRefusedRecordsWhy() {
    Ended ended = world.runWith("{\"zones\": \"nope.example\"}");

    ended.expectExit(1);
    assertThat(history.rows("select outcome, started_by, message from runs"))
        .containsExactly(
            "failed|user|%s".formatted(ended.event("fatal_error").getString("error_message")));
  }

  @Test
  void aHistoryThatIsDownIsOneWarning() {
    Ended ended =
        world.set("HISTORY_DB_URL", "postgresql://monitor:canary-history@127.0.0.1:1/postal").run();

    assertWarnsAndGoesOn(ended, "cannot connect, or the connection was lost; check host and port");
    assertThat(ended.event("history_failed").getString("target"))
        .isEqualTo("postgresql://127.0.0.1:1/postal");
    assertThat(String.join("\n", ended.lines())).doesNotContain("canary-history");
  }

  @Test
  void aHistoryWithoutTablesIsOneWarning() {
    Ended ended = world.set("HISTORY_DB_SCHEMA", "nothing_there").run();

    assertWarnsAndGoesOn(ended, "run 'dnsbl-monitor migrate'");
  }

  @Test
  void aHistoryOfAnotherDeploymentIsOneWarning() {
    world.run().expectExit(0);

    Ended ended = world.set("DEPLOYMENT_NAME", "other").run();

    assertThat(ended.event("history_failed").getString("error_message"))
        .contains("belongs to the deployment 'postal', not to 'other'");
    assertThat(history.rows("select count(*) from runs")).containsExactly("1");
  }

  /** A server that does not answer costs ten seconds, not the run. */
  @Test
  void aHistoryThatDoesNotAnswerIsOneWarningAfterTenSeconds() {
    try (TcpRelay relay = TcpRelay.to(world.database().port())) {
      world.set(
          "HISTORY_DB_URL",
          history.url().replace(":" + world.database().port(), ":" + relay.port()));
      relay.freeze();

      Ended ended = world.run();

      assertWarnsAndGoesOn(ended, "no answer within 10 s");
      assertThat(ended.took()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(40));
    }
  }

  private void assertWarnsAndGoesOn(Ended ended, String why) {
    ended.expectExit(0);
    assertThat(ended.event("history_failed").getString("error_message")).contains(why);
    assertThat(world.database().row(IP).blockingLists()).isEqualTo("zen.example");
    assertThat(world.jira().issues()).hasSize(1);
    List<String> events = ended.events().stream().map(event -> event.getString("event")).toList();
    assertThat(events.indexOf("history_failed"))
        .as("the final event is the summary")
        .isLessThan(events.indexOf("job_summary"));
    assertThat(history.rows("select count(*) from runs")).containsExactly("0");
  }

  /** Ten seconds for the history are within the thirty that Kubernetes gives. */
  @Test
  void aRunThatIsTerminatedEndsInTimeAlthoughTheHistoryHangs() throws SQLException {
    world.set("DNS_TIMEOUT", "60").dns().zone("dead.example").silent();
    try (Connection other = history.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("update deployment set name = 'postal'");
      MonitorProcess run = world.process();
      Await.until("the run asks", () -> world.dns().questions("dead.example") > 0);

      Ended ended = run.terminated();

      assertThat(ended.event("history_failed").getString("error_message"))
          .contains("no answer within 10 s");
      other.rollback();
    }
  }

  /** A run that is killed while it writes leaves nothing; the next one records what is open. */
  @Test
  void aRunThatIsKilledAtTheWriteLeavesNothingHalfDone() throws SQLException {
    world.run().expectExit(0);
    world.database().insert("203.0.113.8", 80);
    world.dns().lists("zen.example", "203.0.113.8", "127.0.0.2");
    try (Connection other = history.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      // the run writes its row and its listings, and waits for the one that is touched
      statement.execute("update listings set reason = 'held' where address = '%s'".formatted(IP));
      MonitorProcess run = world.process();
      Await.until("the run waits", () -> world.database().waitingForLocks() == 1);
      run.kill();
      other.rollback();
    }
    Await.until(
        "its session is gone",
        () ->
            world
                .database()
                .single(
                    "select count(*) from pg_stat_activity where application_name = 'dnsbl-monitor history'")
                .equals("0"));
    assertThat(history.rows("select count(*) from runs")).containsExactly("1");
    assertThat(history.rows("select address from listings")).containsExactly(IP);

    world.run().expectExit(0);

    assertThat(history.rows("select count(*) from runs")).containsExactly("2");
    assertThat(history.rows("select address from listings where is_open = 1 order by address"))
        .containsExactly(IP, "203.0.113.8");
  }
}
