package dnsblmonitor.history;

import static dnsblmonitor.history.Standing.CLEAN;
import static dnsblmonitor.history.Standing.EXCEPTED;
import static dnsblmonitor.history.Standing.HELD_BACK;
import static dnsblmonitor.history.Standing.KEPT;
import static dnsblmonitor.history.Standing.LISTED;
import static dnsblmonitor.history.Standing.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RowOutcome.Unchanged;
import dnsblmonitor.domain.RowOutcome.Updated;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.Verdict;
import dnsblmonitor.domain.Worlds;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a run found of each row, for people (R17). */
class StandingTableTest {

  private static final Ipv4Address ADDRESS = Ipv4Address.of("203.0.113.7");

  private final StandingTable table =
      new StandingTable(List.of(Worlds.zone("b.example"), Worlds.zone("a.example")));

  @Test
  void standingsAreInTheOrderOfTheZones() {
    table.add(unchanged(Worlds.cleanRow(), "a.example L, b.example N"));

    assertThat(table.of(1, ADDRESS)).contains(List.of(CLEAN, LISTED));
  }

  @Test
  void aZoneThatListedTheRowAndIsSilentKeepsItByHowTheRowStoodBefore() {
    MonitoredIp row = row(Worlds.listedRow("a.example"));
    table.add(
        new Checked(
            Worlds.check(row, Worlds.verdict(1, "a.example ?, b.example L")),
            new Updated(row.values(), Worlds.listedRow("a.example,b.example"))));

    assertThat(table.of(1, ADDRESS)).contains(List.of(LISTED, KEPT));
  }

  @Test
  void anAddressStandsWithEachZoneAsItAnsweredOrAsItWasKept() {
    String answers = "a.example ?, b.example ?, c.example L, d.example N, w.example*0 ?";
    Verdict verdict = Worlds.verdict(1, answers);

    assertThat(standings(verdict, "a.example,w.example"))
        .containsExactly(KEPT, UNKNOWN, LISTED, CLEAN, UNKNOWN);
  }

  /** R14a, R20b: an allowlist is neither held back nor excepted. */
  @Test
  void aListingThatDoesNotCountSaysWhy() {
    Verdict all = Worlds.verdict(1, "a.example L, b.example L, c.example N, w.example*-1 L");
    SortedSet<String> names =
        new TreeSet<>(List.of("a.example", "b.example", "c.example", "w.example"));

    assertThat(standings(all.holdingBack(names), "b.example"))
        .containsExactly(HELD_BACK, LISTED, CLEAN, LISTED);
    assertThat(standings(all.excepting(names), "b.example"))
        .containsExactly(EXCEPTED, EXCEPTED, CLEAN, LISTED);
  }

  private static List<Standing> standings(Verdict verdict, String listedBefore) {
    MonitoredIp row = row(Worlds.listedRow(listedBefore));
    StandingTable table = new StandingTable(List.copyOf(verdict.results().keySet()));
    table.add(
        new Checked(
            new IpCheck(row, Worlds.check(row, verdict).answers(), verdict),
            new Unchanged(row.values())));
    return table.of(1, ADDRESS).orElseThrow();
  }

  @Test
  void whatARunDoesNotAskIsUnknown() {
    table.add(unchanged(Worlds.cleanRow(), "b.example N"));

    assertThat(table.of(1, ADDRESS)).contains(List.of(CLEAN, UNKNOWN));
  }

  @Test
  void aRowThatWasNotCheckedOrHadAnotherAddressHasNone() {
    table.add(unchanged(Worlds.cleanRow(), "a.example L, b.example N"));

    assertThat(table.of(2, ADDRESS)).isEmpty();
    assertThat(table.of(1, Ipv4Address.of("203.0.113.8"))).isEmpty();
  }

  @Test
  void aLaterTableUpdatesItsRowsInTheZonesThatItsRunQueried() {
    StandingTable later = new StandingTable(table.zones());
    table.add(unchanged(Worlds.cleanRow(), "a.example L, b.example N"));
    later.add(unchanged(Worlds.cleanRow(), "a.example N, b.example L"));

    StandingTable both = table.updated(later, List.of(Worlds.zone("b.example")));

    assertThat(both.of(1, ADDRESS)).contains(List.of(LISTED, LISTED));
    assertThat(table.of(1, ADDRESS))
        .as("readers may still hold it")
        .contains(List.of(CLEAN, LISTED));
    assertThat(new StandingTable(table.zones()).updated(later, table.zones()).of(1, ADDRESS))
        .contains(List.of(LISTED, CLEAN));
    assertThat(table.updated(new StandingTable(table.zones()), table.zones()).of(1, ADDRESS))
        .contains(List.of(CLEAN, LISTED));
  }

  @Test
  void rowsThatStandAlikeShareOneList() {
    for (long id = 1; id <= 2; id++) {
      MonitoredIp row = Worlds.row(id, 7L, ADDRESS.toString(), Worlds.cleanRow());
      table.add(
          new Checked(
              Worlds.check(row, Worlds.verdict(1, "a.example N, b.example N")),
              new Unchanged(row.values())));
    }

    assertThat(table.of(1, ADDRESS).orElseThrow()).isSameAs(table.of(2, ADDRESS).orElseThrow());
  }

  private static MonitoredIp row(RowValues values) {
    return Worlds.row(1, 7L, ADDRESS.toString(), values);
  }

  private static Checked unchanged(RowValues values, String answers) {
    MonitoredIp row = row(values);
    return new Checked(Worlds.check(row, Worlds.verdict(1, answers)), new Unchanged(row.values()));
  }
}
