package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Ipv6Address;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.ZoneAnswer;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** CHECK_IPV6: what is read of the column {@code ipv6}, and never written; on each kind (R9). */
interface Ipv6ColumnContract extends OnPostalTable {

  TransitionRules RULES = new TransitionRules(0, 50, Duration.ZERO);

  private IpAddressTable checking() {
    return postal().checkingIpv6();
  }

  private IpAddressTable ignoring() {
    return postal().table();
  }

  @Test
  default void theAddressIsReadWhereItIsChecked() {
    database().insertWithIpv6("192.0.2.7", "2001:DB8::7", 80);

    TableRow row = onlyRow(checking());

    assertThat(row)
        .isInstanceOfSatisfying(
            TableRow.Valid.class,
            valid -> {
              assertThat(valid.ip().ipv6()).contains(Ipv6Address.of("2001:db8::7"));
              assertThat(valid.invalidIpv6()).isEmpty();
            });
  }

  @Test
  default void theColumnIsIgnoredWhereItIsNotChecked() {
    database().insertWithIpv6("192.0.2.7", "2001:db8::7", 80);
    database().insertWithIpv6("192.0.2.8", "no address", 80);

    assertThat(ignoring().page(Long.MIN_VALUE, 10, Optional.empty()))
        .hasSize(2)
        .allSatisfy(row -> {
          assertThat(((TableRow.Valid) row).ip().ipv6()).isEmpty();
          assertThat(((TableRow.Valid) row).invalidIpv6()).isEmpty();
        });
  }

  /** R7b: whether they fit into a run is judged by what is looked up. */
  @Test
  default void aLookupIsCountedForEachAddressThatIsThere() {
    assertThat(checking().extent()).isEmpty();
    database().insertWithIpv6("192.0.2.7", "2001:db8::7", 80);
    database().insertWithIpv6("192.0.2.8", "  ", 80);
    database().insertWithIpv6("192.0.2.9", "", 80);
    database().insert("192.0.2.10", 80);

    assertThat(checking().extent()).contains(new IpAddressTable.Extent(5, 1, 4));
    assertThat(ignoring().extent()).contains(new IpAddressTable.Extent(4, 1, 4));
  }

  @Test
  default void whatIsNoAddressIsToldAndTheRowIsValidNevertheless() {
    database().insertWithIpv6("192.0.2.7", "2001:db8::7/64", 80);
    database().insertWithIpv6("192.0.2.8", "  ", 80);
    database().insertWithIpv6("192.0.2.9", "", 80);
    database().insert("192.0.2.10", 80);
    database().insertWithIpv6("not an address", "2001:db8::11", 80);

    List<TableRow> rows = checking().page(Long.MIN_VALUE, 10, Optional.empty());

    assertThat(rows.subList(0, 4))
        .allSatisfy(row -> assertThat(((TableRow.Valid) row).ip().ipv6()).isEmpty())
        .extracting(row -> ((TableRow.Valid) row).invalidIpv6())
        .containsExactly(
            Optional.of("2001:db8::7/64"), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(rows.getLast()).isEqualTo(new TableRow.Invalid(5, "not an address"));
  }

  @Test
  default void theColumnIsNeverWritten() {
    database().insertWithIpv6("192.0.2.7", "2001:DB8:0::7", 80);

    RowOutcome outcome = PostalTable.apply(checking(), listed(onlyIp(checking())), RULES, true);

    assertThat(outcome).isInstanceOf(RowOutcome.Updated.class);
    assertThat(database().row("192.0.2.7").priority()).isZero();
    assertThat(database().single("select ipv6 from ip_addresses")).isEqualTo("2001:DB8:0::7");
  }

  @Test
  default void aRowThatHoldsAnotherIpv6NowIsLeftToTheNextRun() {
    database().insertWithIpv6("192.0.2.7", "2001:db8::7", 80);
    IpCheck check = listed(onlyIp(checking()));
    database().execute("update ip_addresses set ipv6 = '2001:db8::8'");

    assertThat(PostalTable.apply(checking(), check, RULES, true))
        .isInstanceOf(RowOutcome.Conflict.class);
    assertThat(database().row("192.0.2.7").priority()).isEqualTo(80);
  }

  @Test
  default void anEditOfTheColumnBetweenReadAndWriteIsNotOverlooked() {
    database().insertWithIpv6("192.0.2.7", "2001:db8::7", 80);
    IpCheck check = listed(onlyIp(checking()));

    RowOutcome outcome = PostalTable.apply(editedOnce(true), check, RULES, true);

    assertThat(outcome).isInstanceOf(RowOutcome.Conflict.class);
    assertThat(database().row("192.0.2.7").priority()).isEqualTo(80);
  }

  /** The first edit disturbs the batch, the second the row that is tried alone. */
  @Test
  default void anEditOfTheColumnIsNotOverlookedByTheSecondAttemptEither() {
    database().insertWithIpv6("192.0.2.7", "2001:db8::7", 80);
    IpCheck check = listed(onlyIp(checking()));
    AtomicInteger attempts = new AtomicInteger();
    List<String> edits = List.of("hostname = 'mx2.example.com'", "ipv6 = '2001:db8::8'");
    IpAddressTable edited =
        postal()
            .editedBeforeWrite(
                true,
                () -> {
                  int attempt = attempts.getAndIncrement();
                  if (attempt < edits.size()) {
                    database().execute("update ip_addresses set " + edits.get(attempt));
                  }
                });

    RowOutcome outcome = PostalTable.apply(edited, check, RULES, true);

    assertThat(outcome).isInstanceOf(RowOutcome.Conflict.class);
    assertThat(attempts).hasValue(3);
    assertThat(database().row("192.0.2.7").priority()).isEqualTo(80);
  }

  @Test
  default void anEditOfTheColumnCostsOneMoreAttemptWhereItIsNotChecked() {
    database().insertWithIpv6("192.0.2.7", "2001:db8::7", 80);
    IpCheck check = listed(onlyIp(ignoring()));

    RowOutcome outcome = PostalTable.apply(editedOnce(false), check, RULES, true);

    assertThat(outcome).isInstanceOf(RowOutcome.Updated.class);
    assertThat(database().single("select ipv6 from ip_addresses")).isEqualTo("2001:db8::8");
  }

  /** A table in whose first transaction {@code ipv6} is edited after the row was read. */
  private IpAddressTable editedOnce(boolean ipv6) {
    AtomicInteger attempts = new AtomicInteger();
    return postal()
        .editedBeforeWrite(
            ipv6,
            () -> {
              if (attempts.incrementAndGet() == 1) {
                database().execute("update ip_addresses set ipv6 = '2001:db8::8'");
              }
            });
  }

  private static TableRow onlyRow(IpAddressTable table) {
    List<TableRow> rows = table.page(Long.MIN_VALUE, 10, Optional.empty());
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private static MonitoredIp onlyIp(IpAddressTable table) {
    return ((TableRow.Valid) onlyRow(table)).ip();
  }

  private static IpCheck listed(MonitoredIp ip) {
    Listed listed =
        new Listed(new TreeSet<>(List.of(Ipv4Address.of("127.0.0.2"))), 1, Optional.empty());
    return IpCheck.of(
        ip,
        List.of(
            new ZoneAnswer(
                ZoneList.parse("zen.example").getFirst(),
                ip.address(),
                new Answered(listed, Duration.ZERO))),
        List.of(),
        1,
        false);
  }
}
