package dnsblmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.Exceptions;
import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Ipv6Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.Malfunction;
import dnsblmonitor.domain.MassListing;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.Probe;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.ReportedAlert;
import dnsblmonitor.domain.ReportedState;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketRecord;
import dnsblmonitor.domain.TicketText;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Verdict;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneAnswer;
import dnsblmonitor.domain.ZoneHealth;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.report.RunLog.JiraAction;
import dnsblmonitor.testing.EventSchema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R30-R33 and {@code spec/log-events.md}. */
class RunLogTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:15:30.1239Z");
  private static final Ipv4Address ADDRESS = Ipv4Address.of("203.0.113.7");
  private static final Zone ZONE = ZoneList.parse("zen.example").getFirst();
  private static final SequencedMap<String, List<String>> USERS =
      new TreeMap<>(Map.of("admin", List.of("ann", "bob"), "monitor", List.of("bob")));
  private static final TicketRecord CLEAN = TicketRecord.of(new ReportedState.Clean());
  private static final TicketText TEXT = TicketText.of(new TicketText.Paragraph("told"));

  private static final Secret SECRET = new Secret("can\"ary\\to%ken ü");
  private static final Redaction REDACTION = new Redaction(List.of(SECRET));

  private final List<String> lines = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyEventIsAsTheSchemaSays(boolean dryRun) {
    RunLog log = log(LogLevel.DEBUG, dryRun, 0);
    tellEverything(log);

    assertThat(lines).hasSize(34);
    assertThat(lines).allSatisfy(line -> assertThat(EventSchema.faults(line)).isEmpty());
  }

  @Test
  void theSchemaRefusesWhatIsNoEvent() {
    log(LogLevel.INFO, false, 0).warning("text");
    String line = lines.getFirst();

    assertThat(EventSchema.faults(line)).isEmpty();
    assertThat(EventSchema.faults(line.replace("\"warning\"", "\"other\""))).isNotEmpty();
    assertThat(EventSchema.faults(line.replace("\"message\"", "\"text\""))).isNotEmpty();
    assertThat(EventSchema.faults(line.replace("}", ",\"more\":1}"))).isNotEmpty();
    assertThat(EventSchema.faults("{}")).isNotEmpty();
  }

  @Test
  void aLineHasItsFieldsInOrderAndMilliseconds() {
    log(LogLevel.INFO, false, 0).rowInvalid(4, "010.1.1.1");

    assertThat(lines)
        .containsExactly(
            "{\"timestamp\":\"2026-11-23T10:15:30.123Z\",\"level\":\"WARNING\","
                + "\"event\":\"row_invalid\","
                + "\"job_run_id\":\"6f1e9c9e-7a43-4a0e-8e4f-0b5d3d3f7b11\","
                + "\"message\":\"row 4 is skipped: ipv4 is not an IPv4 address\","
                + "\"id\":4,\"value\":\"010.1.1.1\"}");
  }

  @Test
  void anEventOfARowNamesItsAddressWhereItHasOne() {
    RunLog log = log(LogLevel.INFO, false, 0);
    log.ipv6Invalid(ip(), "text");
    log.rowConflict(ip());
    log.priorityDrift(ip(), 40);

    assertThat(lines)
        .satisfiesExactly(
            line ->
                assertThat(line).endsWith("\"id\":7,\"ip\":\"203.0.113.7\",\"value\":\"text\"}"),
            line ->
                assertThat(line)
                    .endsWith("\"id\":7,\"ip\":\"203.0.113.7\",\"value\":\"203.0.113.7\"}"),
            line -> assertThat(line).endsWith("\"id\":7,\"ip\":\"203.0.113.7\",\"value\":40}"));
  }

  @ParameterizedTest
  @CsvSource({
    "CREATED_ISSUE, created_issue, would_create_issue",
    "UPDATED_ISSUE, updated_issue, would_update_issue",
    "NO_ACTION, no_action, no_action"
  })
  void aDryRunSaysWhatItWouldHaveDoneInJira(JiraAction action, String real, String dry) {
    log(LogLevel.INFO, false, 0).ipChecked(checked(), action);
    log(LogLevel.INFO, true, 0).ipChecked(checked(), action);

    assertThat(lines.getFirst())
        .contains("\"db_changes\":true", "\"jira_action\":\"%s\"".formatted(real));
    assertThat(lines.getLast())
        .contains("\"db_changes\":false", "\"jira_action\":\"%s\"".formatted(dry));
  }

  @Test
  void onlyTheFirstFailuresOfAZoneAreWritten() {
    RunLog log = log(LogLevel.INFO, false, 2);
    Zone other = ZoneList.parse("bl.example").getFirst();

    for (int i = 0; i < 5; i++) {
      log.dnsFailure(ADDRESS, ZONE, unknown(), Duration.ofSeconds(5));
    }
    log.dnsFailure(ADDRESS, other, unknown(), Duration.ofSeconds(5));

    assertThat(lines).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"DEBUG,2", "INFO,2", "WARNING,1", "ERROR,0"})
  void theLevelNamesTheLeastThatIsWritten(LogLevel least, int written) {
    RunLog log = log(least, false, 0);
    log.rowUpdated(ADDRESS, updated());
    log.warning("text");

    assertThat(lines).hasSize(written);
  }

  @Test
  void theClosingLineIsWrittenAtEveryLevel() {
    log(LogLevel.ERROR, false, 0).summary(summary());
    log(LogLevel.ERROR, false, 0).runSkipped("another");

    assertThat(lines).hasSize(2);
  }

  @Test
  void theLinesSoFarAreBoundedAndSaySo() {
    RunLog log = log(LogLevel.INFO, false, 0);
    for (int i = 0; i < 600; i++) {
      log.warning("x".repeat(1000));
    }

    List<String> tail = log.linesSoFar();

    assertThat(tail).hasSizeLessThan(600);
    assertThat(tail.getFirst()).contains("earlier lines");
    assertThat(String.join("", tail).length()).isLessThan(600 * 1024);
  }

  /** R32: whatever other people's code says, in the lines and in the tail that a ticket gets. */
  @Test
  void noLineHoldsASecret() {
    RunLog log = log(LogLevel.DEBUG, false, 0);
    Throwable failure = new IllegalStateException("password=" + SECRET.reveal() + ", refused");

    log.jiraRetry(1, Duration.ofSeconds(2), SECRET.reveal());
    log.runSkipped("pass%22word can%22ary%5Cto%25ken%20%C3%BC.");
    log.fatalError(FatalError.internal(failure), 1);

    assertThat(log.linesSoFar()).isEqualTo(lines).hasSize(3);
    assertThat(lines.get(0)).contains("\"cause\":\"***\"");
    assertThat(lines.get(1)).contains("\"holder\":\"pass%22word ***.\"");
    assertThat(lines.get(2))
        .contains("password=***, refused")
        .contains("\"event\":\"fatal_error\"");
    assertThat(lines)
        .noneMatch(
            line -> line.contains("to%ken") || line.contains("can\\") || line.contains("can%"));
  }

  @Test
  void aSecretThatIsAFieldsNameLeavesTheLineAsItIs() {
    new RunLog(
            lines::add,
            Clock.fixed(NOW, ZoneOffset.UTC),
            "run",
            LogLevel.INFO,
            false,
            0,
            new Redaction(List.of(new Secret("timestamp"))))
        .warning("no timestamp");

    assertThat(lines.getFirst()).startsWith(RunLog.LINE_START).contains("no ***");
  }

  @Test
  void aSummaryCountsRowsThatWereSkippedApart() {
    log(LogLevel.INFO, false, 0).summary(summary());

    assertThat(lines.getFirst())
        .contains("\"message\":\"5 addresses checked, 4 listed now; invalid rows skipped: 5; ")
        .contains("\"total_ips\":10,");
  }

  @Test
  void aSummarySaysHowManyListingsRestOnKeptAnswers() {
    log(LogLevel.INFO, false, 0).summary(summary());

    assertThat(lines.getFirst()).contains("3 listings are based on the last known answer");
  }

  @ParameterizedTest
  @CsvSource({"false, off", "true, on"})
  void aServerSaysWhereItListensAndForWhom(boolean dryRun, String word) {
    log(LogLevel.INFO, dryRun, 0).serveReady("https://localhost:9443/", USERS, Optional.empty());

    assertThat(lines)
        .singleElement()
        .asString()
        .contains(
            "\"message\":\"listening on https://localhost:9443/, users ann (admin), bob (admin, monitor); DRY_RUN is %s\""
                .formatted(word))
        .endsWith(
            "\"url\":\"https://localhost:9443/\","
                + "\"users\":{\"admin\":[\"ann\",\"bob\"],\"monitor\":[\"bob\"]},"
                + "\"schedule\":null,\"dry_run\":%s}".formatted(dryRun));
  }

  @Test
  void aServerSaysHowOftenItStartsARun() {
    log(LogLevel.INFO, false, 0)
        .serveReady("https://localhost:9443/", USERS, Optional.of(Duration.ofMinutes(15)));

    assertThat(lines)
        .singleElement()
        .asString()
        .contains("DRY_RUN is off; starting a run every PT15M\"")
        .contains("\"schedule\":\"PT15M\",");
  }

  @Test
  void aZonesHealthHasItsCountsReasonsLatenciesProbeAndStatus() {
    TreeMap<UnknownReason, Long> reasons = new TreeMap<>();
    reasons.put(UnknownReason.TIMEOUT, 4L);
    reasons.put(UnknownReason.SERVFAIL, 1L);
    log(LogLevel.INFO, false, 0)
        .zoneHealth(
            new ZoneHealth(
                ZONE,
                1,
                2,
                reasons,
                Duration.ofMillis(30),
                Duration.ofMillis(90),
                Probe.TEST_ENTRY_MISSING),
            0);

    assertThat(lines)
        .singleElement()
        .asString()
        .contains("\"level\":\"WARNING\"")
        .endsWith(
            "\"zone\":\"zen.example\",\"listed\":1,\"not_listed\":2,\"unknown\":5,"
                + "\"reasons\":{\"Timeout\":4,\"SERVFAIL\":1},"
                + "\"latency_ms\":{\"p50\":30,\"p99\":90},"
                + "\"probe\":\"TestEntryMissing\",\"status\":\"failed\"}");
  }

  /** R36: a warning, since nothing else depends on the history. */
  @Test
  void aRunThatWasNotRecordedIsAWarningWithTheReason() {
    log(LogLevel.WARNING, false, 0)
        .historyFailed("mariadb://db.example.com/dnsbl_history", "refused: " + SECRET.reveal());

    assertThat(lines)
        .singleElement()
        .asString()
        .contains(
            "\"level\":\"WARNING\",\"event\":\"history_failed\"",
            "\"target\":\"mariadb://db.example.com/dnsbl_history\"",
            "\"error_message\":\"refused: ***\"");
  }

  /** R38, R39. */
  @Test
  void metricsAndNotificationsThatDidNotArriveAreWarnings() {
    RunLog log = log(LogLevel.WARNING, false, 0);
    log.metricsFailed("https://push.example.com", "answered HTTP 401: " + SECRET.reveal());
    log.notificationFailed("smtp://mail.example.com:587", "no answer within 10 s");

    assertThat(lines)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains(
                        "\"level\":\"WARNING\",\"event\":\"metrics_failed\"",
                        "\"message\":\"the metrics were not written: answered HTTP 401: ***\"",
                        "\"target\":\"https://push.example.com\"",
                        "\"error_message\":\"answered HTTP 401: ***\""),
            line ->
                assertThat(line)
                    .contains(
                        "\"level\":\"WARNING\",\"event\":\"notification_failed\"",
                        "\"target\":\"smtp://mail.example.com:587\"",
                        "\"error_message\":\"no answer within 10 s\""));
  }

  @Test
  void aFailureWithoutAMessageIsNamedByItsCause() {
    Exception bug = new IllegalStateException("bug");

    FatalError error = FatalError.internal(new RuntimeException(null, bug));

    assertThat(error.message()).startsWith("unexpected IllegalStateException: bug. ");
    assertThat(error.cause()).containsInstanceOf(RuntimeException.class);
    assertThat(FatalError.internal(new Error()).message()).startsWith("unexpected Error: null. ");
  }

  @Test
  void aSummarySuggestsTheZonesWithoutTheBrokenOnes() {
    log(LogLevel.INFO, false, 0).summary(summary());

    assertThat(lines)
        .singleElement()
        .asString()
        .contains("\"suggested_zones\":\"zen.example\"", "\"dns_failures\":8", "\"lookups\":90");
  }

  private void tellEverything(RunLog log) {
    log.ipChecked(checked(), JiraAction.CREATED_ISSUE);
    log.ipChecked(heldBack(), JiraAction.NO_ACTION);
    log.exceptionExpired(
        Exceptions.parse(List.of("192.0.2.7@zen.example/2026-01-31"), List.of(ZONE))
            .entries()
            .getFirst());
    log.malfunction(new Malfunction(100, List.of(health(9)), 1));
    log.massListing(new MassListing("zen.example", 35, 40));
    log.historyFailed("postgresql://db.example.com/postal", "the login was refused");
    log.dnsFailure(ADDRESS, ZONE, unknown(), Duration.ofSeconds(5));
    log.dnsFailure(Ipv6Address.of("2001:db8::7"), ZONE, unknown(), Duration.ofSeconds(5));
    log.resolverFailure(List.of("192.0.2.53:53"));
    log.zoneHealth(health(0), 0);
    log.zoneHealth(health(9), 3);
    log.rowUpdated(ADDRESS, updated());
    boolean dry = lines.getLast().contains("would_");
    Optional<String> key = dry ? Optional.empty() : Optional.of("OPS-1");
    log.ticketWritten(new TicketAction.Create(ADDRESS, "summary", TEXT, Set.of("l"), CLEAN), key);
    log.ticketWritten(
        new TicketAction.CommentOnTicket(
            ADDRESS, "OPS-1", Optional.of(TEXT), Optional.of("s"), CLEAN, Optional.empty()),
        key);
    log.ticketWritten(
        new TicketAction.CommentOnTicket(
            ADDRESS, "OPS-1", Optional.empty(), Optional.empty(), CLEAN, Optional.empty()),
        key);
    ReportedAlert reported = new ReportedAlert(true, NOW, false);
    log.ticketWritten(
        new TicketAction.RaiseAlert(
            List.of("zen.example"), "s", TEXT, Set.of("l"), Optional.of(reported)),
        key);
    log.ticketWritten(
        new TicketAction.CommentOnAlert("OPS-2", List.of("zen.example"), TEXT, reported), key);
    log.ticketWritten(new TicketAction.CommentOnAlert("OPS-2", List.of(), TEXT, reported), key);
    log.rowInvalid(1, null);
    log.rowInvalid(1, "text");
    log.ipv6Invalid(ip(), "text");
    log.rowConflict(ip());
    log.rowUnwritable(ip(), new RowOutcome.TooNarrow("blockingLists", 120, 140));
    log.runIncomplete(22, 78, "time was up");
    log.priorityDrift(ip(), 40);
    log.poolExhausted(1, List.of(ADDRESS));
    log.jiraRetry(1, Duration.ofSeconds(2), "HTTP 503");
    log.runSkipped("another run");
    log.warning("text");
    log.serveReady("https://localhost:9443/", USERS, Optional.empty());
    log.serveReady("https://localhost:9443/", USERS, Optional.of(Duration.ofDays(1)));
    log.summary(summary());
    log.fatalError(new FatalError(ErrorType.LOCK_LOST, "lost"), 1);
    log.fatalError(FatalError.internal(new IllegalStateException("bug")), 1);
  }

  private RunLog log(LogLevel least, boolean dryRun, int failureLimit) {
    return new RunLog(
        lines::add,
        Clock.fixed(NOW, ZoneOffset.UTC),
        "6f1e9c9e-7a43-4a0e-8e4f-0b5d3d3f7b11",
        least,
        dryRun,
        failureLimit,
        REDACTION);
  }

  private static RunSummary summary() {
    return new RunSummary(
        new RunTotals(10, 1, 0, 2, 3, 4, 5, 6, 7, 0, 8, 90),
        1,
        2,
        3,
        3,
        Duration.ofMillis(1234),
        Optional.of("zen.example"),
        Optional.of("remark"),
        0);
  }

  private static Unknown unknown() {
    return new Unknown(UnknownReason.TIMEOUT, "no answer within 5.0 s");
  }

  private static ZoneHealth health(long unknowns) {
    var reasons = new TreeMap<UnknownReason, Long>();
    if (unknowns > 0) {
      reasons.put(UnknownReason.SERVFAIL, unknowns);
    }
    return new ZoneHealth(
        ZONE, 1, 2, reasons, Duration.ofMillis(30), Duration.ofMillis(90), Probe.OFF);
  }

  private static RowOutcome.Updated updated() {
    return new RowOutcome.Updated(
        new RowValues(80, null, null, null), new RowValues(0, 80, "zen.example", "new block"));
  }

  private static Checked checked() {
    Listed listed =
        new Listed(new TreeSet<>(List.of(Ipv4Address.of("127.0.0.2"))), 1, Optional.of("spam"));
    List<ZoneAnswer> answers =
        List.of(answer(ZONE, listed), answer(ZoneList.parse("bl.example").getFirst(), unknown()));
    return new Checked(IpCheck.of(ip(), answers, List.of(), 1, false), updated());
  }

  private static Checked heldBack() {
    IpCheck check = checked().check();
    return new Checked(
        new IpCheck(
            check.ip(),
            check.answers(),
            new Verdict(
                check.verdict().results(), 1, true, Set.of("zen.example"), Set.of("bl.example"))),
        new RowOutcome.Unchanged(check.ip().values()));
  }

  private static ZoneAnswer answer(Zone zone, LookupResult result) {
    return new ZoneAnswer(zone, ADDRESS, new Answered(result, Duration.ofMillis(31)));
  }

  private static MonitoredIp ip() {
    return new MonitoredIp(
        7,
        ADDRESS,
        Optional.empty(),
        Optional.of(1L),
        Optional.empty(),
        new RowValues(80, null, null, null));
  }
}
