package dnsblmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dnsblmonitor.batch.RunSchedule;
import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.RunReport;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneAnswer;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.history.RowChange;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.RunNumbers;
import dnsblmonitor.history.RunResult;
import dnsblmonitor.history.StandingTable;
import dnsblmonitor.history.Ticket;
import dnsblmonitor.postal.TableRow;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page shows what the table, the last run and Jira say, as text and nothing else. */
class PageTest {

  private static final Instant BEGAN = Instant.parse("2026-11-23T10:15:30.123Z");
  private static final Ipv4Address LISTED = Ipv4Address.of("203.0.113.7");
  private static final List<Zone> ZONES =
      ZoneList.parse("a.example,b.example,c.example,d.example,allow.example*-1");

  private final MonitoredIp row =
      new MonitoredIp(
          7,
          LISTED,
          Optional.empty(),
          Optional.of(3L),
          Optional.of("<script>alert(1)</script>"),
          new RowValues(0, 50, "b.example", "new block from list(s) b.example"));
  private final Map<Ipv4Address, Ticket> tickets = new TreeMap<>();
  private RunScope scope = RunScope.all(ZONES);
  private boolean full = true;
  private Optional<String> historyFailure = Optional.empty();
  private Optional<RunEntry> updatedBy = Optional.empty();
  private RunEnd end = new RunEnd(BEGAN.plusSeconds(2), 0, Optional.empty());

  @Test
  void aRowHasAWordForEachZoneOfTheRunAndWhatStandsInTheTable() {
    AddressesView view = addresses(Optional.of(result()));

    assertThat(view.zones())
        .extracting(AddressesView.ZoneHead::name)
        .containsExactly("a.example", "b.example", "c.example", "d.example", "allow.example");
    assertThat(view.zones().getLast().note()).contains("allowlist");
    assertThat(view.rows())
        .singleElement()
        .satisfies(shown -> {
          assertThat(shown.standings())
              .containsExactly("listed", "kept", "unknown", "clean", "clean");
          assertThat(shown.priority()).isEqualTo("0 (was 50; restored after delisting)");
          assertThat(shown.listing()).isEqualTo("b.example");
          assertThat(shown.pool()).isEqualTo("3");
        });
  }

  @Test
  void zonesThatWereLeftOutAreMarked() {
    scope = new RunScope(ZONES, ZONES.subList(0, 1), Optional.empty());

    assertThat(addresses(Optional.of(result())).zones())
        .extracting(zone -> zone.note().orElse(""))
        .containsExactly("", "not queried", "not queried", "not queried", "allowlist, not queried");
  }

  /** R15: a list of weight 0 is queried and counts for nothing; nobody should take it for more. */
  @Test
  void aListOfWeightZeroIsMarkedAsWatchOnly() {
    List<Zone> zones = ZoneList.parse("a.example,watched.example*0,mixed.example=127.0.0.2*0");
    RunResult result = over(zones);

    assertThat(addresses(Optional.of(result)).zones())
        .extracting(zone -> zone.note().orElse(""))
        .containsExactly("", "watch only", "watch only");
    assertThat(LastRunView.of(result).health())
        .extracting(zone -> zone.note().orElse(""))
        .containsExactly("", "watch only", "watch only");
    assertThat(html(Optional.of(result)))
        .contains(
            "<th scope=\"col\">watched.example<small>watch only</small></th>",
            "<th scope=\"row\">watched.example<small>watch only</small></th>");
  }

  @Test
  void aRowThatTheRunDidNotCheckIsNotCalledClean() {
    RunResult result = result();
    RowPage page =
        RowPage.firstOf(
            List.of(
                new TableRow.Valid(moved(row, "203.0.113.99"), Optional.empty()),
                new TableRow.Invalid(9, "mail.example")));

    AddressesView view =
        AddressesView.of(new AddressQuery(0, false, ""), page, Optional.of(result));

    assertThat(view.rows())
        .hasSize(2)
        .allSatisfy(shown -> assertThat(shown.standings()).containsOnly("none").hasSize(5));
  }

  @Test
  void beforeTheFirstRunThereIsTheTableAndNothingElse() {
    String html = html(Optional.empty());

    assertThat(html)
        .contains("No runs yet", "203.0.113.7", "No runs since this server started")
        .doesNotContain("id=\"health\"", "id=\"changes\"", "class=\"word");
  }

  @Test
  void whatIsShownIsTextWhoeverWroteIt() {
    assertThat(html(Optional.of(result())))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script");
  }

  /** R32: whatever put it there, and however HTML spells it. */
  @Test
  void aKnownSecretIsNotShown() {
    end = new RunEnd(BEGAN, 1, Optional.of("cannot open jdbc:x?password=canary=<1>"));

    assertThat(html(Optional.of(result())))
        .contains("cannot open jdbc:x?password&#x3D;***")
        .doesNotContain("canary");
  }

  @Test
  void aTicketIsALinkWhereItsPageIsKnown() {
    tickets.put(
        LISTED, new Ticket("OPS-1", Optional.of(URI.create("https://jira.example/browse/OPS-1"))));
    assertThat(html(Optional.of(result())))
        .contains("<a href=\"https://jira.example/browse/OPS-1\" rel=\"noreferrer\">OPS-1</a>");

    tickets.put(LISTED, new Ticket("OPS-2", Optional.empty()));
    assertThat(html(Optional.of(result()))).contains("OPS-2").doesNotContain("OPS-2</a>");
  }

  @Test
  void theHealthOfAZoneAndWhatChangedAreTheRuns() {
    LastRunView view = LastRunView.of(result());

    assertThat(view.started().text()).isEqualTo("2026-11-23 10:15:30 UTC");
    assertThat(view.health())
        .extracting(
            LastRunView.Health::zone, LastRunView.Health::status, LastRunView.Health::reasons)
        .contains(tuple("a.example", "healthy", ""), tuple("b.example", "broken", "Timeout 1"));
    assertThat(view.suggested()).contains("a.example,d.example,allow.example*-1");
    assertThat(view.changes())
        .singleElement()
        .satisfies(change ->
            assertThat(change.what()).isEqualTo("blocking list change: a.example,b.example"));
  }

  @Test
  void thePageSaysWhichRunItsResultsAreFrom() {
    assertThat(html(Optional.of(result())))
        .contains("From run 4 at 2026-11-23 10:15:30 UTC: all addresses and lists.")
        .contains("List results: from run 4 at 2026-11-23 10:15:30 UTC.")
        .doesNotContain("checked again since", "The first full run");

    full = false;
    assertThat(html(Optional.of(result())))
        .contains("From run 4 at 2026-11-23 10:15:30 UTC. The first full run (all addresses")
        .doesNotContain("UTC: all addresses and lists.");
  }

  @Test
  void thePageSaysWhichLaterRunUpdatedAddresses() {
    updatedBy =
        Optional.of(
            new RunEntry(
                new RunNumbers(6, 7),
                "run-6",
                BEGAN.plusSeconds(60),
                false,
                Optional.of("partial run: all lists, 1 address"),
                Optional.of(end),
                Optional.empty()));

    assertThat(html(Optional.of(result())))
        .contains(
            "checked again since, most recently by run 6 at 2026-11-23 10:16:30 UTC (partial run: all lists, 1 address).");
  }

  @Test
  void theListOfRunsSaysWhatEachFound() {
    RunTotals totals = new RunTotals(10, 1, 2, 3, 4, 5, 1, 0, 0, 0, 0, 90);

    assertThat(RunRow.of(entry(false, Optional.of(end), Optional.of(totals))).found())
        .isEqualTo("9 checked, 5 listed, 6 changed");
    assertThat(RunRow.of(entry(true, Optional.of(end), Optional.of(totals))).found())
        .isEqualTo("9 checked, 5 listed, 6 would change");
    assertThat(RunRow.of(entry(Optional.empty())).found()).isEmpty();
  }

  @Test
  void moreRowsThanAPageHasAreBehindALink() {
    List<TableRow> rows =
        LongStream.rangeClosed(1, RowPage.SIZE + 1L)
            .<TableRow>mapToObj(id -> new TableRow.Invalid(id, "x"))
            .toList();

    AddressQuery query = new AddressQuery(0, true, "");

    assertThat(AddressesView.of(query, RowPage.firstOf(rows), Optional.empty()).next())
        .contains("/?after=100&show=listed#addresses");
    assertThat(
            AddressesView.of(
                    query, RowPage.firstOf(rows.subList(0, RowPage.SIZE)), Optional.empty())
                .next())
        .isEmpty();
  }

  /** Somebody types an address and presses Enter: nothing may be written for that. */
  @Test
  void theFirstButtonOfTheFormIsTheDryRuns() {
    String form = html(Optional.empty(), Optional.of(new Start.Form("", List.of(), true)));

    assertThat(form.indexOf("value=\"dry\""))
        .isPositive()
        .isLessThan(form.indexOf("value=\"run\""));
    assertThat(html(Optional.empty(), Optional.of(new Start.Form("", List.of(), false))))
        .contains("value=\"dry\"", "DRY_RUN is true: runs on this server write nothing")
        .doesNotContain("value=\"run\"");
  }

  @Test
  void aRunThatFailedLaterIsAboveTheResultsUntilOneEndsWell() {
    Optional<RunResult> last = Optional.of(result());
    RunEntry shown = last.orElseThrow().run();
    RunEntry failed = later(6, Optional.of(new RunEnd(BEGAN, 1, Optional.of("<Jira> is down"))));
    RunEntry stopped = later(8, Optional.of(new RunEnd(BEGAN, 143, Optional.empty())));
    RunEntry done = later(9, Optional.of(new RunEnd(BEGAN, 0, Optional.empty())));
    RunEntry skipped = later(10, Optional.of(new RunEnd(BEGAN, 0, Optional.of("skipped"))));
    RunEntry underWay = later(11, Optional.empty());

    assertThat(html(last, List.of(failed, shown)))
        .containsPattern(
            "(?s)<div class=\"notice bad\" id=\"failed-run\">\\s*<p><a href=\"#run-6\">Run 6</a> at <time datetime=\"2026-11-23T10:15:36Z\">2026-11-23 10:15:36 UTC</time> failed: &lt;Jira&gt; is down</p>.*id=\"last-heading\"")
        .contains("<tr id=\"run-6\">");
    assertThat(html(last, List.of(stopped, failed, shown))).contains("Run 8</a>", "stopped</p>");
    assertThat(html(last, List.of(underWay, skipped, failed, shown))).contains("Run 6</a>");
    assertThat(html(last, List.of(underWay, done, failed, shown))).doesNotContain("failed-run");
    assertThat(html(Optional.empty(), List.of(failed))).contains("Run 6</a>");
    assertThat(html(Optional.empty(), List.of())).doesNotContain("failed-run");
  }

  /** The results have its message. */
  @Test
  void theRunThatIsShownIsNotShownAgainAboveItself() {
    end = new RunEnd(BEGAN, 1, Optional.of("Jira is down"));
    Optional<RunResult> last = Optional.of(result());

    assertThat(html(last, List.of(last.orElseThrow().run()))).doesNotContain("failed-run");
  }

  private static RunEntry later(long number, Optional<RunEnd> end) {
    return new RunEntry(
        new RunNumbers(number, number),
        "run-" + number,
        BEGAN.plusSeconds(number),
        false,
        Optional.empty(),
        end,
        Optional.empty());
  }

  @Test
  void theTitleCountsWhatIsListedWhereTheRunLookedAtAll() {
    assertThat(PageView.title(Optional.of(result()))).isEqualTo("1 listed");
    assertThat(html(Optional.of(result())))
        .contains("<title>1 listed - Postal DNSBL Monitor</title>");
    scope = new RunScope(ZONES, ZONES.subList(0, 1), Optional.empty());
    assertThat(PageView.title(Optional.of(result()))).isEqualTo("Overview");
  }

  /** R37. */
  @Test
  void thePageSaysThatItShowsOnlyTheRunsOfThisServer() {
    assertThat(html(Optional.empty()))
        .contains("runs of this server only", "set <code>HISTORY_DB_URL</code>");

    historyFailure = Optional.of("the history (HISTORY_DB_URL): the login was refused");
    assertThat(html(Optional.empty()))
        .contains("role=\"alert\"><p>the history (HISTORY_DB_URL): the login was refused</p>")
        .doesNotContain("set <code>HISTORY_DB_URL</code>");
  }

  @Test
  void anOutcomeIsOneWord() {
    assertThat(outcome(new RunEnd(BEGAN, 0, Optional.empty()))).isEqualTo("succeeded");
    assertThat(outcome(new RunEnd(BEGAN, 0, Optional.of("another run")))).isEqualTo("skipped");
    assertThat(outcome(new RunEnd(BEGAN, 1, Optional.of("Jira")))).isEqualTo("failed");
    assertThat(outcome(new RunEnd(BEGAN, 143, Optional.empty()))).isEqualTo("stopped");
    assertThat(Words.outcome(entry(Optional.empty()))).isEqualTo("running");
  }

  private static String outcome(RunEnd end) {
    return Words.outcome(entry(Optional.of(end)));
  }

  private static RunEntry entry(Optional<RunEnd> end) {
    return entry(false, end, Optional.empty());
  }

  private static RunEntry entry(boolean dryRun, Optional<RunEnd> end, Optional<RunTotals> totals) {
    return new RunEntry(
        new RunNumbers(4, 5), "run-4", BEGAN, dryRun, Optional.empty(), end, totals);
  }

  private AddressesView addresses(Optional<RunResult> last) {
    return AddressesView.of(
        new AddressQuery(0, false, ""),
        RowPage.firstOf(List.of(new TableRow.Valid(row, Optional.empty()))),
        last);
  }

  /** R40. */
  @ParameterizedTest
  @CsvSource({
    "PT15M, PT10M,   'A run starts every 15 minutes, the next one at 10:25 UTC.'",
    "PT1H30M, PT1S,  'A run starts every 1 hour 30 minutes, the next one at 10:15 UTC.'",
    "P1D, PT23H,     'A run starts every 24 hours, the next one at 09:15 UTC.'",
    "PT1M30S, PT0S,  'A run starts every 1 minute 30 seconds, the next one when the current run has ended.'",
    "PT1M, PT-10S,   'A run starts every 1 minute, the next one when the current run has ended.'"
  })
  void aScheduleIsALine(Duration every, Duration untilNext, String line) {
    assertThat(Words.schedule(new RunSchedule.Plan(every, untilNext), BEGAN)).isEqualTo(line);
    assertThat(html(Optional.empty())).contains("<p id=\"schedule\">A run starts every 15 minutes");
  }

  private String html(Optional<RunResult> last) {
    return html(last, Optional.empty());
  }

  private String html(Optional<RunResult> last, Optional<Start.Form> form) {
    return html(last, form, last.stream().map(RunResult::run).toList());
  }

  private String html(Optional<RunResult> last, List<RunEntry> runs) {
    return html(last, Optional.empty(), runs);
  }

  private String html(Optional<RunResult> last, Optional<Start.Form> form, List<RunEntry> runs) {
    return new Html(() -> new Redaction(List.of(new Secret("canary=<1>"))))
        .page(
            new PageView(
                PastPagesTest.FRAME.around(PageView.title(last), Optional.empty()),
                historyFailure,
                new Start(
                    "token",
                    false,
                    List.of(),
                    form,
                    Optional.of("A run starts every 15 minutes, the next one at 10:30 UTC."),
                    Optional.empty()),
                PageView.failed(runs, last),
                last.map(LastRunView::of),
                addresses(last),
                runs.stream().map(RunRow::of).toList()));
  }

  private RunResult result() {
    Unknown silent = new Unknown(UnknownReason.TIMEOUT, "no answer within 5.0 s");
    List<LookupResult> results =
        List.of(
            new Listed(new TreeSet<>(List.of(Ipv4Address.of("127.0.0.2"))), 1, Optional.empty()),
            silent,
            silent,
            new NotListed(),
            new NotListed());
    List<ZoneAnswer> answers =
        IntStream.range(0, ZONES.size())
            .mapToObj(i ->
                new ZoneAnswer(
                    ZONES.get(i), LISTED, new Answered(results.get(i), Duration.ofMillis(30))))
            .toList();
    Checked checked =
        new Checked(
            IpCheck.of(row, answers, List.of(), 1, false),
            new RowOutcome.Updated(
                row.values(),
                new RowValues(
                    0, 50, "a.example,b.example", "blocking list change: a.example,b.example")));
    StandingTable standings = new StandingTable(ZONES);
    standings.add(checked);
    RunReport report = new RunReport(scope.zones(), new TransitionRules(0, 50, Duration.ZERO));
    report.add(checked);
    SortedMap<Ipv4Address, Ticket> known = new TreeMap<>(tickets);
    return new RunResult(
        entry(Optional.of(end)),
        full,
        updatedBy,
        scope,
        report.totals(),
        standings,
        report.health(Map.of()),
        List.of(RowChange.of(checked)),
        Optional.of(known));
  }

  /** A run over other zones, which checked no address. */
  private RunResult over(List<Zone> zones) {
    RunScope all = RunScope.all(zones);
    RunReport report = new RunReport(zones, new TransitionRules(0, 50, Duration.ZERO));
    return new RunResult(
        entry(Optional.of(end)),
        true,
        Optional.empty(),
        all,
        report.totals(),
        new StandingTable(zones),
        report.health(Map.of()),
        List.of(),
        Optional.of(new TreeMap<>()));
  }

  private static MonitoredIp moved(MonitoredIp row, String address) {
    return new MonitoredIp(
        row.rowId(),
        Ipv4Address.of(address),
        row.ipv6(),
        row.poolId(),
        row.hostname(),
        row.values());
  }
}
