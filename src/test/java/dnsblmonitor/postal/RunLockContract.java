package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.RunLock.Acquired;
import dnsblmonitor.postal.RunLock.Taken;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.Dropping;
import dnsblmonitor.testing.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R5, R8, and what a database that cannot be used is told as; the same on each kind (R9). */
interface RunLockContract {

  /** The same at each call, fresh for each test. */
  TestDatabase database();

  /** A fresh one on the same server as Postal left it. */
  TestDatabase withoutColumns();

  /** The settings of somebody whose table is not this one, though on the same server. */
  DatabaseSettings neighbour();

  /** What is told of the holder: its run where the server tells that. */
  String holder(String runId);

  /** The address from which the server sees the sessions of these tests come. */
  default String client() {
    return "127.0.0.1";
  }

  @AfterEach
  default void dropDatabase() {
    database().close();
  }

  @Test
  default void aSecondRunIsToldWhoHoldsTheLockAndSinceWhen() {
    try (RunLock first = acquired("run-1")) {
      var second = RunLock.tryAcquire(settings(), "run-2", RunLockContract::notAsked);

      assertThat(first).isNotNull();
      assertThat(second)
          .isInstanceOfSatisfying(
              Taken.class,
              taken -> {
                assertThat(taken.holder()).startsWith(holder("run-1")).contains(client());
                assertThat(taken.age().orElseThrow())
                    .isBetween(Duration.ZERO, Duration.ofSeconds(30));
              });
    }
  }

  @Test
  default void theLockIsFreeWhenItsHolderIsDone() {
    acquired("run-1").close();

    acquired("run-2").close();
  }

  @Test
  default void theLockDiesWithTheSessionOfItsHolder() {
    RunLock lost = acquired("run-1");
    assertThat(lost.isHeld()).isTrue();
    database().endSessionsOfTheMonitor();
    assertThat(lost.isHeld()).isFalse();

    acquired("run-2").close();
    lost.close();
  }

  @Test
  default void missingColumnsAreNamedTogetherWithTheCommandThatAddsThem() {
    try (TestDatabase bare = withoutColumns()) {
      assertThatThrownBy(
              () -> RunLock.tryAcquire(bare.settings(), "run", RunLockContract::notAsked))
          .isInstanceOfSatisfying(
              DatabaseException.class,
              e -> assertThat(e.fault()).isEqualTo(DatabaseException.Fault.SCHEMA))
          .hasMessageContaining("oldPriority, blockingLists, lastEvent")
          .hasMessageContaining("dnsbl-monitor migrate");
    }
  }

  @Test
  default void aMissingTableIsNamedWithItsSchema() {
    database().execute("drop table ip_addresses");

    assertThatThrownBy(() -> RunLock.tryAcquire(settings(), "run", RunLockContract::notAsked))
        .hasMessageContaining(settings().schema() + ".ip_addresses")
        .hasMessageContaining("DB_SCHEMA");
  }

  @Test
  default void aWrongPasswordIsALoginThatIsRefusedAndIsNotShown() {
    DatabaseSettings wrong = reaching(settings(), settings().jdbcUrl(), new Secret("not-it"));

    assertThatThrownBy(() -> RunLock.tryAcquire(wrong, "run", RunLockContract::notAsked))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.fault()).isEqualTo(DatabaseException.Fault.UNREACHABLE))
        .hasMessageContaining("login was refused")
        .hasMessageNotContaining("not-it");
  }

  @Test
  default void aServerThatIsNotThereIsSaidToBeUnreachable() {
    DatabaseSettings nowhere =
        reaching(
            settings(),
            settings().jdbcUrl().replaceFirst("127.0.0.1:\\d+", "127.0.0.1:1"),
            new Secret("x"));

    assertThatThrownBy(() -> RunLock.tryAcquire(nowhere, "run", RunLockContract::notAsked))
        .hasMessageContaining("cannot connect, or the connection was lost")
        .hasMessageContaining("DB_HOST");
  }

  @Test
  default void aServerWithoutTheTlsThatIsDemandedIsSaidToLackTls() {
    String demanded =
        settings().kind() == DatabaseKind.MARIADB ? "sslMode=trust" : "sslmode=require";
    String url = settings().jdbcUrl() + (settings().jdbcUrl().contains("?") ? "&" : "?") + demanded;

    assertThatThrownBy(
            () -> RunLock.checkSchema(reaching(settings(), url, settings().password()), "run"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("DB_URL requires TLS, which this server does not support")
        .hasMessageNotContaining("DB_HOST");
  }

  /** As behind a NetworkPolicy: nobody answers the attempt, and nobody refuses it. */
  @Test
  default void anAttemptThatIsDroppedIsToldFromOneThatIsRefused() throws IOException {
    try (Dropping server = Dropping.onLoopback()) {
      String url =
          settings().jdbcUrl().replaceFirst("127.0.0.1:\\d+", "127.0.0.1:" + server.port())
              + (settings().jdbcUrl().contains("?") ? "&" : "?")
              + (settings().kind() == DatabaseKind.MARIADB
                  ? "connectTimeout=500"
                  : "connectTimeout=1");

      assertThatThrownBy(
              () -> RunLock.checkSchema(reaching(settings(), url, settings().password()), "run"))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("the connection attempt timed out")
          .hasMessageContaining("NetworkPolicy");
    }
  }

  @Test
  default void aDatabaseThatIsNotThereIsNamedByItsVariable() {
    String url = settings().jdbcUrl().replace(database().name(), "nowhere");

    assertThatThrownBy(
            () -> RunLock.checkSchema(reaching(settings(), url, settings().password()), "run"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("DB_NAME");
  }

  @Test
  default void theServersAddressMayBeOneOfIpv6() {
    String url = settings().jdbcUrl().replace("127.0.0.1", "[::ffff:127.0.0.1]");

    RunLock.checkSchema(reaching(settings(), url, settings().password()), "run");
  }

  @Test
  default void anotherPostalOnTheSameServerHasALockOfItsOwn() {
    try (RunLock first = acquired("run-1")) {
      assertThat(first).isNotNull();
      assertThat(RunLock.tryAcquire(neighbour(), "run-2", RunLockContract::notAsked))
          .isInstanceOfSatisfying(Acquired.class, second -> second.lock().close());
    }
  }

  @Test
  default void aLockThatIsLostIsNoticedWithinSeconds() {
    AtomicBoolean lost = new AtomicBoolean();
    var attempt = RunLock.tryAcquire(settings(), "run", () -> lost.set(true));

    database().endSessionsOfTheMonitor();

    Await.until("the loss is noticed", lost::get);
    assertThat(attempt).isInstanceOfSatisfying(Acquired.class, acquired -> acquired.lock().close());
  }

  private DatabaseSettings settings() {
    return database().settings();
  }

  private static DatabaseSettings reaching(DatabaseSettings like, String url, Secret password) {
    return new DatabaseSettings(like.kind(), url, like.user(), password, like.schema());
  }

  /** Whether a loss is noticed is the last test's. */
  private static void notAsked() {}

  private RunLock acquired(String runId) {
    return RunLock.tryAcquire(settings(), runId, RunLockContract::notAsked)
            instanceof Acquired(RunLock lock)
        ? lock
        : org.assertj.core.api.Assertions.fail("the lock is taken");
  }
}
