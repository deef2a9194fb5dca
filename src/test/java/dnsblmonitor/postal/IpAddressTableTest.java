package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.Verdict;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestDatabase.Row;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R6, R7, R18-R22 on a real PostgreSQL. */
class IpAddressTableTest {

  private static final TransitionRules RULES = new TransitionRules(0, 50);
  private static final Zone ZONE = ZoneList.parse("zen.example").getFirst();
  private static final Zone OTHER = ZoneList.parse("bl.example").getFirst();
  private static final Instant NOW = Instant.parse("2026-11-23T10:15:30.123456Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private TestDatabase database;
  private PlainTransactions transactions;
  private IpAddressTable table;

  IpAddressTableTest() {
    database = TestDatabase.create();
    transactions = new PlainTransactions(database.settings());
    table = new IpAddressTable(transactions, CLOCK, false);
  }

  @BeforeEach
  void readsNothingFromAnEmptyTable() {
    assertThat(table.page(Long.MIN_VALUE, 10)).isEmpty();
  }

  @AfterEach
  void dropDatabase() {
    transactions.close();
    database.close();
  }

  @Test
  void readsPagesInIdOrderBehindTheLastId() {
    for (int i = 1; i <= 5; i++) {
      database.insert("192.0.2." + i, 50);
    }

    List<TableRow> first = table.page(Long.MIN_VALUE, 3);
    List<TableRow> second = table.page(first.getLast().id(), 3);

    assertThat(first).extracting(TableRow::id).containsExactly(1L, 2L, 3L);
    assertThat(second).extracting(TableRow::id).containsExactly(4L, 5L);
    assertThat(table.page(5, 3)).isEmpty();
  }

  @Test
  void tellsRowsThatHoldNoAddress() {
    database.insert(null, 50);
    database.insert("", 50);
    database.insert("010.1.1.1", 50);
    database.insert("2001:db8::1", 50);
    database.insert("192.0.2.7", null);

    List<TableRow> rows = table.page(Long.MIN_VALUE, 10);

    assertThat(rows.subList(0, 4))
        .containsExactly(
            new TableRow.Invalid(1, null),
            new TableRow.Invalid(2, ""),
            new TableRow.Invalid(3, "010.1.1.1"),
            new TableRow.Invalid(4, "2001:db8::1"));
    assertThat(rows.get(4)).isInstanceOf(TableRow.Valid.class);
  }

  @Test
  void throttlesANewlyListedRowAndGivesItsPriorityBack() {
    database.insert("192.0.2.7", 80);

    RowOutcome listed = table.apply(check(listedBy(ZONE, OTHER)), RULES, true);

    assertThat(listed).isInstanceOf(RowOutcome.Updated.class);
    assertThat(database.row("192.0.2.7"))
        .isEqualTo(
            new Row(
                1,
                "192.0.2.7",
                0,
                80,
                "bl.example,zen.example",
                "new block from list(s) bl.example,zen.example"));
    assertThat(database.single("select updated_at from postal.ip_addresses"))
        .isEqualTo("2026-11-23 10:15:30.123456");

    table.apply(check(listedBy(ZONE)), RULES, true);
    assertThat(database.row("192.0.2.7"))
        .isEqualTo(
            new Row(1, "192.0.2.7", 0, 80, "zen.example", "blocking list change: zen.example"));

    table.apply(check(listedBy()), RULES, true);
    assertThat(database.row("192.0.2.7"))
        .isEqualTo(new Row(1, "192.0.2.7", 80, null, "", "block removed"));
  }

  @Test
  void countsANullPriorityAsPostalDoes() {
    database.insert("192.0.2.7", null);

    table.apply(check(listedBy(ZONE)), RULES, true);

    assertThat(database.row("192.0.2.7").oldPriority()).isEqualTo(100);
  }

  @Test
  void writesNothingWhereNothingChanges() {
    database.insert("192.0.2.7", 80);
    table.apply(check(listedBy(ZONE)), RULES, true);

    RowOutcome again = table.apply(check(listedBy(ZONE)), RULES, true);

    assertThat(again).isInstanceOf(RowOutcome.Unchanged.class);
    assertThat(database.writes()).isEqualTo(1);
  }

  @Test
  void aDryRunDecidesTheSameAndWritesNothing() {
    database.insert("192.0.2.7", 80);

    RowOutcome dry = table.apply(check(listedBy(ZONE)), RULES, false);
    int writesAfterDryRun = database.writes();
    RowOutcome real = table.apply(check(listedBy(ZONE)), RULES, true);

    assertThat(writesAfterDryRun).isZero();
    assertThat(dry).isEqualTo(real);
  }

  @Test
  void anEditBetweenReadAndWriteIsKeptAndDecidedAgain() {
    database.insert("192.0.2.7", 80);
    AtomicInteger attempts = new AtomicInteger();
    IpAddressTable raced =
        new IpAddressTable(
            editingBeforeFlush(() -> {
              if (attempts.incrementAndGet() == 1) {
                database.execute("update postal.ip_addresses set priority = 30");
              }
            }),
            CLOCK,
            false);

    RowOutcome outcome = raced.apply(check(listedBy(ZONE)), RULES, true);

    assertThat(outcome)
        .isEqualTo(
            new RowOutcome.Updated(
                new RowValues(30, null, null, null),
                new RowValues(0, 30, "zen.example", "new block from list(s) zen.example")));
    assertThat(attempts).hasValue(2);
    assertThat(database.row("192.0.2.7").oldPriority()).isEqualTo(30);
  }

  @Test
  void aRowThatKeepsBeingEditedIsLeftToTheNextRunAfterThreeAttempts() {
    database.insert("192.0.2.7", 80);
    AtomicInteger attempts = new AtomicInteger();
    IpAddressTable raced =
        new IpAddressTable(
            editingBeforeFlush(() ->
                database.execute(
                    "update postal.ip_addresses set priority = " + attempts.incrementAndGet())),
            CLOCK,
            false);

    RowOutcome outcome = raced.apply(check(listedBy(ZONE)), RULES, true);

    assertThat(outcome).isInstanceOf(RowOutcome.Conflict.class);
    assertThat(attempts).hasValue(3);
    assertThat(database.row("192.0.2.7")).isEqualTo(new Row(1, "192.0.2.7", 3, null, null, null));
  }

  @Test
  void postalsUiTurningEmptyIntoNullIsNoChangeOfState() {
    database.insert("192.0.2.7", 80);
    table.apply(check(listedBy(ZONE)), RULES, true);
    table.apply(check(listedBy()), RULES, true);
    database.execute("update postal.ip_addresses set \"blockingLists\" = null");
    int writes = database.writes();

    RowOutcome outcome = table.apply(check(listedBy()), RULES, true);

    assertThat(outcome).isInstanceOf(RowOutcome.Unchanged.class);
    assertThat(database.writes()).isEqualTo(writes);
  }

  @Test
  void aRowThatIsGoneOrHoldsAnotherAddressNowIsNotTouched() {
    database.insert("192.0.2.7", 80);
    IpCheck check = check(listedBy(ZONE));
    database.execute("update postal.ip_addresses set ipv4 = '192.0.2.99'");
    assertThat(table.apply(check, RULES, true)).isInstanceOf(RowOutcome.Conflict.class);
    assertThat(database.row("192.0.2.99").priority()).isEqualTo(80);

    database.execute("delete from postal.ip_addresses");
    assertThat(table.apply(check, RULES, true)).isInstanceOf(RowOutcome.Vanished.class);
  }

  @Test
  void findsListedRowsRowsOfAddressesAndRowsOfPools() {
    database.insert("192.0.2.7", 80, 1);
    database.insert("192.0.2.8", 80, 1);
    database.insert("192.0.2.9", 80, 2);
    table.apply(check(listedBy(ZONE)), RULES, true);

    assertThat(table.listed()).extracting(MonitoredIp::rowId).containsExactly(1L);
    assertThat(table.withAddresses(List.of(Ipv4Address.of("192.0.2.8"))))
        .extracting(MonitoredIp::rowId)
        .containsExactly(2L);
    assertThat(table.inPools(List.of(1L))).extracting(MonitoredIp::rowId).containsExactly(1L, 2L);
    assertThat(table.inPools(List.of())).isEmpty();
  }

  @Test
  void aDatabaseThatIsGoneIsSaidToBeUnreachable() {
    database.insert("192.0.2.7", 80);
    database.execute("revoke all on postal.ip_addresses from monitor");

    assertThatThrownBy(() -> table.page(0, 10))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.fault()).isEqualTo(DatabaseException.Fault.SCHEMA))
        .hasMessageContaining("SELECT and UPDATE");
  }

  /** Transactions in which {@code edit} happens after the row was read and before it is written. */
  private Transactions editingBeforeFlush(Runnable edit) {
    return new Transactions() {
      @Override
      public <T> T inNew(Function<EntityManager, T> work) {
        return transactions.inNew(em -> {
          IpAddressRow row = em.find(IpAddressRow.class, 1L);
          assertThat(row).isNotNull();
          edit.run();
          return work.apply(em);
        });
      }
    };
  }

  private static IpCheck check(SortedMap<Zone, LookupResult> results) {
    return new IpCheck(
        new MonitoredIp(
            1,
            Ipv4Address.of("192.0.2.7"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new RowValues(80, null, null, null)),
        List.of(),
        new Verdict(results, 1));
  }

  private static SortedMap<Zone, LookupResult> listedBy(Zone... zones) {
    SortedMap<Zone, LookupResult> results = new TreeMap<>();
    results.put(ZONE, new NotListed());
    results.put(OTHER, new NotListed());
    for (Zone zone : zones) {
      results.put(
          zone,
          new Listed(new TreeSet<>(List.of(Ipv4Address.of("127.0.0.2"))), 1, Optional.empty()));
    }
    return results;
  }
}
