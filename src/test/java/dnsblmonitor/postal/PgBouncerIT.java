package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.CheckingTime;
import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.testing.NeedsPgBouncer;
import dnsblmonitor.testing.PgBouncer;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** R5b: a pooler that breaks the lock is told from one that does not; the real one. */
@NeedsPgBouncer
class PgBouncerIT {

  private final World world = World.with("zen.example");
  private final TestDatabase database = world.database();

  @AfterEach
  void endWorld() {
    world.close();
  }

  @RepeatedTest(3)
  void aPoolerOfTransactionsFailsTheLockAndLeavesNoneBehind() {
    try (PgBouncer pooler = PgBouncer.before(database, "transaction")) {
      assertThat(findings(pooler))
          .filteredOn(Fails.class::isInstance)
          .singleElement()
          .asString()
          .contains(
              "run lock",
              "session locks do not work",
              "pool_mode=transaction",
              "pool_mode=session",
              "DB_HOST");
      assertThat(database.single("select count(*) from pg_locks where locktype = 'advisory'"))
          .isEqualTo("0");
    }
  }

  @Test
  void aPoolerOfSessionsHoldsTheLock() {
    try (PgBouncer pooler = PgBouncer.before(database, "session")) {
      assertThat(findings(pooler)).hasSize(5).hasOnlyElementsOfType(Holds.class);
    }
  }

  @Test
  void aRunWorksThroughAPoolerOfSessions() {
    database.insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    try (PgBouncer pooler = PgBouncer.before(database, "session")) {
      world.set("DB_URL", pooler.url()).run().expectExit(0);
    }

    assertThat(database.row("203.0.113.7").blockingLists()).isEqualTo("zen.example");
  }

  /** R36: it has no session state. */
  @Test
  void aHistoryIsWrittenThroughAPoolerOfTransactions() {
    database.insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    try (TestHistory history = TestHistory.create(database);
        PgBouncer pooler = PgBouncer.before(database, "transaction")) {
      world.set("HISTORY_DB_URL", pooler.url());

      world.run().expectExit(0);
      world.run().expectExit(0);

      assertThat(history.rows("select outcome from runs"))
          .containsExactly("succeeded", "succeeded");
      assertThat(history.rows("select address from listings where is_open = 1"))
          .containsExactly("203.0.113.7");
    }
  }

  private static List<Finding> findings(PgBouncer pooler) {
    return new DatabaseCheck(
            pooler.settings(),
            ZoneList.parse("zen.example"),
            false,
            false,
            new CheckingTime(Duration.ofMinutes(14), 0))
        .findings();
  }
}
