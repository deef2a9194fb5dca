package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.postal.Restoration.Done;
import dnsblmonitor.postal.Restoration.LockTaken;
import dnsblmonitor.postal.Restoration.NoSuchRows;
import dnsblmonitor.postal.Restoration.Outcome;
import dnsblmonitor.postal.Restoration.Restored;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestDatabase.Row;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R42: rows are taken out of the monitor's hands, with the rights of the monitor. */
interface RestorationContract {

  int FALLBACK = 50;

  /** The same at each call, with the monitor's columns, fresh for each test. */
  TestDatabase database();

  @BeforeEach
  default void insert() {
    insert("203.0.113.1", "80", "null", "null"); // clean
    insert("203.0.113.2", "0", "70", "'bl.example'"); // throttled
    insert("203.0.113.3", "90", "70", "'bl.example'"); // throttled, raised by a person
    insert("203.0.113.4", "0", "null", "'bl.example,zen.example'"); // its old one is not known
    insert("203.0.113.5", "0", "60", "null"); // its lists were emptied by Postal's UI
    insert("203.0.113.6", "null", "60", "'bl.example'"); // Postal counts it as 100
  }

  private void insert(String ipv4, String priority, String oldPriority, String lists) {
    database().insert(ipv4, 80);
    String quote =
        switch (database().settings().kind()) {
          case POSTGRESQL -> "\"";
          case MARIADB -> "`";
        };
    database()
        .execute(
            "update ip_addresses set priority = %1$s, %3$soldPriority%3$s = %2$s, %3$sblockingLists%3$s = %4$s, updated_at = '2026-01-31 10:00:00' where ipv4 = '%5$s'"
                .formatted(priority, oldPriority, quote, lists, ipv4));
  }

  @AfterEach
  default void dropDatabase() {
    database().close();
  }

  private Restoration restoration(String... addresses) {
    SortedSet<Ipv4Address> some = new TreeSet<>(Stream.of(addresses).map(Ipv4Address::of).toList());
    return new Restoration(
        database().settings(),
        FALLBACK,
        some.isEmpty() ? Optional.empty() : Optional.of(some),
        Clock.systemUTC());
  }

  private Row row(int number) {
    return database().row("203.0.113." + number);
  }

  @Test
  default void everyThrottledRowGetsTheLargerOfItsPriorities() {
    Done done = (Done) restoration().run("test");

    assertThat(done.restored()).extracting(Restored::ipv4).hasSize(5).doesNotContain("203.0.113.1");
    assertThat(done.left()).isEmpty();
    assertThat(Stream.of(1, 2, 3, 4, 5, 6).map(number -> row(number).priority()))
        .containsExactly(80, 70, 90, 50, 60, 100);
    assertThat(Stream.of(2, 3, 4, 5, 6))
        .allSatisfy(number -> {
          assertThat(row(number).oldPriority()).isNull();
          assertThat(row(number).blockingLists()).isEmpty();
          assertThat(row(number).lastEvent()).isEqualTo("restored by hand");
        });
    assertThat(
            database()
                .single(
                    "select count(*) from ip_addresses where updated_at = '2026-01-31 10:00:00'"))
        .as("the clean one is not written")
        .isEqualTo("1");

    assertThat(((Done) restoration().run("test")).restored()).as("the second time").isEmpty();
  }

  @Test
  default void ofSomeAddressesTheOthersStayThrottled() {
    Done done = (Done) restoration("203.0.113.1", "203.0.113.2").run("test");

    assertThat(done.restored()).extracting(Restored::ipv4).containsExactly("203.0.113.2");
    assertThat(done.notThrottled()).hasToString("[203.0.113.1]");
    assertThat(row(3).blockingLists()).isEqualTo("bl.example");
  }

  @Test
  default void anAddressInNoRowIsNamedAndNothingIsWritten() {
    Outcome outcome = restoration("203.0.113.2", "198.51.100.7").run("test");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            NoSuchRows.class,
            missing -> assertThat(missing.addresses()).hasToString("[198.51.100.7]"));
    assertThat(row(2).priority()).isZero();
  }

  @Test
  default void aTakenLockIsNamedAndNothingIsWritten() {
    RunLock.Acquired held =
        (RunLock.Acquired) RunLock.tryAcquire(database().settings(), "run-7", () -> {});
    try {
      assertThat(restoration().run("test"))
          .isInstanceOfSatisfying(
              LockTaken.class,
              taken -> assertThat(taken.holder()).contains("dnsbl-monitor", "127.0.0.1"));
      assertThat(((Done) restoration().dryRun("test")).restored()).as("a dry run").hasSize(5);
    } finally {
      held.lock().close();
    }

    assertThat(row(2).priority()).isZero();
  }

  @Test
  default void aDryRunShowsTheSameAndWritesNothing() {
    Done dry = (Done) restoration().dryRun("test");

    assertThat(row(2).priority()).isZero();
    assertThat(dry).isEqualTo(restoration().run("test"));
  }

  @Test
  default void aRowThatSomebodyKeepsLockedIsLeftAndTheOthersAreRestored() throws Exception {
    try (var session = database().connect();
        var statement = session.createStatement()) {
      session.setAutoCommit(false);
      var _ = statement.executeUpdate("update ip_addresses set hostname = 'x' where id = 2");

      Done done = (Done) restoration().run("test");

      assertThat(done.left()).extracting(Restored::ipv4).containsExactly("203.0.113.2");
      assertThat(done.restored()).hasSize(4);
      session.rollback();
    }
    assertThat(row(2).priority()).isZero();
    assertThat(row(3).priority()).isEqualTo(90);
  }

  /** As the UPDATE of a run, it knows no version column (R22). */
  @Test
  default void whatSomebodyWritesMeanwhileIsNotLost() throws Exception {
    try (var session = database().connect();
        var statement = session.createStatement();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      session.setAutoCommit(false);
      var _ = statement.executeUpdate("update ip_addresses set priority = 95 where id = 2");

      Future<Outcome> restored = thread.submit(() -> restoration().run("test"));
      Await.until("the row is waited for", () -> database().waitingForLocks() == 1);
      session.commit();

      assertThat(((Done) restored.get()).restored()).hasSize(5);
    }
    assertThat(row(2).priority()).isEqualTo(95);
    assertThat(row(2).lastEvent()).isEqualTo("restored by hand");
  }
}
