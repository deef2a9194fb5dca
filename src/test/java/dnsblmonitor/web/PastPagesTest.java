package dnsblmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.domain.ZoneHealth.Status;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.history.CountsAs;
import dnsblmonitor.history.Page;
import dnsblmonitor.history.RecordedChange;
import dnsblmonitor.history.RecordedHealth;
import dnsblmonitor.history.RecordedListing;
import dnsblmonitor.history.RecordedListing.End;
import dnsblmonitor.history.RecordedListing.EndReason;
import dnsblmonitor.history.RecordedRun;
import dnsblmonitor.history.RowChange;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.RunNumbers;
import dnsblmonitor.history.RunRecord.StartedBy;
import dnsblmonitor.history.Ticket;
import dnsblmonitor.history.ZoneReliability;
import dnsblmonitor.history.ZoneReliability.Counts;
import dnsblmonitor.postal.IpAddressTable.RowState;
import dnsblmonitor.postal.TableRow;
import dnsblmonitor.web.ListingRow.Context;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R37: the pages of the history show what it says, in words and as text. */
class PastPagesTest {

  static final Frame FRAME =
      new Frame(
          "",
          "1.2.3",
          "production",
          "postgresql://db.example.com/postal",
          "somebody",
          "token",
          List.of());

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final Ipv4Address IP = Ipv4Address.of("192.0.2.1");
  private static final Context CONTEXT =
      new Context(NOW, Optional.of(NOW.minus(Duration.ofMinutes(5))), 0);
  private static final Start NO_START =
      new Start("token", false, List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  private final Html html = new Html(() -> new Redaction(List.of(new Secret("canary=<1>"))));

  private static RecordedListing listing(Duration firstSeen, Duration lastSeen) {
    return new RecordedListing(
        17,
        IP,
        "zen.spamhaus.org",
        NOW.minus(firstSeen),
        NOW.minus(lastSeen),
        Optional.empty(),
        CountsAs.COUNTED,
        1,
        "127.0.0.2",
        Optional.of("<b>spam</b>"),
        Optional.of(new Ticket("OPS-1", Optional.of(URI.create("https://jira.example/OPS-1")))));
  }

  private static RecordedListing ended(Duration firstSeen, Duration end, EndReason why) {
    RecordedListing open = listing(firstSeen, end);
    return new RecordedListing(
        18,
        open.address(),
        open.zone(),
        open.firstSeen(),
        open.lastSeen(),
        Optional.of(new End(NOW.minus(end), why)),
        open.countsAs(),
        open.weight(),
        open.codes(),
        open.reason(),
        open.ticket());
  }

  private static MonitoredIp row(RowValues values) {
    return new MonitoredIp(
        7, IP, Optional.empty(), Optional.of(3L), Optional.of("mx1.example.com"), values);
  }

  private static RecordedRun run(StartedBy by, boolean dry, RunEnd end) {
    return new RecordedRun(
        17,
        "run-17",
        end.at().minusSeconds(2),
        by,
        dry,
        false,
        true,
        end,
        Optional.empty(),
        new RunTotals(10, 1, 0, 1, 7, 2, 1, 0, 0, 0, 3, 90),
        1,
        0);
  }

  private static RunEnd end(Duration before) {
    return new RunEnd(NOW.minus(before), 0, Optional.empty());
  }

  @Test
  void aListingSaysSinceWhenItIsAndWhereItsRemovalIsRequested() {
    ListingRow shown =
        ListingRow.of(
            listing(Duration.ofHours(3), Duration.ofMinutes(5)),
            List.of(row(new RowValues(0, 50, "zen.spamhaus.org", null))),
            CONTEXT);

    assertThat(shown.since().orElseThrow().ago()).isEqualTo("3 hours ago");
    assertThat(shown.since().orElseThrow().text()).isEqualTo("2026-11-30 09:00:00 UTC");
    assertThat(shown.unconfirmed()).isEmpty();
    assertThat(shown.counts()).isEqualTo("counts");
    assertThat(shown.hostname()).contains("mx1.example.com");
    assertThat(shown.pool()).isEqualTo("3");
    assertThat(shown.edited()).isEmpty();
    assertThat(shown.lookup()).contains("https://check.spamhaus.org/results/?query=192.0.2.1");
  }

  @Test
  void aListingThatTheLastCompleteRunDidNotConfirmSaysSo() {
    ListingRow shown =
        ListingRow.of(listing(Duration.ofHours(3), Duration.ofMinutes(20)), List.of(), CONTEXT);

    assertThat(shown.unconfirmed().orElseThrow().ago()).isEqualTo("20 minutes ago");
    assertThat(overview(List.of(shown))).contains("not answering since");
  }

  @ParameterizedTest
  @CsvSource({
    "COUNTED, 1, counts",
    "COUNTED, -1, allowlist",
    "WATCH_ONLY, 0, watch only",
    "HELD_BACK, 1, held back",
    "EXCEPTED, 1, exception"
  })
  void howAListingCountsIsPlain(CountsAs countsAs, int weight, String words) {
    assertThat(ListingRow.counts(countsAs, weight)).isEqualTo(words);
  }

  /** R6a: Postal's UI re-posts all fields of a row that somebody saves. */
  @Test
  void aRowThatWasEditedIsMarkedAsSetByHand() {
    MonitoredIp edited = row(new RowValues(100, 50, "zen.spamhaus.org", null));
    MonitoredIp emptied = row(new RowValues(0, 50, null, null));

    assertThat(ListingRow.edited(edited, 0)).contains("priority 100 set by hand");
    assertThat(ListingRow.edited(emptied, 0)).contains("blockingLists emptied by hand");
    assertThat(ListingRow.edited(row(new RowValues(50, null, null, null)), 0)).isEmpty();
    assertThat(AddressRow.of(edited, 0, List.of()).state()).isEqualTo("set by hand");
    assertThat(AddressRow.of(edited, 0, List.of()).priority()).isEqualTo("100, set by hand");
    assertThat(AddressRow.of(edited, 100, List.of()).state()).isEqualTo("listed");
  }

  @Test
  void aRowThatIsListedWithoutARecordedListingIsMarked() {
    ListingRow shown =
        ListingRow.unrecorded(row(new RowValues(0, 50, "b.example", null)), "b.example", CONTEXT);

    assertThat(overview(List.of(shown)))
        .contains("set by hand, or not recorded by a run yet", "only in Postal&#39;s table");
  }

  @Test
  void aRowOfTheTableHasItsTicketAndNoPageWithoutAnAddress() {
    AddressRow listed =
        AddressRow.of(
            new TableRow.Valid(
                row(new RowValues(0, 50, "a.example,b.example", "new block")), Optional.empty()),
            0,
            List.of(listing(Duration.ofHours(3), Duration.ZERO)));
    AddressRow invalid = AddressRow.of(new TableRow.Invalid(9, "mail.example"), 0, List.of());

    assertThat(listed.lists()).containsExactly("a.example", "b.example");
    assertThat(listed.priority()).isEqualTo("0 (was 50; restored after delisting)");
    assertThat(listed.ticket().orElseThrow().key()).isEqualTo("OPS-1");
    assertThat(invalid.link()).isFalse();
    assertThat(invalid.state()).isEqualTo("invalid");
  }

  @Test
  void anAlertSaysThatNoCompleteRunWasRecordedForAnHour() {
    OverviewView.Alive fine = alive(Duration.ofMinutes(60), Optional.empty());
    OverviewView.Alive late = alive(Duration.ofMinutes(61), Optional.empty());

    assertThat(fine.stale()).isFalse();
    assertThat(overview(fine, List.of()))
        .contains("The last complete run ended 1 hour ago, at <time", "<a href=\"/runs/17\">")
        .doesNotContain("role=\"alert\"");
    assertThat(late.stale()).isTrue();
    assertThat(overview(late, List.of()))
        .contains("role=\"alert\"", "No complete run has been recorded since <time")
        .contains("(1 hour ago). Check the schedule, the latest runs below, and the log for")
        .contains("<code>history_failed</code>");
    assertThat(overview(OverviewView.Alive.of(Optional.empty(), Optional.empty(), NOW), List.of()))
        .contains("No complete run has been recorded yet. Check");
  }

  @ParameterizedTest
  @CsvSource({
    "PT15M, PT60M, false",
    "PT15M, PT61M, true",
    "PT30M, PT61M, true",
    "PT31M, PT62M, false",
    "PT31M, PT63M, true",
    "P1D, PT48H, false",
    "P1D, PT49H, true"
  })
  void aServerWithALongPeriodIsLateAfterTwoOfThem(Duration every, Duration age, boolean stale) {
    assertThat(alive(age, Optional.of(every)).stale()).isEqualTo(stale);
  }

  private static OverviewView.Alive alive(Duration age, Optional<Duration> every) {
    return OverviewView.Alive.of(Optional.of(run(StartedBy.COMMAND, false, end(age))), every, NOW);
  }

  @Test
  void whoeverSeesOnlySomeListingsIsLedToTheRest() {
    assertThat(overview(List.of()))
        .contains("Only 7 listings are shown: first those that count")
        .contains(
            "has all of its listings: <a href=\"/blocklists/a.example\">a.example</a> (812) <br>");
  }

  @Test
  void theCountsOfDryRunsAreSaidToRepeat() {
    OverviewView.Alive alive = alive(Duration.ZERO, Optional.empty());

    assertThat(overview(NO_START, alive, List.of(), true))
        .contains("DRY_RUN is true: each run counts what it would change, so the same changes");
    assertThat(overview(NO_START, alive, List.of(), false)).doesNotContain("id=\"repeated\"");
  }

  private static ZoneRow zone(String name, long open) {
    return ZoneRow.of(
        new ZoneReliability(name, Counts.NONE, Duration.ZERO, Optional.empty(), open),
        ZoneList.parse(name),
        NOW);
  }

  @Test
  void thePageSaysWhichDeploymentItShows() {
    assertThat(overview(List.of()))
        .contains(
            "<title>1 listed - Postal DNSBL Monitor</title>",
            "1.2.3",
            "deployment production, postgresql://db.example.com/postal",
            "<a href=\"/\" aria-current=\"true\">Overview</a>",
            "<a href=\"/runs\">Runs</a>");
  }

  @Test
  void whatIsShownIsTextAndNoSecret() {
    RunEnd failed = new RunEnd(NOW, 1, Optional.of("refused: canary=<1> <script>"));
    String page =
        html.page(
            RunView.of(
                FRAME.around("Run 17", Optional.of(Frame.Part.RUNS)),
                run(StartedBy.USER, true, failed),
                List.of(),
                Optional.empty(),
                List.of(),
                NOW));

    assertThat(page)
        .contains("refused: *** &lt;script&gt;", "manual, dry run", "Dry run: its changes")
        .doesNotContain("canary", "<script");
    assertThat(
            overview(
                List.of(
                    ListingRow.of(
                        listing(Duration.ofHours(3), Duration.ZERO), List.of(), CONTEXT))))
        .contains("&lt;b&gt;spam&lt;/b&gt;");
  }

  @Test
  void aRunSaysWhatStartedItAndWhatItFound() {
    assertThat(PastRunRow.of(run(StartedBy.COMMAND, false, end(Duration.ZERO)), NOW))
        .satisfies(row -> {
          assertThat(row.kind()).isEqualTo("command");
          assertThat(row.found()).isEqualTo("9 checked, 2 listed, 2 changed");
          assertThat(row.took()).isEqualTo("2.0 s");
        });
    assertThat(PastRunRow.kind(run(StartedBy.SCHEDULE, false, end(Duration.ZERO))))
        .isEqualTo("schedule");
    assertThat(PastRunRow.kind(run(StartedBy.USER, true, end(Duration.ZERO))))
        .isEqualTo("manual, dry run");
    assertThat(PastRunRow.of(run(StartedBy.USER, true, end(Duration.ZERO)), NOW).found())
        .endsWith("2 would change");
  }

  @Test
  void runsAreFilteredByTheWordsOfTheirKind() {
    assertThat(Parameters.choices(PastRunRow.Kind.values(), Optional.empty()))
        .extracting(RowsView.Choice::text, RowsView.Choice::value)
        .containsExactly(
            tuple("command", "command"),
            tuple("schedule", "schedule"),
            tuple("manual", "manual"),
            tuple("dry run", "dry-run"));
    assertThat(PastRunRow.Kind.MANUAL.startedBy()).contains(StartedBy.USER);
    assertThat(PastRunRow.Kind.DRY_RUN.startedBy()).isEmpty();
  }

  @Test
  void thePageOfARunHasItsChangesAndItsHealth() {
    String page =
        html.page(
            RunView.of(
                FRAME.around("Run 17", Optional.of(Frame.Part.RUNS)),
                run(StartedBy.COMMAND, false, end(Duration.ZERO)),
                List.of(ChangeRow.of(change(80, 0, List.of("c.example")), NOW)),
                Optional.of("/runs/17?before=3"),
                List.of(
                    new RecordedHealth(
                        "a.example",
                        Status.DEGRADED,
                        "passed",
                        1,
                        2,
                        3,
                        "Timeout 3",
                        Duration.ofMillis(30),
                        Duration.ofMillis(90))),
                NOW));

    assertThat(page)
        .contains(
            "now listed by c.example; no longer listed by a.example",
            "80 → 0",
            "<span class=\"word degraded\">degraded</span>",
            "Timeout 3",
            "/runs/17?before&#x3D;3");
  }

  private static RecordedChange change(int before, int after, List<String> lists) {
    return new RecordedChange(
        3,
        17,
        NOW,
        false,
        7,
        IP,
        RowChange.Type.CHANGED,
        before,
        after,
        List.of("a.example"),
        lists,
        "blocking list change");
  }

  @Test
  void aPriorityThatStayedIsNotShownAsAChange() {
    assertThat(ChangeRow.of(change(0, 0, List.of("a.example")), NOW).priority())
        .isEqualTo("0 (unchanged)");
  }

  @Test
  void aBlocklistSaysHowReliableItIs() {
    ZoneReliability zone =
        new ZoneReliability(
            "watch.example",
            new Counts(995, 3, 0, 2, 10_000, 1),
            Duration.ofMillis(40),
            Optional.of(new ZoneReliability.Latest(17, NOW, Status.HEALTHY)),
            2);

    ZoneRow shown = ZoneRow.of(zone, ZoneList.parse("a.example,watch.example*0"), NOW);

    assertThat(shown.note()).contains("watch only");
    assertThat(shown.health().healthy()).isEqualTo("99.5 %");
    assertThat(shown.health().barWidth()).isEqualTo(99);
    assertThat(shown.health().summary()).isEqualTo("1000 runs, 3 degraded, 2 broken");
    assertThat(shown.health().unknown()).isEqualTo("0.1 %");
    assertThat(shown.median()).isEqualTo("40 ms");
    assertThat(ZoneRow.of(zone, List.of(), NOW).note()).contains("no longer in DNSBL_ZONES");
  }

  @Test
  void thePageOfABlocklistHasADayForEachDay() {
    String page =
        html.page(
            new BlocklistView(
                FRAME.around("a.example", Optional.of(Frame.Part.BLOCKLISTS)),
                ZoneRow.of(
                    new ZoneReliability(
                        "a.example", Counts.NONE, Duration.ZERO, Optional.empty(), 0),
                    ZoneList.parse("a.example"),
                    NOW),
                List.of(
                    BlocklistView.Day.of(
                        new ZoneReliability.Day(
                            LocalDate.parse("2026-11-29"), new Counts(95, 0, 0, 1, 960, 10)))),
                List.of(),
                Optional.of("/blocklists/a.example?listed-before=3"),
                List.of(
                    ListingRow.of(
                        ended(Duration.ofDays(3), Duration.ofDays(1), EndReason.NOT_LISTED),
                        List.of(),
                        CONTEXT)),
                Optional.empty()));

    assertThat(page)
        .contains("2026-11-29", "99.0 %", "96 runs, 1 broken", "2 days, delisted")
        .contains("It lists no address.", "/blocklists/a.example?listed-before&#x3D;3");
  }

  @Test
  void theTimelineIsAPictureWithTheSameInWords() {
    List<RecordedListing> listings =
        List.of(
            listing(Duration.ofDays(3), Duration.ZERO),
            ended(Duration.ofDays(60), Duration.ofDays(30), EndReason.NOT_MONITORED));

    Timeline timeline = Timeline.of("192.0.2.1", new Page<>(listings, Optional.empty()), NOW);

    assertThat(timeline.latest()).isEmpty();
    assertThat(timeline.summary())
        .isEqualTo(
            "Listings of 192.0.2.1 from 2026-10-01 to 2026-11-30: 2 on 1 list, of which 1 is still open. The table below has each one.");
    assertThat(timeline.lanes()).hasSize(1);
    assertThat(timeline.lanes().getFirst().bars())
        .extracting(Timeline.Bar::x, Timeline.Bar::width, Timeline.Bar::open)
        .containsExactly(tuple(760L, 40L, true), tuple(0L, 400L, false));
    assertThat(timeline.lanes().getFirst().bars().getLast().words())
        .isEqualTo("zen.spamhaus.org: from 2026-10-01 12:00:00 UTC to 2026-10-31 12:00:00 UTC");
  }

  @Test
  void aListingByAnAllowlistIsMarkedInTheTimeline() {
    RecordedListing open = listing(Duration.ofDays(3), Duration.ZERO);
    RecordedListing allowed =
        new RecordedListing(
            19,
            open.address(),
            "allow.example",
            open.firstSeen(),
            open.lastSeen(),
            open.end(),
            CountsAs.COUNTED,
            -1,
            open.codes(),
            open.reason(),
            open.ticket());

    assertThat(
            Timeline.of("192.0.2.1", new Page<>(List.of(open, allowed), Optional.empty()), NOW)
                .lanes())
        .extracting(Timeline.Lane::label)
        .containsExactly("allow.example (allowlist)", "zen.spamhaus.org");
  }

  @Test
  void aShortListingIsStillSeen() {
    Timeline timeline =
        Timeline.of(
            "192.0.2.1",
            new Page<>(List.of(listing(Duration.ofSeconds(1), Duration.ZERO)), Optional.empty()),
            NOW);

    assertThat(timeline.lanes().getFirst().bars().getFirst().x()).isEqualTo(798);
    assertThat(timeline.lanes().getFirst().bars().getFirst().width()).isEqualTo(2);
  }

  @Test
  void thePageOfAnAddressHasAllOfIt() {
    RecordedListing open = listing(Duration.ofDays(3), Duration.ZERO);
    String page =
        html.page(
            new AddressView(
                FRAME.around("192.0.2.1", Optional.of(Frame.Part.ADDRESSES)),
                "192.0.2.1",
                Optional.empty(),
                List.of(AddressView.Row.of(row(new RowValues(0, 50, "a.example", "new block")), 0)),
                List.of(ListingRow.of(open, List.of(), CONTEXT)),
                Optional.of(
                    Timeline.of("192.0.2.1", new Page<>(List.of(open), Optional.of(17L)), NOW)),
                List.of(ListingRow.of(open, List.of(), CONTEXT)),
                Optional.of("/addresses/192.0.2.1?before=3"),
                List.of(ChangeRow.of(change(80, 0, List.of("a.example", "b.example")), NOW)),
                true,
                List.of(new TicketLink("OPS-1", Optional.empty()))));

    assertThat(page)
        .contains(
            "<h1>192.0.2.1</h1>",
            "role=\"img\" aria-labelledby=\"timeline-title\"",
            "class=\"listing open\"",
            "3 days, still listed",
            "now listed by b.example",
            "The timeline shows the latest 1 listings.",
            "Latest listings of 192.0.2.1 from",
            "Only the latest 1 changes are shown",
            "/api/v1/changes?address=192.0.2.1",
            "Earlier listings",
            "OPS-1");
  }

  @Test
  void theRunThatIsUnderWayIsSaidToReloadThePage() {
    Start start =
        new Start(
            "token",
            true,
            List.of(),
            Optional.of(new Start.Form("", List.of(), true)),
            Optional.empty(),
            Optional.of(new Start.Running(Optional.of(Words.Moment.of(NOW)), true)));

    String page =
        overview(start, OverviewView.Alive.of(Optional.empty(), Optional.empty(), NOW), List.of());

    assertThat(start.isReloading()).isTrue();
    assertThat(page).contains("This page reloads every 5 seconds", "href=\"/?reload=no\"");
    assertThat(page)
        .as("the batch API's number is not the id of the run in the history")
        .contains(
            "Your run has started. Refresh",
            "A run of this server has been under way since <time datetime=\"2026-11-30T12:00:00Z\">2026-11-30 12:00:00 UTC</time>.")
        .doesNotContain("Run 4", "run 4");
    assertThat(page.indexOf("value=\"dry\""))
        .isPositive()
        .isLessThan(page.indexOf("value=\"run\""));
  }

  @Test
  void aRunThatWasJustStartedIsUnderWayBeforeItIsKnown() {
    RunEntry ended =
        new RunEntry(
            new RunNumbers(3, 3),
            "run-3",
            NOW,
            false,
            Optional.empty(),
            Optional.of(end(Duration.ZERO)),
            Optional.empty());

    assertThat(Start.Running.of(List.of(ended), Optional.of(4L), true))
        .contains(new Start.Running(Optional.empty(), true));
    assertThat(Start.Running.of(List.of(ended), Optional.of(3L), true)).isEmpty();
    assertThat(Start.Running.of(List.of(ended), Optional.empty(), true)).isEmpty();
  }

  @Test
  void theTableOfAllRowsKeepsItsFilters() {
    RowsQuery query =
        RowsQuery.of(
            parameters(
                Map.of(
                    "state",
                    "set-by-hand",
                    "pool",
                    "3",
                    "blocklist",
                    "a.example",
                    "after",
                    "set-by-hand-17")));

    assertThat(query.state()).contains(RowState.SET_BY_HAND);
    assertThat(query.linkAfter(query.after().orElseThrow()))
        .isEqualTo("/addresses?after=set-by-hand-17&state=set-by-hand&pool=3&blocklist=a.example");
    assertThat(
            html.page(
                new RowsView(
                    FRAME.around("Addresses", Optional.of(Frame.Part.ADDRESSES)),
                    query,
                    Optional.empty(),
                    Parameters.choices(RowState.values(), query.state()),
                    List.of(),
                    List.of(),
                    Optional.empty())))
        .contains(
            "<option value=\"set-by-hand\" selected>set by hand</option>", "No matching rows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          state | nonsense | “nonsense” is not possible for 'state'. Use one of: listed, clean, set-by-hand.
          pool  | x        | “x” is not a number. Correct 'pool' in the address of the page, or leave it out.
          after | 17       | “17” is not a row to continue after. Leave out 'after' in the address of the page.
          """)
  void aWrongFilterIsNamed(String name, String value, String message) {
    assertThatThrownBy(() -> RowsQuery.of(parameters(Map.of(name, value))))
        .isInstanceOf(PageException.class)
        .hasMessageContaining(message);
  }

  private static Parameters parameters(Map<String, String> values) {
    return new Parameters(values::get);
  }

  @ParameterizedTest
  @CsvSource({
    "PT-5S, just now",
    "PT59S, just now",
    "PT1M, 1 minute ago",
    "PT59M59S, 59 minutes ago",
    "PT1H, 1 hour ago",
    "PT47H, 47 hours ago",
    "PT48H, 2 days ago",
    "P400D, 400 days ago"
  })
  void aTimeIsALongTimeAgoInItsLargestUnit(Duration past, String words) {
    assertThat(Words.ago(past)).isEqualTo(words);
  }

  private String overview(List<ListingRow> listed) {
    return overview(alive(Duration.ZERO, Optional.empty()), listed);
  }

  private String overview(OverviewView.Alive alive, List<ListingRow> listed) {
    return overview(NO_START, alive, listed);
  }

  private String overview(Start start, OverviewView.Alive alive, List<ListingRow> listed) {
    return overview(start, alive, listed, false);
  }

  private String overview(
      Start start, OverviewView.Alive alive, List<ListingRow> listed, boolean dryRun) {
    return html.page(
        new OverviewView(
            FRAME.around("1 listed", Optional.of(Frame.Part.OVERVIEW)),
            start,
            alive,
            Optional.empty(),
            listed,
            Optional.of(7),
            Optional.empty(),
            OverviewView.Counts.of(
                Map.of(RowChange.Type.RESTORED, 1L), Map.of(RowChange.Type.RESTORED, 2L)),
            dryRun,
            List.of(),
            List.of(zone("a.example", 812), zone("b.example", 0)),
            List.of()));
  }
}
