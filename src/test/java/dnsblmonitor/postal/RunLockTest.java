package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.RunLock.Acquired;
import dnsblmonitor.postal.RunLock.Taken;
import dnsblmonitor.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R5, R8, and what a database that cannot be used is told as. */
class RunLockTest {

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void aSecondRunIsToldWhoHoldsTheLockAndSinceWhen() {
    try (RunLock first = acquired("run-1")) {
      var second = RunLock.tryAcquire(database.settings(), "run-2", RunLockTest::notLost);

      assertThat(first).isNotNull();
      assertThat(second)
          .isInstanceOfSatisfying(
              Taken.class,
              taken -> {
                assertThat(taken.holder()).contains("dnsbl-monitor run-1");
                assertThat(taken.age()).isPresent();
              });
    }
  }

  @Test
  void theLockIsFreeWhenItsHolderIsDone() {
    acquired("run-1").close();

    acquired("run-2").close();
  }

  @Test
  void theLockDiesWithTheSessionOfItsHolder() {
    RunLock lost = acquired("run-1");
    database.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'monitor'");

    acquired("run-2").close();
    lost.close();
  }

  @Test
  void missingColumnsAreNamedTogetherWithTheCommandThatAddsThem() {
    try (TestDatabase bare = TestDatabase.withoutColumns()) {
      assertThatThrownBy(() -> RunLock.tryAcquire(bare.settings(), "run", RunLockTest::notLost))
          .isInstanceOfSatisfying(
              DatabaseException.class,
              e -> assertThat(e.fault()).isEqualTo(DatabaseException.Fault.SCHEMA))
          .hasMessageContaining("oldPriority, blockingLists, lastEvent")
          .hasMessageContaining("dnsbl-monitor migrate");
    }
  }

  @Test
  void aMissingTableIsNamedWithItsSchema() {
    database.execute("drop table postal.ip_addresses");

    assertThatThrownBy(() -> RunLock.tryAcquire(database.settings(), "run", RunLockTest::notLost))
        .hasMessageContaining("postal.ip_addresses")
        .hasMessageContaining("DB_SCHEMA");
  }

  @Test
  void aWrongPasswordIsALoginThatIsRefusedAndIsNotShown() {
    DatabaseSettings wrong =
        new DatabaseSettings(
            database.settings().jdbcUrl(), TestDatabase.USER, new Secret("not-it"), "postal");

    assertThatThrownBy(() -> RunLock.tryAcquire(wrong, "run", RunLockTest::notLost))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.fault()).isEqualTo(DatabaseException.Fault.UNREACHABLE))
        .hasMessageContaining("login is refused")
        .hasMessageNotContaining("not-it");
  }

  @Test
  void aServerThatIsNotThereIsSaidToBeUnreachable() {
    DatabaseSettings nowhere =
        new DatabaseSettings(
            "jdbc:postgresql://127.0.0.1:1/postal", TestDatabase.USER, new Secret("x"), "postal");

    assertThatThrownBy(() -> RunLock.tryAcquire(nowhere, "run", RunLockTest::notLost))
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining("DB_HOST");
  }

  @Test
  void anotherSchemaOfTheSameDatabaseHasALockOfItsOwn() {
    database.execute(
        "create schema other; create table other.ip_addresses (like postal.ip_addresses);"
            + " grant usage on schema other to monitor;"
            + " grant select on other.ip_addresses to monitor");
    DatabaseSettings other =
        new DatabaseSettings(
            database.settings().jdbcUrl(),
            TestDatabase.USER,
            database.settings().password(),
            "other");

    try (RunLock first = acquired("run-1")) {
      assertThat(first).isNotNull();
      assertThat(RunLock.tryAcquire(other, "run-2", RunLockTest::notLost))
          .isInstanceOfSatisfying(Acquired.class, second -> second.lock().close());
    }
  }

  private static void notLost() {
    throw new AssertionError("the lock was lost");
  }

  private RunLock acquired(String runId) {
    return RunLock.tryAcquire(database.settings(), runId, RunLockTest::notLost)
            instanceof Acquired(RunLock lock)
        ? lock
        : org.assertj.core.api.Assertions.fail("the lock is taken");
  }
}
