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
import dnsblmonitor.postal.IpAddressTable.RowState;
import dnsblmonitor.testing.TestDatabase.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R6, R7, R18-R22 on a real database, the same on each kind (R9). */
interface IpAddressTableContract extends OnPostalTable {

  TransitionRules RULES = new TransitionRules(0, 50, Duration.ZERO);
  Zone ZONE = ZoneList.parse("zen.example").getFirst();
  Zone OTHER = ZoneList.parse("bl.example").getFirst();

  private IpAddressTable table() {
    return postal().table();
  }

  @Test
  default void readsNothingFromAnEmptyTable() {
    assertThat(table().page(Long.MIN_VALUE, 10, Optional.empty())).isEmpty();
  }

  /** R37: the page of all addresses filters by what its people look for. */
  @Test
  default void findsRowsByStatePoolAndBlocklist() {
    for (int i = 1; i <= 6; i++) {
      database().insert("192.0.2." + i, 50);
    }
    database().execute("update ip_addresses set ip_pool_id = 9 where ipv4 = '192.0.2.2'");
    set("192.0.2.2", 0, 50, "zen.example,bl.example");
    set("192.0.2.3", 70, 50, "bl.example.com, zen.example");
    set("192.0.2.4", 0, 50, "");
    set("192.0.2.5", 50, null, "");

    assertThat(matching(Optional.of(RowState.LISTED), Optional.empty(), Optional.empty()))
        .containsExactly("192.0.2.2", "192.0.2.3");
    assertThat(matching(Optional.of(RowState.CLEAN), Optional.empty(), Optional.empty()))
        .containsExactly("192.0.2.1", "192.0.2.4", "192.0.2.5", "192.0.2.6");
    assertThat(matching(Optional.of(RowState.SET_BY_HAND), Optional.empty(), Optional.empty()))
        .containsExactly("192.0.2.3", "192.0.2.4");
    assertThat(matching(Optional.empty(), Optional.of(9L), Optional.empty()))
        .containsExactly("192.0.2.2");
    assertThat(matching(Optional.empty(), Optional.empty(), Optional.of("zen.example")))
        .containsExactly("192.0.2.2", "192.0.2.3");
    assertThat(matching(Optional.empty(), Optional.empty(), Optional.of("bl.example")))
        .containsExactly("192.0.2.2");
    assertThat(matching(Optional.empty(), Optional.empty(), Optional.of("b%"))).isEmpty();
  }

  private void set(String address, int priority, @Nullable Integer old, String lists) {
    String quote = database().settings().kind() == DatabaseKind.POSTGRESQL ? "\"" : "`";
    database()
        .execute(
            "update ip_addresses set priority = %d, %soldPriority%s = %s, %sblockingLists%s = '%s' where ipv4 = '%s'"
                .formatted(priority, quote, quote, old, quote, quote, lists, address));
  }

  private List<String> matching(
      Optional<RowState> state, Optional<Long> pool, Optional<String> zone) {
    return table().matching(0, 10, state, pool, zone, 0).stream()
        .map(row -> ((TableRow.Valid) row).ip().address().toString())
        .toList();
  }

  /** R29a: an address may stand in several rows, and the pages of a part go by the id as well. */
  @Test
  default void readsOnlyTheRowsOfTheAddressesThatAreAskedFor() {
    for (int i = 1; i <= 5; i++) {
      database().insert("192.0.2." + i, 50);
    }
    database().insert("192.0.2.2", 60);
    database().insert("192.0.2.22", 60);
    List<Ipv4Address> some =
        List.of(
            Ipv4Address.of("192.0.2.4"), Ipv4Address.of("192.0.2.2"), Ipv4Address.of("192.0.2.99"));

    List<TableRow> first = table().page(Long.MIN_VALUE, 2, Optional.of(some));
    List<TableRow> second = table().page(first.getLast().id(), 2, Optional.of(some));

    assertThat(first).extracting(TableRow::id).containsExactly(2L, 4L);
    assertThat(second).extracting(TableRow::id).containsExactly(6L);
    assertThat(table().page(6, 2, Optional.of(some))).isEmpty();
    assertThat(table().page(Long.MIN_VALUE, 2, Optional.of(List.of()))).isEmpty();
  }

  @Test
  default void readsPagesInIdOrderBehindTheLastId() {
    for (int i = 1; i <= 5; i++) {
      database().insert("192.0.2." + i, 50);
    }

    List<TableRow> first = table().page(Long.MIN_VALUE, 3, Optional.empty());
    List<TableRow> second = table().page(first.getLast().id(), 3, Optional.empty());

    assertThat(first).extracting(TableRow::id).containsExactly(1L, 2L, 3L);
    assertThat(second).extracting(TableRow::id).containsExactly(4L, 5L);
    assertThat(table().page(5, 3, Optional.empty())).isEmpty();
  }

  @Test
  default void tellsRowsThatHoldNoAddress() {
    database().insert(null, 50);
    database().insert("", 50);
    database().insert("010.1.1.1", 50);
    database().insert("2001:db8::1", 50);
    database().insert("192.0.2.7", null);

    List<TableRow> rows = table().page(Long.MIN_VALUE, 10, Optional.empty());

    assertThat(rows.subList(0, 4))
        .containsExactly(
            new TableRow.Invalid(1, null),
            new TableRow.Invalid(2, ""),
            new TableRow.Invalid(3, "010.1.1.1"),
            new TableRow.Invalid(4, "2001:db8::1"));
    assertThat(rows.get(4)).isInstanceOf(TableRow.Valid.class);
  }

  @Test
  default void throttlesANewlyListedRowAndGivesItsPriorityBack() {
    database().insert("192.0.2.7", 80);

    RowOutcome listed = PostalTable.apply(table(), check(listedBy(ZONE, OTHER)), RULES, true);

    assertThat(listed).isInstanceOf(RowOutcome.Updated.class);
    assertThat(database().row("192.0.2.7"))
        .isEqualTo(
            new Row(
                1,
                "192.0.2.7",
                0,
                80,
                "bl.example,zen.example",
                "new block from list(s) bl.example,zen.example"));
    assertThat(database().single("select updated_at from ip_addresses"))
        .isEqualTo("2026-11-23 10:15:30.123456");

    PostalTable.apply(table(), check(listedBy(ZONE)), RULES, true);
    assertThat(database().row("192.0.2.7"))
        .isEqualTo(
            new Row(1, "192.0.2.7", 0, 80, "zen.example", "blocking list change: zen.example"));

    PostalTable.apply(table(), check(listedBy()), RULES, true);
    assertThat(database().row("192.0.2.7"))
        .isEqualTo(new Row(1, "192.0.2.7", 80, null, "", "block removed"));
  }

  @Test
  default void countsANullPriorityAsPostalDoes() {
    database().insert("192.0.2.7", null);

    PostalTable.apply(table(), check(listedBy(ZONE)), RULES, true);

    assertThat(database().row("192.0.2.7").oldPriority()).isEqualTo(100);
  }

  @Test
  default void writesNothingWhereNothingChanges() {
    database().insert("192.0.2.7", 80);
    PostalTable.apply(table(), check(listedBy(ZONE)), RULES, true);

    RowOutcome again = PostalTable.apply(table(), check(listedBy(ZONE)), RULES, true);

    assertThat(again).isInstanceOf(RowOutcome.Unchanged.class);
    assertThat(database().writes()).isEqualTo(1);
  }

  @Test
  default void aDryRunDecidesTheSameAndWritesNothing() {
    database().insert("192.0.2.7", 80);

    RowOutcome dry = PostalTable.apply(table(), check(listedBy(ZONE)), RULES, false);
    int writesAfterDryRun = database().writes();
    RowOutcome real = PostalTable.apply(table(), check(listedBy(ZONE)), RULES, true);

    assertThat(writesAfterDryRun).isZero();
    assertThat(dry).isEqualTo(real);
  }

  @Test
  default void anEditBetweenReadAndWriteIsKeptAndDecidedAgain() {
    database().insert("192.0.2.7", 80);
    AtomicInteger attempts = new AtomicInteger();
    IpAddressTable raced =
        postal()
            .editedBeforeWrite(
                false,
                () -> {
                  if (attempts.incrementAndGet() == 1) {
                    database().execute("update ip_addresses set priority = 30");
                  }
                });

    RowOutcome outcome = PostalTable.apply(raced, check(listedBy(ZONE)), RULES, true);

    assertThat(outcome)
        .isEqualTo(
            new RowOutcome.Updated(
                new RowValues(30, null, null, null),
                new RowValues(0, 30, "zen.example", "new block from list(s) zen.example")));
    assertThat(attempts).hasValue(2);
    assertThat(database().row("192.0.2.7").oldPriority()).isEqualTo(30);
  }

  @Test
  default void aRowThatKeepsBeingEditedIsLeftToTheNextRunAfterThreeAttempts() {
    database().insert("192.0.2.7", 80);
    AtomicInteger attempts = new AtomicInteger();
    IpAddressTable raced =
        postal()
            .editedBeforeWrite(
                false,
                () ->
                    database()
                        .execute(
                            "update ip_addresses set priority = " + attempts.incrementAndGet()));

    RowOutcome outcome = PostalTable.apply(raced, check(listedBy(ZONE)), RULES, true);

    assertThat(outcome).isInstanceOf(RowOutcome.Conflict.class);
    assertThat(attempts).hasValue(3);
    assertThat(database().row("192.0.2.7")).isEqualTo(new Row(1, "192.0.2.7", 3, null, null, null));
  }

  @Test
  default void postalsUiTurningEmptyIntoNullIsNoChangeOfState() {
    database().insert("192.0.2.7", 80);
    PostalTable.apply(table(), check(listedBy(ZONE)), RULES, true);
    PostalTable.apply(table(), check(listedBy()), RULES, true);
    database().execute("update ip_addresses set \"blockingLists\" = null");
    int writes = database().writes();

    RowOutcome outcome = PostalTable.apply(table(), check(listedBy()), RULES, true);

    assertThat(outcome).isInstanceOf(RowOutcome.Unchanged.class);
    assertThat(database().writes()).isEqualTo(writes);
  }

  @Test
  default void anEditOfAnotherColumnBetweenReadAndWriteStays() {
    database().insert("192.0.2.7", 80);
    IpAddressTable raced =
        postal()
            .editedBeforeWrite(
                false,
                () -> database().execute("update ip_addresses set hostname = 'MX.example.com'"));

    PostalTable.apply(raced, check(listedBy(ZONE)), RULES, true);

    assertThat(database().row("192.0.2.7").oldPriority()).isEqualTo(80);
    assertThat(database().single("select hostname from ip_addresses")).isEqualTo("MX.example.com");
  }

  /** 2:30 of that day is a time that clocks in Berlin skip. */
  @Test
  default void updatedAtIsUtcWhateverTheTimeZonesOfServerAndJvm() {
    database().insert("192.0.2.7", 80);
    database().moveToTokyo();
    Clock clock = Clock.fixed(Instant.parse("2026-03-29T02:30:00.123456Z"), ZoneOffset.UTC);
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    try (PlainTransactions moved = new PlainTransactions(database().settings())) {
      IpAddressTable table = new IpAddressTable(moved, database().settings(), clock, false);

      PostalTable.apply(table, check(listedBy(ZONE)), RULES, true);
      RowOutcome again = PostalTable.apply(table, check(listedBy(OTHER)), RULES, true);

      assertThat(again).isInstanceOf(RowOutcome.Updated.class);
      assertThat(database().single("select cast(updated_at as char(26)) from ip_addresses"))
          .isEqualTo("2026-03-29 02:30:00.123456");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  default void aRowThatIsGoneOrHoldsAnotherAddressNowIsNotTouched() {
    database().insert("192.0.2.7", 80);
    IpCheck check = check(listedBy(ZONE));
    database().execute("update ip_addresses set ipv4 = '192.0.2.99'");
    assertThat(PostalTable.apply(table(), check, RULES, true))
        .isInstanceOf(RowOutcome.Conflict.class);
    assertThat(database().row("192.0.2.99").priority()).isEqualTo(80);

    database().execute("delete from ip_addresses");
    assertThat(PostalTable.apply(table(), check, RULES, true))
        .isInstanceOf(RowOutcome.Vanished.class);
  }

  /** A statement takes 65,535 parameters at most on PostgreSQL. (Addresses of RFC 2544.) */
  @Test
  default void anyNumberOfAddressesIsFound() {
    database().insert("192.0.2.8", 50);
    database().insert("198.18.200.200", 50);
    List<Ipv4Address> addresses = new ArrayList<>(List.of(Ipv4Address.of("192.0.2.8")));
    IntStream.range(0, 70_000)
        .forEach(n ->
            addresses.add(
                Ipv4Address.of("198.%d.%d.%d".formatted(18 + n / 65_536, n / 256 % 256, n % 256))));

    assertThat(table().withAddresses(addresses))
        .extracting(row -> row.address().toString())
        .containsExactly("192.0.2.8", "198.18.200.200");
  }

  @Test
  default void findsListedRowsRowsOfAddressesAndRowsOfPools() {
    database().insert("192.0.2.7", 80, 1);
    database().insert("192.0.2.8", 80, 1);
    database().insert("192.0.2.9", 80, 2);
    PostalTable.apply(table(), check(listedBy(ZONE)), RULES, true);

    assertThat(table().listed()).extracting(MonitoredIp::rowId).containsExactly(1L);
    assertThat(table().withAddresses(List.of(Ipv4Address.of("192.0.2.8"))))
        .extracting(MonitoredIp::rowId)
        .containsExactly(2L);
  }

  @Test
  default void aPoolHasACleanRowUnlessAllItsValidRowsAreListed() {
    database().insert("192.0.2.7", 80, 1);
    database().insert("not an address", 80, 1);
    database().insert(null, 80, 1);
    database().insert("192.0.2.9", 80, 2);
    PostalTable.apply(table(), check(listedBy(ZONE)), RULES, true);

    assertThat(table().hasCleanRow(1, Set.of())).isFalse();
    assertThat(table().hasCleanRow(2, Set.of())).isTrue();
    assertThat(table().hasCleanRow(2, Set.of(4L))).as("the only one does not count").isFalse();
    assertThat(table().hasCleanRow(3, Set.of())).as("no such pool").isFalse();
  }

  @Test
  default void aCleanRowBehindManyInvalidOnesIsFound() {
    database()
        .execute(
            IntStream.range(0, 250)
                .mapToObj(i -> "(1, 'mail%d.example.com')".formatted(i))
                .collect(
                    Collectors.joining(
                        ", ", "insert into ip_addresses (ip_pool_id, ipv4) values ", "")));

    assertThat(table().hasCleanRow(1, Set.of())).isFalse();

    database().insert("192.0.2.7", 80, 1);

    assertThat(table().hasCleanRow(1, Set.of())).isTrue();
  }

  @Test
  default void aRightThatIsMissingIsNamedWithWhatToGrant() {
    database().insert("192.0.2.7", 80);
    database().execute("revoke select, update on ip_addresses from monitor");

    assertThatThrownBy(() -> table().page(0, 10, Optional.empty()))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.fault()).isEqualTo(DatabaseException.Fault.SCHEMA))
        .hasMessageContaining("SELECT and UPDATE");
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
        new Verdict(results, 1, false));
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
