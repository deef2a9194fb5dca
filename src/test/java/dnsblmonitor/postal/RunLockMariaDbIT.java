package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.postal.RunLock.Acquired;
import dnsblmonitor.postal.RunLock.Taken;
import dnsblmonitor.testing.MariaDbServer;
import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestMariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract on a real MariaDB as Debian configures it: without a performance schema. */
@NeedsMariaDb
class RunLockMariaDbIT implements RunLockContract {

  private final TestDatabase database = TestMariaDb.create();
  private final TestDatabase neighbour = TestMariaDb.create();

  @AfterEach
  void dropNeighbour() {
    neighbour.close();
  }

  @Test
  void aPerformanceSchemaTellsWhichRunHoldsTheLock() {
    try (MariaDbServer server = MariaDbServer.start("--performance-schema=ON");
        TestDatabase other = TestMariaDb.create(server)) {
      var first = RunLock.tryAcquire(other.settings(), "run-1", () -> {});
      var second = RunLock.tryAcquire(other.settings(), "run-2", () -> {});

      assertThat(second)
          .isInstanceOfSatisfying(
              Taken.class,
              taken -> assertThat(taken.holder()).startsWith("dnsbl-monitor run-1 (from "));
      assertThat(first).isInstanceOfSatisfying(Acquired.class, acquired -> acquired.lock().close());
    }
  }

  /** R5: a run that should have ended long ago is named with its age. */
  @Test
  void theAgeIsThatOfTheLockUpToADay() throws SQLException {
    NamedLock lock = new NamedLock();
    try (Connection holder = DatabaseSession.open(database.settings(), "first");
        Connection other = DatabaseSession.open(database.settings(), "second");
        Statement statement = holder.createStatement()) {
      assertThat(lock.take(holder)).isTrue();
      assertThat(lock.holder(other).orElseThrow().age().orElseThrow())
          .isBetween(Duration.ZERO, Duration.ofSeconds(30));

      statement.execute("do release_all_locks()");
      String name = "concat('dnsbl-monitor.', sha1(database()))";
      statement.execute("do get_lock(%s, 0)".formatted(name));
      assertThat(lock.holder(other).orElseThrow().age()).contains(Duration.ofHours(25));

      statement.execute(
          "do get_lock(concat(%s, '.', unix_timestamp() - 80000), 0)".formatted(name));
      assertThat(lock.holder(other).orElseThrow().age().orElseThrow())
          .isBetween(Duration.ofSeconds(80_000), Duration.ofSeconds(80_030));
    }
  }

  @Override
  public TestDatabase database() {
    return database;
  }

  @Override
  public TestDatabase withoutColumns() {
    return TestMariaDb.withoutColumns();
  }

  @Override
  public DatabaseSettings neighbour() {
    return neighbour.settings();
  }

  @Override
  public String holder(String runId) {
    return "dnsbl-monitor";
  }
}
