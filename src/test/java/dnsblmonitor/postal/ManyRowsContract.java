package dnsblmonitor.postal;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowOutcome.Conflict;
import dnsblmonitor.domain.RowOutcome.Updated;
import dnsblmonitor.domain.RowOutcome.Vanished;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.Verdict;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestDatabase.Row;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R22: the changed rows of a chunk, written together beside other sessions; on each kind (R9). */
interface ManyRowsContract {

  TransitionRules RULES = new TransitionRules(0, 50);
  Zone ZONE = ZoneList.parse("zen.example").getFirst();
  String LISTED_NOW = "new block from list(s) zen.example";

  /** The same at each call, fresh for each test. */
  PostalTable postal();

  @AfterEach
  default void dropDatabase() {
    postal().close();
  }

  private TestDatabase database() {
    return postal().database();
  }

  @Test
  default void aThousandRowsAreReadOnceAndWrittenInOneTransaction() {
    insert(1000);
    Counted counted = new Counted(postal().transactions());

    SortedMap<Long, RowOutcome> outcomes = changes(counted).apply(checks(1000));

    assertThat(outcomes).hasSize(1000);
    assertThat(outcomes.values()).hasOnlyElementsOfType(Updated.class);
    assertThat(counted.transactions()).hasValue(1);
    assertThat(database().writes()).isEqualTo(1000);
    assertThat(database().rows())
        .allSatisfy(row ->
            assertThat(row)
                .isEqualTo(new Row(row.id(), row.ipv4(), 0, 80, "zen.example", LISTED_NOW)));
  }

  @Test
  default void nothingToApplyOpensNoTransaction() {
    Counted counted = new Counted(postal().transactions());

    assertThat(changes(counted).apply(List.of())).isEmpty();
    assertThat(counted.transactions()).hasValue(0);
  }

  @Test
  default void aRowOfNullsIsWrittenWithTheOthers() {
    insert(3);
    database()
        .execute(
            "update ip_addresses set priority = null, hostname = null, ip_pool_id = null,"
                + " ipv6 = null, updated_at = null where id = 2");
    Counted counted = new Counted(postal().transactions());

    changes(counted).apply(checks(3));

    assertThat(counted.transactions()).hasValue(1);
    assertThat(database().rows()).extracting(Row::oldPriority).containsExactly(80, 100, 80);
  }

  @Test
  default void aRowThatWasEditedIsDecidedAgainAloneAndTheOthersStand() {
    insert(5);
    AtomicInteger reads = new AtomicInteger();
    Transactions edited =
        afterRead(() -> {
          if (reads.incrementAndGet() == 1) {
            database().execute("update ip_addresses set priority = 30 where id = 3");
            database().execute("delete from ip_addresses where id = 4");
          }
        });

    SortedMap<Long, RowOutcome> outcomes = changes(edited).apply(checks(5));

    assertThat(outcomes.get(4L)).isInstanceOf(Vanished.class);
    assertThat(database().rows()).extracting(Row::oldPriority).containsExactly(80, 80, 30, 80);
    assertThat(database().rows()).extracting(Row::priority).containsOnly(0);
    assertThat(reads).as("together, then the third alone").hasValue(2);
  }

  @Test
  default void aRowThatSomebodyKeepsLockedIsLeftAndTheOthersAreWritten() throws SQLException {
    insert(5);
    SortedMap<Long, RowOutcome> outcomes;
    try (Connection somebody = database().connect();
        Statement statement = somebody.createStatement()) {
      somebody.setAutoCommit(false);
      statement.execute("update ip_addresses set priority = 30 where id = 3");

      outcomes = changes(postal().transactions()).apply(checks(5));

      somebody.commit();
    }

    assertThat(outcomes.get(3L)).isInstanceOf(Conflict.class);
    assertThat(database().rows()).extracting(Row::priority).containsExactly(0, 0, 30, 0, 0);
    assertThat(database().rows())
        .extracting(Row::oldPriority)
        .containsExactly(80, 80, null, 80, 80);
  }

  /** The other session has the second row and wants the first; ours the other way round. */
  @Test
  default void aDeadlockIsTriedAgainAndKeepsWhatTheOtherSessionWrote() throws Exception {
    insert(2);
    SortedMap<Long, RowOutcome> outcomes;
    try (Connection somebody = database().connect();
        Statement statement = somebody.createStatement()) {
      somebody.setAutoCommit(false);
      winDeadlocks(statement);
      statement.execute("update ip_addresses set priority = 30 where id = 2");
      CompletableFuture<SortedMap<Long, RowOutcome>> ours =
          CompletableFuture.supplyAsync(
              () -> changes(postal().transactions(), Duration.ofSeconds(20)).apply(checks(2)));
      Await.until("ours waits", () -> database().waitingForLocks() == 1);

      statement.execute("update ip_addresses set priority = 30 where id = 1");
      somebody.commit();
      outcomes = ours.get();
    }

    assertThat(outcomes.values()).hasOnlyElementsOfType(Updated.class);
    assertThat(database().rows()).extracting(Row::oldPriority).containsExactly(30, 30);
    assertThat(database().rows()).extracting(Row::priority).containsExactly(0, 0);
  }

  @Test
  default void aRefusedWriteLeavesAllRowsAsTheyWere() {
    insert(3);
    database().execute("revoke update on ip_addresses from monitor");

    assertThatThrownBy(() -> changes(postal().transactions()).apply(checks(3)))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.fault()).isEqualTo(DatabaseException.Fault.SCHEMA))
        .hasMessageContaining("UPDATE");
    assertThat(database().writes()).isZero();
  }

  /** R5c: never a truncation, and nothing of the chunk is written. */
  @Test
  default void aValueThatDoesNotFitItsColumnIsAnErrorBeforeAnythingIsWritten() {
    insert(3);
    database().execute("alter table ip_addresses drop \"lastEvent\"");
    database()
        .execute("alter table ip_addresses add \"lastEvent\" varchar(20) not null default ''");
    database().migrate();

    assertThatThrownBy(() -> changes(postal().transactions()).apply(checks(3)))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.fault()).isEqualTo(DatabaseException.Fault.SCHEMA))
        .hasMessageContaining("row 1")
        .hasMessageContaining("lastEvent takes 20 characters, not 34");
    assertThat(database().writes()).isZero();
  }

  /** Lets the server choose another session where this one is part of a deadlock. */
  private void winDeadlocks(Statement session) throws SQLException {
    switch (database().settings().kind()) {
      // the session that looks for the deadlock ends itself; this one never looks
      case POSTGRESQL -> session.execute("set deadlock_timeout = '10min'");
      // the transaction that has changed the fewest rows is ended
      case MARIADB -> {
        session.execute("create temporary table weight (n int) engine=innodb");
        session.execute("insert into weight select seq from seq_1_to_1000");
      }
    }
  }

  private void insert(int rows) {
    database()
        .execute(
            IntStream.range(0, rows)
                .mapToObj(i -> "('%s', 'mx.example.com', 80)".formatted(address(i)))
                .collect(
                    joining(
                        ", ", "insert into ip_addresses (ipv4, hostname, priority) values ", "")));
  }

  private static String address(int i) {
    return "198.51.%d.%d".formatted(100 + i / 250, i % 250);
  }

  /** All of {@code rows} were clean and are listed now. */
  private static List<IpCheck> checks(int rows) {
    Listed listed =
        new Listed(new TreeSet<>(List.of(Ipv4Address.of("127.0.0.2"))), 1, Optional.empty());
    Verdict verdict = new Verdict(new TreeMap<>(Map.of(ZONE, listed)), 1);
    return IntStream.range(0, rows)
        .mapToObj(i ->
            new MonitoredIp(
                i + 1,
                Ipv4Address.of(address(i)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new RowValues(80, null, null, null)))
        .map(ip -> new IpCheck(ip, List.of(), verdict))
        .toList();
  }

  private RowChanges changes(Transactions transactions) {
    return changes(transactions, Duration.ofSeconds(1));
  }

  private RowChanges changes(Transactions transactions, Duration lockWait) {
    return new RowChanges(
        transactions,
        new ConditionalUpdate(TableName.of(database().settings()), lockWait),
        new RowMapping(false),
        Clock.fixed(PostalTable.NOW, ZoneOffset.UTC),
        RULES,
        true);
  }

  /** Does {@code edit} when a transaction has read all rows, before anything is decided. */
  private Transactions afterRead(Runnable edit) {
    return new Transactions() {
      @Override
      public <T> T inNew(Function<EntityManager, T> work) {
        return postal()
            .transactions()
            .inNew(em -> {
              em.createQuery("select r from IpAddressRow r", IpAddressRow.class).getResultList();
              edit.run();
              return work.apply(em);
            });
      }
    };
  }

  /** Counts what it passes on. */
  record Counted(Transactions counted, AtomicInteger transactions) implements Transactions {
    Counted(Transactions counted) {
      this(counted, new AtomicInteger());
    }

    @Override
    public <T> T inNew(Function<EntityManager, T> work) {
      transactions.incrementAndGet();
      return counted.inNew(work);
    }
  }
}
