package dnsblmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.ZoneHealth.Status;
import dnsblmonitor.history.RecordedListing.EndReason;
import dnsblmonitor.history.RunEnd.Outcome;
import dnsblmonitor.history.RunRecord.StartedBy;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R37: what can be read of what runs left behind; the same on each kind of database (R9). */
interface HistoryReaderContract {

  String ZONES = "a.example,b.example,watch.example*0,allow.example*-1";
  Ipv4Address IP = Ipv4Address.of("192.0.2.1");
  Ipv4Address OTHER = Ipv4Address.of("192.0.2.2");
  Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
  Paging ALL = Paging.first(100);

  HistoryReader reader();

  TestHistory history();

  TestDatabase database();

  @AfterEach
  default void drop() {
    reader().close();
    history().close();
    database().close();
  }

  private void write(Records... runs) {
    HistoryWriter writer = new HistoryWriter(history().settings(), Redaction.NONE, Set.of());
    for (Records run : runs) {
      writer.write(run.record());
    }
  }

  private static Records at(String time) {
    return Records.at("2026-11-30T%s:00Z".formatted(time), ZONES);
  }

  /** The first listing is over, another one of the same address and list is open. */
  private void writeListings() {
    write(
        at("10:00").row("192.0.2.1", "LNNN").row("192.0.2.2", "NNLL"),
        at("10:15")
            .row("192.0.2.1", "NLNN", "spam", Set.of("b.example"), Set.of())
            .row("192.0.2.2", "NNLL")
            .ticket("192.0.2.1", "OPS-1"),
        at("10:30").row("192.0.2.1", "LUNN").row("192.0.2.2", "NNLN"));
  }

  private static List<String> names(Page<RecordedListing> page) {
    return page.items().stream().map(it -> it.address() + " " + it.zone()).toList();
  }

  @Test
  default void anEmptyHistoryHasNothing() {
    HistoryReader reader = reader();

    assertThat(reader.openListings(RecordedListing.Filter.ALL, ALL).items()).isEmpty();
    assertThat(reader.listings(RecordedListing.Filter.ALL, ALL).items()).isEmpty();
    assertThat(reader.changes(RecordedChange.Filter.ALL, ALL).items()).isEmpty();
    assertThat(reader.changeCounts(RecordedChange.Filter.ALL).values()).containsOnly(0L).hasSize(3);
    assertThat(reader.runs(RecordedRun.Filter.ALL, ALL).items()).isEmpty();
    assertThat(reader.run(1)).isEmpty();
    assertThat(reader.lastComplete(true)).isEmpty();
    assertThat(reader.healthOfRun(1)).isEmpty();
    assertThat(reader.zones(LONG_AGO)).isEmpty();
    assertThat(reader.zone("a.example", LONG_AGO)).isEmpty();
    assertThat(reader.healthByDay("a.example", LONG_AGO)).isEmpty();
    assertThat(reader.addressExists(IP)).isFalse();
    assertThat(reader.zoneExists("a.example")).isFalse();
  }

  @Test
  default void aListingIsReadAsItWasWritten() {
    writeListings();

    List<RecordedListing> open =
        reader().openListings(RecordedListing.Filter.ALL.ofZone("b.example"), ALL).items();
    List<RecordedListing> over =
        reader()
            .listings(RecordedListing.Filter.ALL.ofAddress(OTHER).ofZone("allow.example"), ALL)
            .items();

    assertThat(open)
        .singleElement()
        .usingRecursiveComparison()
        .ignoringFields("id", "ticket")
        .isEqualTo(
            new RecordedListing(
                0,
                IP,
                "b.example",
                Instant.parse("2026-11-30T10:15:02Z"),
                Instant.parse("2026-11-30T10:15:02Z"),
                Optional.empty(),
                CountsAs.HELD_BACK,
                1,
                "127.0.0.2",
                Optional.of("spam"),
                Optional.empty()));
    assertThat(open.getFirst().ticket().orElseThrow().key()).isEqualTo("OPS-1");
    assertThat(open.getFirst().ticket().orElseThrow().page().orElseThrow())
        .hasToString("https://jira.example.com/browse/OPS-1");
    assertThat(over)
        .singleElement()
        .satisfies(listing -> {
          assertThat(listing.weight()).isEqualTo(-1);
          assertThat(listing.end())
              .contains(
                  new RecordedListing.End(
                      Instant.parse("2026-11-30T10:30:02Z"), EndReason.NOT_LISTED));
        });
  }

  @Test
  default void openListingsAreFilteredAndTheLatestComeFirst() {
    writeListings();
    HistoryReader reader = reader();
    RecordedListing.Filter all = RecordedListing.Filter.ALL;

    assertThat(names(reader.openListings(all, ALL)))
        .containsExactly("192.0.2.1 a.example", "192.0.2.1 b.example", "192.0.2.2 watch.example");
    assertThat(names(reader.openListings(all.ofWeight(1), ALL)))
        .containsExactly("192.0.2.1 a.example", "192.0.2.1 b.example");
    assertThat(names(reader.openListings(all.counting(CountsAs.WATCH_ONLY), ALL)))
        .containsExactly("192.0.2.2 watch.example");
    assertThat(names(reader.openListings(all.ofAddress(IP).ofZone("a.example"), ALL)))
        .containsExactly("192.0.2.1 a.example");
  }

  @Test
  default void listingsOfATimeAreThoseThatWereOpenInIt() {
    writeListings();
    HistoryReader reader = reader();
    RecordedListing.Filter first = RecordedListing.Filter.ALL.ofZone("a.example");

    assertThat(names(reader.listings(first, ALL))).hasSize(2);
    assertThat(
            names(
                reader.listings(
                    first.openBetween(
                        Optional.empty(), Optional.of(Instant.parse("2026-11-30T10:20:00Z"))),
                    ALL)))
        .hasSize(1);
    assertThat(
            names(
                reader.listings(
                    first.openBetween(
                        Optional.of(Instant.parse("2026-11-30T10:20:00Z")), Optional.empty()),
                    ALL)))
        .as("the first one ended before")
        .hasSize(1);
    assertThat(
            names(
                reader.listings(
                    first.openBetween(
                        Optional.of(Instant.parse("2026-11-30T10:14:00Z")), Optional.empty()),
                    ALL)))
        .hasSize(2);
  }

  @Test
  default void pagesFollowEachOtherWithoutGapsWhileRunsAreWritten() {
    for (int i = 0; i < 5; i++) {
      write(at("10:0" + i).startedBy(i < 4 ? StartedBy.SCHEDULE : StartedBy.USER));
    }
    List<String> read = new ArrayList<>();
    Optional<Long> next = Optional.empty();

    do {
      Page<RecordedRun> page = reader().runs(RecordedRun.Filter.ALL, new Paging(next, 2));
      page.items().forEach(run -> read.add(run.runId().substring(15, 20)));
      next = page.next();
      write(at("11:00").id("later-than-the-first-page-" + read.size()));
    } while (next.isPresent());

    assertThat(read).containsExactly("10:04", "10:03", "10:02", "10:01", "10:00");
  }

  @Test
  default void aPageThatIsExactlyFullIsTheLast() {
    write(at("10:00"), at("10:15"));

    assertThat(reader().runs(RecordedRun.Filter.ALL, Paging.first(2)).next()).isEmpty();
    assertThat(reader().runs(RecordedRun.Filter.ALL, Paging.first(1)).next()).isPresent();
    assertThatThrownBy(() -> Paging.first(0)).hasMessage("limit must be 1-1000: 0");
  }

  @Test
  default void runsAreFiltered() {
    write(
        at("10:00").startedBy(StartedBy.SCHEDULE),
        at("10:15").startedBy(StartedBy.USER).dry(),
        at("10:30").ended(1, "Jira is down"),
        at("10:45").incomplete().ended(0, "skipped, another run is in progress"));
    RecordedRun.Filter all = RecordedRun.Filter.ALL;

    assertThat(runs(all)).containsExactly("10:45", "10:30", "10:15", "10:00");
    assertThat(runs(all.ofOutcome(Outcome.FAILED))).containsExactly("10:30");
    assertThat(runs(all.ofOutcome(Outcome.SKIPPED))).containsExactly("10:45");
    assertThat(runs(all.ofStartedBy(StartedBy.SCHEDULE))).containsExactly("10:00");
    assertThat(runs(all.ofDryRuns(true))).containsExactly("10:15");
    assertThat(runs(all.ofDryRuns(false).ofStartedBy(StartedBy.USER))).isEmpty();
    assertThat(
            runs(
                all.between(
                    Optional.of(Instant.parse("2026-11-30T10:15:00Z")),
                    Optional.of(Instant.parse("2026-11-30T10:45:00Z")))))
        .containsExactly("10:30", "10:15");
  }

  private List<String> runs(RecordedRun.Filter filter) {
    return reader().runs(filter, ALL).items().stream()
        .map(run -> run.startedAt().toString().substring(11, 16))
        .toList();
  }

  @Test
  default void aRunIsReadAsItWasWritten() {
    write(
        at("10:00")
            .row("192.0.2.1", "LNUN")
            .row("192.0.2.2", "NNNN")
            .startedBy(StartedBy.USER)
            .dry()
            .ended(1, "Jira is down"));
    long id = reader().runs(RecordedRun.Filter.ALL, ALL).items().getFirst().id();

    RecordedRun run = reader().run(id).orElseThrow();

    assertThat(run)
        .isEqualTo(
            new RecordedRun(
                id,
                "run-2026-11-30T10:00:00Z",
                Instant.parse("2026-11-30T10:00:00Z"),
                StartedBy.USER,
                true,
                false,
                true,
                new RunEnd(Instant.parse("2026-11-30T10:00:02Z"), 1, Optional.of("Jira is down")),
                Optional.empty(),
                new RunTotals(2, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 8),
                0,
                0));
    assertThat(reader().run(id + 1)).isEmpty();
    assertThat(reader().healthOfRun(id))
        .extracting(RecordedHealth::zone)
        .containsExactly("a.example", "allow.example", "b.example", "watch.example");
    assertThat(reader().healthOfRun(id).getLast())
        .usingRecursiveComparison()
        .ignoringFields("probe")
        .isEqualTo(
            new RecordedHealth(
                "watch.example",
                Status.DEGRADED,
                "",
                0,
                1,
                1,
                "Timeout 1",
                Duration.ofMillis(30),
                Duration.ofMillis(30)));
  }

  @Test
  default void theLastCompleteRunLookedUpEverything() {
    write(at("10:00"), at("10:15").dry(), at("10:30").incomplete());

    assertThat(reader().lastComplete(false).orElseThrow().startedAt())
        .isEqualTo("2026-11-30T10:00:00Z");
    assertThat(reader().lastComplete(true).orElseThrow().startedAt())
        .isEqualTo("2026-11-30T10:15:00Z");
  }

  @Test
  default void changesAreReadWithTheirRunAndFiltered() {
    write(
        at("10:00").row("192.0.2.1", "LLNN"),
        at("10:15").row("192.0.2.2", "LNNN").dry(),
        at("10:30").row("192.0.2.2", "NLNN"));
    HistoryReader reader = reader();
    RecordedChange.Filter all = RecordedChange.Filter.ALL;

    List<RecordedChange> changes = reader.changes(all, ALL).items();

    assertThat(changes).hasSize(3);
    RecordedChange first = changes.getLast();
    assertThat(first.at()).isEqualTo("2026-11-30T10:00:02Z");
    assertThat(first.type()).isEqualTo(RowChange.Type.NEWLY_LISTED);
    assertThat(first.oldPriority()).isEqualTo(80);
    assertThat(first.newPriority()).isZero();
    assertThat(first.oldBlocklists()).isEmpty();
    assertThat(first.newBlocklists()).containsExactly("a.example", "b.example");
    assertThat(reader.changes(all.ofRun(first.run()), ALL).items()).containsExactly(first);
    assertThat(reader.changes(all.ofAddress(IP), ALL).items()).containsExactly(first);
    assertThat(reader.changes(all.ofDryRuns(true), ALL).items()).containsExactly(changes.get(1));
    assertThat(reader.changes(all.ofType(RowChange.Type.RESTORED), ALL).items()).isEmpty();
    assertThat(
            reader
                .changes(
                    all.between(
                        Optional.of(Instant.parse("2026-11-30T10:15:00Z")),
                        Optional.of(Instant.parse("2026-11-30T10:30:00Z"))),
                    ALL)
                .items())
        .containsExactly(changes.get(1));
    assertThat(reader.changeCounts(all.ofDryRuns(false)))
        .containsEntry(RowChange.Type.NEWLY_LISTED, 2L)
        .containsEntry(RowChange.Type.RESTORED, 0L);
  }

  @Test
  default void aZoneIsReadWithTheHealthOfItsRuns() {
    write(
        Records.at("2026-10-01T10:00:00Z", ZONES).row("192.0.2.1", "UUUU"),
        Records.at("2026-11-29T10:00:00Z", ZONES).row("192.0.2.1", "LNNN").row("192.0.2.2", "NNNN"),
        Records.at("2026-11-29T10:15:00Z", ZONES).row("192.0.2.1", "UNNN").row("192.0.2.2", "NNNN"),
        Records.at("2026-11-30T10:00:00Z", ZONES)
            .row("192.0.2.1", "UNNN")
            .row("192.0.2.2", "UNNN"));
    Instant since = Instant.parse("2026-11-01T00:00:00Z");
    HistoryReader reader = reader();

    assertThat(reader.zones(since))
        .extracting(ZoneReliability::zone)
        .containsExactly("a.example", "allow.example", "b.example", "watch.example");
    ZoneReliability zone = reader.zone("a.example", since).orElseThrow();
    assertThat(zone.counts()).isEqualTo(new ZoneReliability.Counts(1, 1, 0, 1, 6, 3));
    assertThat(zone.median()).isEqualTo(Duration.ofMillis(30));
    assertThat(zone.latest().orElseThrow().status()).isEqualTo(Status.BROKEN);
    assertThat(zone.latest().orElseThrow().at()).isEqualTo("2026-11-30T10:00:02Z");
    assertThat(zone.openListings()).isEqualTo(1);
    assertThat(reader.healthByDay("a.example", since))
        .containsExactly(
            new ZoneReliability.Day(
                LocalDate.parse("2026-11-29"), new ZoneReliability.Counts(1, 1, 0, 0, 4, 1)),
            new ZoneReliability.Day(
                LocalDate.parse("2026-11-30"), new ZoneReliability.Counts(0, 0, 0, 1, 2, 2)));
  }

  @Test
  default void theMedianOfAZoneIsThatOfItsRuns() {
    write(at("10:00").row("192.0.2.1", "NNNN"), at("10:15").row("192.0.2.1", "NNNN"));
    write(at("10:30").row("192.0.2.1", "NNNN"));
    history().execute("update zone_health set median_ms = run * run * 10");

    assertThat(reader().zone("a.example", LONG_AGO).orElseThrow().median())
        .isEqualTo(Duration.ofMillis(40));
  }

  @Test
  default void aZoneThatNoRunQueriedSinceIsKnownByItsOpenListings() {
    write(at("10:00").row("192.0.2.1", "LNNN"));

    Instant later = Instant.parse("2026-12-30T00:00:00Z");

    assertThat(reader().zones(later))
        .containsExactly(
            new ZoneReliability(
                "a.example", ZoneReliability.Counts.NONE, Duration.ZERO, Optional.empty(), 1));
    assertThat(reader().zone("b.example", later)).isEmpty();
  }

  @Test
  default void whatIsUnknownIsToldFromWhatIsClean() {
    write(at("10:00").row("192.0.2.1", "LNNN").row("192.0.2.2", "NNNN"));

    assertThat(reader().addressExists(IP)).isTrue();
    assertThat(reader().addressExists(OTHER)).isFalse();
    assertThat(reader().zoneExists("b.example")).isTrue();
    assertThat(reader().zoneExists("c.example")).isFalse();
    assertThat(reader().zoneExists("' or 1 = 1 --")).isFalse();
  }

  @Test
  default void aHistoryThatCannotBeReadIsNamed() {
    history().execute("drop table flyway_schema_history");

    assertThatThrownBy(() -> reader().lastComplete(false))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("a table or column is missing; run 'dnsbl-monitor migrate'");
  }

  @Test
  default void aSlowHistoryEndsTheWaitAfterFiveSeconds() throws SQLException {
    try (Connection other = history().connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          database().settings().kind() == dnsblmonitor.postal.DatabaseKind.POSTGRESQL
              ? "lock table runs in access exclusive mode"
              : "lock tables runs write");
      long started = System.nanoTime();

      assertThatThrownBy(() -> reader().run(1)).hasMessageContaining("no answer within 5 s");

      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
    }
  }
}
