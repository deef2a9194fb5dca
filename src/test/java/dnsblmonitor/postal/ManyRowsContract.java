package dnsblmonitor.postal;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowOutcome.Conflict;
import dnsblmonitor.domain.RowOutcome.TooNarrow;
import dnsblmonitor.domain.RowOutcome.Unwritable;
import dnsblmonitor.domain.RowOutcome.Updated;
import dnsblmonitor.domain.RowOutcome.Vanished;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.Verdict;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.testing.TestDatabase.Row;
import dnsblmonitor.testing.Uncommitted;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** R22: the changed rows of a chunk, written beside other sessions; on each kind (R9). */
interface ManyRowsContract extends OnPostalTable {

  TransitionRules RULES = new TransitionRules(0, 50, Duration.ZERO);
  Zone ZONE = ZoneList.parse("zen.example").getFirst();
  String LISTED_NOW = "new block from list(s) zen.example";

  @Test
  default void aThousandRowsAreWrittenEachInOneTransaction() {
    insert(1000);
    Counted counted = new Counted(postal().transactions());

    SortedMap<Long, RowOutcome> outcomes = applied(counted, checks(1000));

    assertThat(outcomes).hasSize(1000);
    assertThat(outcomes.values()).hasOnlyElementsOfType(Updated.class);
    assertThat(counted.transactions()).hasValue(1000);
    assertThat(database().writes()).isEqualTo(1000);
    assertThat(database().rows())
        .allSatisfy(row ->
            assertThat(row)
                .isEqualTo(new Row(row.id(), row.ipv4(), 0, 80, "zen.example", LISTED_NOW)));
  }

  @Test
  default void nothingToApplyOpensNoTransaction() {
    Counted counted = new Counted(postal().transactions());

    assertThat(applied(counted, List.of())).isEmpty();
    assertThat(counted.transactions()).hasValue(0);
  }

  @Test
  default void aRowOfNullsIsWritten() {
    insert(3);
    database()
        .execute(
            "update ip_addresses set priority = null, hostname = null, ip_pool_id = null,"
                + " ipv6 = null, updated_at = null where id = 2");
    Counted counted = new Counted(postal().transactions());

    applied(counted, checks(3));

    assertThat(counted.transactions()).hasValue(3);
    assertThat(database().rows()).extracting(Row::oldPriority).containsExactly(80, 100, 80);
  }

  @Test
  default void aRowThatWasEditedIsDecidedAgainAndTheOthersStand() {
    insert(5);
    AtomicInteger reads = new AtomicInteger();
    Transactions edited =
        afterRead(() -> {
          if (reads.incrementAndGet() == 3) {
            database().execute("update ip_addresses set priority = 30 where id = 3");
            database().execute("delete from ip_addresses where id = 4");
          }
        });

    SortedMap<Long, RowOutcome> outcomes = applied(edited, checks(5));

    assertThat(outcomes.get(4L)).isInstanceOf(Vanished.class);
    assertThat(database().rows()).extracting(Row::oldPriority).containsExactly(80, 80, 30, 80);
    assertThat(database().rows()).extracting(Row::priority).containsOnly(0);
    assertThat(reads).as("each once, then the third again").hasValue(6);
  }

  @Test
  default void aRowThatSomebodyKeepsLockedIsLeftAndTheOthersAreWritten() {
    insert(5);
    SortedMap<Long, RowOutcome> outcomes;
    try (Uncommitted somebody =
        Uncommitted.update(database(), "update ip_addresses set priority = 30 where id = 3")) {

      outcomes = applied(postal().transactions(), checks(5));

      somebody.commit();
    }

    assertThat(outcomes.get(3L)).isInstanceOf(Conflict.class);
    assertThat(database().rows()).extracting(Row::priority).containsExactly(0, 0, 30, 0, 0);
    assertThat(database().rows())
        .extracting(Row::oldPriority)
        .containsExactly(80, 80, null, 80, 80);
  }

  /** The first attempt waits for nobody, so the others wait for nobody either. */
  @Test
  default void aLockedRowAmongAThousandTurnsNoOtherIntoAConflict() {
    insert(1000);
    SortedMap<Long, RowOutcome> outcomes;
    try (Uncommitted somebody =
        Uncommitted.update(database(), "update ip_addresses set priority = 30 where id = 500")) {

      outcomes = applied(postal().transactions(), checks(1000));

      somebody.commit();
    }

    assertThat(outcomes.get(500L)).isInstanceOf(Conflict.class);
    assertThat(outcomes.values()).filteredOn(Conflict.class::isInstance).hasSize(1);
    assertThat(database().rows())
        .filteredOn(row -> Integer.valueOf(0).equals(row.priority()))
        .hasSize(999);
  }

  /** Some thousand waits in turn would be an hour. */
  @Test
  default void aTableThatSomebodyKeepsLockedIsLeftSoon() {
    insert(1000);
    SortedMap<Long, RowOutcome> outcomes;
    try (Uncommitted somebody =
        Uncommitted.update(database(), "update ip_addresses set priority = 30")) {

      outcomes = applied(postal().transactions(), checks(1000));

      somebody.commit();
    }

    assertThat(outcomes).hasSize(1000);
    assertThat(outcomes.values()).hasOnlyElementsOfType(Conflict.class);
    assertThat(database().rows()).extracting(Row::priority).containsOnly(30);
  }

  /** R4: it is asked before each attempt, and what was not tried is not told of. */
  @Test
  default void aStopLeavesTheRowsThatWereNotReached() {
    insert(3);
    AtomicInteger asked = new AtomicInteger();
    try (var _ = Uncommitted.update(database(), "update ip_addresses set priority = 30")) {

      SortedMap<Long, RowOutcome> outcomes =
          applied(
              postal().transactions(),
              checks(3),
              new RecordedOutcomes(new TreeMap<>(), () -> asked.incrementAndGet() == 1));

      assertThat(outcomes).isEmpty();
    }
    assertThat(database().writes()).isZero();
  }

  /** A deadlock says the same. */
  @Test
  default void aSerializationFailureIsTriedAgain() {
    insert(5);
    failOnce();

    SortedMap<Long, RowOutcome> outcomes = applied(postal().transactions(), checks(5));

    assertThat(outcomes).hasSize(5);
    assertThat(outcomes.values()).hasOnlyElementsOfType(Updated.class);
    assertThat(Integer.parseInt(database().single("select nextval(%s)".formatted(attempts()))))
        .as("updates tried, and this one")
        .isEqualTo(7);
  }

  /** The first update of a row fails as one that PostgreSQL or MariaDB could not serialize. */
  private void failOnce() {
    database().execute("create sequence attempts");
    switch (database().settings().kind()) {
      case POSTGRESQL ->
          database()
              .execute(
                  """
                  create function fail_once() returns trigger language plpgsql security definer as $$
                    begin
                      if nextval('postal.attempts') = 1 then
                        raise 'could not serialize' using errcode = '40001';
                      end if;
                      return new;
                    end $$;
                  create trigger fail_once before update on ip_addresses
                    for each row execute function fail_once()
                  """);
      case MARIADB ->
          database()
              .execute(
                  """
                  create trigger fail_once before update on ip_addresses for each row
                    if nextval(attempts) = 1 then
                      signal sqlstate '40001' set message_text = 'could not serialize';
                    end if
                  """);
    }
  }

  private String attempts() {
    return switch (database().settings().kind()) {
      case POSTGRESQL -> "'attempts'";
      case MARIADB -> "attempts";
    };
  }

  @Test
  default void aRefusedWriteEndsTheRun() {
    insert(3);
    database().execute("revoke update on ip_addresses from monitor");

    assertThatThrownBy(() -> applied(postal().transactions(), checks(3)))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.fault()).isEqualTo(DatabaseException.Fault.SCHEMA))
        .hasMessageContaining("UPDATE");
    assertThat(database().writes()).isZero();
  }

  /** R7a: never a truncation; the rows beside it are written, one whose values are short too. */
  @Test
  default void aValueThatDoesNotFitItsColumnIsReportedAndTheOtherRowsAreWritten() {
    insert(3);
    database().execute("alter table ip_addresses drop \"lastEvent\"");
    database()
        .execute("alter table ip_addresses add \"lastEvent\" varchar(20) not null default ''");
    database().migrate();
    database()
        .execute(
            "update ip_addresses set \"oldPriority\" = 80, priority = 0, \"blockingLists\" = 'x' where id = 2");
    int before = database().writes();
    List<IpCheck> checks = new ArrayList<>(checks(3));
    checks.set(
        1,
        new IpCheck(
            checks.get(1).ip(),
            List.of(),
            new Verdict(new TreeMap<>(Map.of(ZONE, new NotListed())), 1, false)));

    Map<Long, RowOutcome> outcomes = applied(postal().transactions(), checks);

    assertThat(List.of(outcomes.get(1L), outcomes.get(3L)))
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isInstanceOfSatisfying(
                    Unwritable.class,
                    it ->
                        assertThat(it.tooNarrow()).isEqualTo(new TooNarrow("lastEvent", 20, 34))));
    assertThat(outcomes.get(2L)).isInstanceOf(Updated.class);
    assertThat(database().writes() - before).isEqualTo(1);
    assertThat(database().rows()).extracting(Row::priority).containsExactly(80, 80, 80);
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
    Verdict verdict = new Verdict(new TreeMap<>(Map.of(ZONE, listed)), 1, false);
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

  private SortedMap<Long, RowOutcome> applied(Transactions transactions, List<IpCheck> checks) {
    return applied(transactions, checks, new RecordedOutcomes());
  }

  private SortedMap<Long, RowOutcome> applied(
      Transactions transactions, List<IpCheck> checks, RecordedOutcomes outcomes) {
    new RowChanges(
            transactions,
            TableName.of(database().settings()),
            false,
            Clock.systemUTC(),
            RULES,
            true,
            outcomes)
        .apply(checks);
    return outcomes.byRow();
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
