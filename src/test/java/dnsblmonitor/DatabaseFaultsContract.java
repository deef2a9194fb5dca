package dnsblmonitor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TcpRelay;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestDatabase.Row;
import dnsblmonitor.testing.Uncommitted;
import dnsblmonitor.testing.World;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R4, R5, R22: the database fails, hangs or refuses while the distribution runs; on each kind. */
@ExtendWith(SharedServerExtension.class)
interface DatabaseFaultsContract {

  /** The job's item count. */
  int CHUNK = 1000;

  /** The same at each call, fresh for each test. */
  World world();

  @AfterEach
  default void endWorld() {
    world().close();
  }

  private TestDatabase database() {
    return world().database();
  }

  /** Some rows of the second chunk are written when the server goes; each is whole (R22). */
  @Test
  default void aConnectionThatBreaksOffInMidChunkEndsTheRunAndWrittenRowsStand()
      throws IOException {
    int rows = CHUNK + 50;
    int written = CHUNK + 19;
    allListed(rows);
    sleepAtRow(written + 1);
    try (TcpRelay relay = TcpRelay.to(database().port())) {
      MonitorProcess run = startThrough(relay);
      Await.until("the second chunk is half written", this::isAsleep);

      relay.cutAllButFirst(); // that of the run lock, which would be missed within ten seconds
      Ended ended = run.awaitEnd();

      ended.expectExit(1);
      assertThat(ended.event("fatal_error").getString("error_type"))
          .isEqualTo("DatabaseUnreachable");
      assertThat(ended.event("fatal_error").getString("error_message"))
          .contains("the connection was lost", "DB_HOST");
    }
    database().endSessionsOfTheMonitor();
    Await.until("the session is gone", () -> !isAsleep());
    assertThat(database().rows())
        .extracting(Row::priority)
        .containsExactlyElementsOf(
            IntStream.range(0, rows).mapToObj(i -> i < written ? 0 : 80).toList());
    assertThat(world().jira().writes()).isZero();
  }

  /** Lets the update of that row take its time. */
  private void sleepAtRow(int id) {
    switch (database().settings().kind()) {
      case POSTGRESQL ->
          database()
              .execute(
                  """
                  create function take_time() returns trigger language plpgsql as
                    'begin perform pg_sleep(15); return new; end';
                  create trigger take_time before update on ip_addresses
                    for each row when (new.id = %d) execute function take_time()
                  """
                      .formatted(id));
      case MARIADB ->
          database()
              .execute(
                  """
                  create trigger take_time before update on ip_addresses for each row
                    if new.id = %d then do sleep(15); end if
                  """
                      .formatted(id));
    }
  }

  private boolean isAsleep() {
    String sleeping =
        switch (database().settings().kind()) {
          case POSTGRESQL -> "select count(*) from pg_stat_activity where wait_event = 'PgSleep'";
          case MARIADB ->
              "select count(*) from information_schema.processlist where state = 'User sleep'";
        };
    return !database().single(sleeping).equals("0");
  }

  @Test
  default void aServerThatGoesSilentEndsTheRunWithinAMinuteOrTwo() {
    allListed(3);
    try (TcpRelay relay = TcpRelay.to(database().port());
        var _ =
            Uncommitted.update(
                database(), "update ip_addresses set priority = priority where id = 2")) {
      MonitorProcess run = startThrough(relay);
      Await.until("the batch waits", () -> database().waitingForLocks() == 1);

      relay.freeze();
      Ended ended = run.awaitEnd();

      ended.expectExit(1);
      assertThat(ended.event("fatal_error").getString("error_type"))
          .isIn("LockLost", "DatabaseUnreachable");
    }
  }

  @Test
  default void aRowThatSomebodyKeepsLockedIsReportedAndLeftToTheNextRun() {
    allListed(3);
    try (Uncommitted somebody =
        Uncommitted.update(database(), "update ip_addresses set priority = 30 where id = 2")) {

      Ended ended = world().run();

      ended.expectExit(0);
      assertThat(ended.events("row_conflict"))
          .extracting(event -> event.getInt("id"))
          .containsExactly(2);
      assertThat(ended.event("job_summary").getInt("conflicts")).isEqualTo(1);
      somebody.commit();
    }
    assertThat(database().rows()).extracting(Row::priority).containsExactly(0, 30, 0);

    world().run().expectExit(0);

    assertThat(database().rows()).extracting(Row::oldPriority).containsExactly(80, 30, 80);
  }

  /** R4: what waits for somebody's lock stops in time, as what waits for a list or for Jira. */
  @Test
  default void aStopDoesNotWaitForTheLockOfSomebodyElse() {
    allListed(3);
    try (var _ = Uncommitted.update(database(), "update ip_addresses set priority = 30")) {
      MonitorProcess run = world().process();
      Await.until("a row waits", () -> database().waitingForLocks() == 1);

      run.terminate();
      Ended ended = run.awaitEnd();

      ended.expectExit(143);
      assertThat(ended.event("job_summary").getInt("listed")).isZero();
    }
    assertThat(database().rows()).extracting(Row::priority).containsOnly(80);
  }

  @Test
  default void aReplicaIsRefusedBeforeAnythingIsLookedUp() {
    allListed(3);
    database().makeReadOnly();

    Ended ended = world().run();

    ended.expectExit(1);
    assertThat(ended.event("fatal_error").getString("error_message"))
        .contains("read-only", "primary");
    assertThat(world().dns().questions()).isEmpty();
    assertThat(database().writes()).isZero();
  }

  @Test
  default void aDryRunMayReadAReplica() {
    allListed(3);
    database().makeReadOnly();

    Ended ended = world().set("DRY_RUN", "true").run();

    ended.expectExit(0);
    assertThat(ended.events("would_update_row")).hasSize(3);
  }

  private MonitorProcess startThrough(TcpRelay relay) {
    String url = database().url().replace(":" + database().port() + "/", ":" + relay.port() + "/");
    return world().set("DB_URL", url).process();
  }

  /** Rows that one zone lists, clean so far. */
  default void allListed(int rows) {
    world().set("ZONE_PROBE", "false").set("MASS_LISTING_LIMIT", "100");
    world().dns().zone("zen.example").answers("127.0.0.2");
    database()
        .execute(
            IntStream.range(0, rows)
                .mapToObj(i -> "('198.51.%d.%d', 80)".formatted(100 + i / 250, i % 250))
                .collect(joining(", ", "insert into ip_addresses (ipv4, priority) values ", "")));
  }
}
