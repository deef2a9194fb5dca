package dnsblmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * R37: after a year of runs every 15 minutes over ten zones, what each page reads is read fast. It
 * prints the figures; the bound is generous, for slow machines.
 */
class YearOfHistoryTest {

  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
  private static final Instant MONTH_AGO = NOW.minus(Duration.ofDays(30));
  private static final Paging PAGE = Paging.first(50);
  private static final Paging MANY = Paging.first(Paging.MAX_LIMIT);

  private static TestDatabase database;
  private static TestHistory history;

  @BeforeAll
  static void makeAYear() {
    database = TestDatabase.create();
    history = TestHistory.create(database);
    Duration took = took(() -> history.execute(YEAR));
    System.out.printf("a year of history: made in %d ms%n", took.toMillis());
  }

  @AfterAll
  static void drop() {
    history.close();
    database.close();
  }

  private static final String YEAR =
      """
      insert into runs (run_id, started_at, ended_at, started_by, dry_run, partial_run, complete,
        outcome, exit_code, rows_read, rows_invalid, rows_unchanged, rows_protected, listed_now, newly_listed, listing_changed,
        restored, conflicts, drifted, lookups, unknown_lookups, tickets_created, tickets_updated)
      select 'run-' || i, t, t + interval '40 seconds', 'command', false, false, i % 100 <> 0,
        case when i % 100 = 0 then 'failed' else 'succeeded' end, case when i % 100 = 0 then 1 else 0 end,
        1000, 0, 1000, 0, 40, 0, 0, 0, 0, 0, 10000, 3, 0, 0
      from (select i, timestamp '2026-12-01' - (35040 - i) * interval '15 minutes' as t
        from generate_series(1, 35040) as i) as s;

      insert into zone_health (run, zone, status, probe, listed, not_listed, unknown_lookups,
        unknown_reasons, median_ms, p99_ms)
      select id, 'zone' || z || '.example', case when (id + z) % 50 = 0 then 'degraded' else 'healthy' end,
        'passed', 4, 996, (id + z) % 3, '', 20 + (id * z) % 60, 200
      from runs, generate_series(0, 9) as z;

      insert into listings (address, zone, is_open, first_seen, last_seen, ended_at, end_reason,
        counts_as, weight, return_codes, reason, ticket, ticket_url)
      select '198.18.' || i / 250 || '.' || i % 250, 'zone' || i % 10 || '.example',
        case when i % 10 = 0 then 1 end, t,
        case when i % 10 = 0 then timestamp '2026-12-01' else t + interval '2 days' end,
        case when i % 10 <> 0 then t + interval '2 days' end,
        case when i % 10 <> 0 then 'not_listed' end,
        'counted', 1, '127.0.0.2', 'blocked, see https://list.example.com/', 'OPS-' || i,
        'https://jira.example.com/browse/OPS-' || i
      from (select i, timestamp '2025-12-01' + i * interval '105 minutes' as t
        from generate_series(1, 5000) as i) as s;

      insert into row_changes (run, row_id, address, change_type, old_priority, new_priority,
        old_blocklists, new_blocklists, event, announced)
      select i * 3, i % 1000, '198.18.' || (i / 2) / 250 || '.' || (i / 2) % 250,
        case when i % 2 = 0 then 'newly_listed' else 'restored' end, 50, 0, '', 'zone1.example', '', false
      from generate_series(1, 10000) as i;

      analyze
      """;

  @Test
  void whatAPageReadsIsReadFast() {
    HistoryReader reader = new HistoryReader(history.settings());
    Ipv4Address address = Ipv4Address.of("198.18.8.10");
    long run = reader.runs(RecordedRun.Filter.ALL, PAGE).items().getFirst().id();
    RecordedChange.Filter changes = RecordedChange.Filter.ALL.ofDryRuns(false);
    Map<String, Runnable> pages = new LinkedHashMap<>();
    pages.put(
        "overview",
        () -> {
          reader.lastComplete(false);
          reader.openListings(RecordedListing.Filter.ALL.ofWeight(1), MANY);
          reader.openListings(RecordedListing.Filter.ALL.counting(CountsAs.WATCH_ONLY), PAGE);
          reader.runs(RecordedRun.Filter.ALL, PAGE);
          for (int days : List.of(1, 7)) {
            reader.changeCounts(
                changes.between(Optional.of(NOW.minus(Duration.ofDays(days))), Optional.empty()));
          }
          reader.changes(changes, PAGE);
          assertThat(reader.zones(MONTH_AGO)).hasSize(10);
        });
    pages.put(
        "address",
        () -> {
          reader.addressExists(address);
          reader.lastComplete(false);
          reader.openListings(RecordedListing.Filter.ALL.ofAddress(address), PAGE);
          reader.listings(RecordedListing.Filter.ALL.ofAddress(address), PAGE);
          reader.changes(RecordedChange.Filter.ALL.ofAddress(address), PAGE);
        });
    pages.put("blocklists", () -> reader.zones(MONTH_AGO));
    pages.put(
        "blocklist",
        () -> {
          reader.zone("zone3.example", MONTH_AGO);
          reader.openListings(RecordedListing.Filter.ALL.ofZone("zone3.example"), PAGE);
          reader.listings(RecordedListing.Filter.ALL.ofZone("zone3.example"), PAGE);
          assertThat(reader.healthByDay("zone3.example", MONTH_AGO)).hasSize(31);
        });
    pages.put("unknown blocklist", () -> assertThat(reader.zoneExists("no.example")).isFalse());
    pages.put("runs", () -> reader.runs(RecordedRun.Filter.ALL, PAGE));
    pages.put(
        "runs that were stopped, of which there are none",
        () ->
            assertThat(
                    reader
                        .runs(RecordedRun.Filter.ALL.ofOutcome(RunEnd.Outcome.STOPPED), PAGE)
                        .items())
                .isEmpty());
    pages.put(
        "run",
        () -> {
          reader.run(run);
          reader.changes(RecordedChange.Filter.ALL.ofRun(run), PAGE);
          assertThat(reader.healthOfRun(run)).hasSize(10);
        });
    pages.put(
        "changes of a week long ago",
        () ->
            assertThat(
                    reader
                        .changes(
                            changes.between(
                                Optional.of(NOW.minus(Duration.ofDays(300))),
                                Optional.of(NOW.minus(Duration.ofDays(293)))),
                            PAGE)
                        .items())
                .hasSize(50));
    pages.put(
        "listings of a week long ago",
        () ->
            assertThat(
                    reader
                        .listings(
                            RecordedListing.Filter.ALL.openBetween(
                                Optional.of(NOW.minus(Duration.ofDays(300))),
                                Optional.of(NOW.minus(Duration.ofDays(293)))),
                            PAGE)
                        .items())
                .hasSize(50));

    assertThat(pages).allSatisfy(YearOfHistoryTest::isReadFast);
  }

  private static void isReadFast(String page, Runnable read) {
    Duration first = took(read);
    System.out.printf(
        "a year of history: %s, %d ms, again %d ms%n",
        page, first.toMillis(), took(read).toMillis());
    assertThat(first).isLessThan(BOUND);
  }

  private static Duration took(Runnable read) {
    long started = System.nanoTime();
    read.run();
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
