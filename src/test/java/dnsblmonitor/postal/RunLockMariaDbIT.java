package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.postal.RunLock.Acquired;
import dnsblmonitor.postal.RunLock.Taken;
import dnsblmonitor.testing.MariaDbServer;
import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestMariaDb;
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
