package dnsblmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.history.Condition.Kind;
import dnsblmonitor.history.RunRecord.StartedBy;
import dnsblmonitor.postal.DatabaseSettings;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.TcpRelay;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R36: what a run leaves in the history; the same on each kind of database (R9). */
interface HistoryWriterContract {

  String ZONES = "a.example,b.example,watch.example*0,allow.example*-1";
  String IP = "192.0.2.1";
  String OTHER = "192.0.2.2";

  /** The same at each call, fresh for each test. */
  TestHistory history();

  TestDatabase database();

  @AfterEach
  default void drop() {
    history().close();
    database().close();
  }

  private void write(Records run) {
    new HistoryWriter(history().settings(), Redaction.NONE, Set.of()).write(run.record());
  }

  private List<String> listings() {
    return history()
        .rows(
            "select address, zone, first_seen, last_seen, ended_at, end_reason from listings order by address, zone, first_seen")
        .stream()
        .map(row -> row.replace(".000", "").replaceAll("(:\\d\\d)\\.0\\b", "$1"))
        .toList();
  }

  @Test
  default void aListingIsAnInterval() {
    write(Records.at("2026-11-30T10:00:00Z", ZONES).row(IP, "LNNN"));
    write(Records.at("2026-11-30T10:15:00Z", ZONES).row(IP, "LNNN"));
    write(Records.at("2026-11-30T10:30:00Z", ZONES).row(IP, "NNNN"));
    write(Records.at("2026-11-30T10:45:00Z", ZONES).row(IP, "LNNN"));

    assertThat(listings())
        .containsExactly(
            "192.0.2.1|a.example|2026-11-30 10:00:02|2026-11-30 10:15:02|2026-11-30 10:30:02|not_listed",
            "192.0.2.1|a.example|2026-11-30 10:45:02|2026-11-30 10:45:02|null|null");
  }

  @Test
  default void anUnknownAnswerEndsNothing() {
    write(Records.at("2026-11-30T10:00:00Z", ZONES).row(IP, "LNLN"));
    write(Records.at("2026-11-30T10:15:00Z", ZONES).row(IP, "UNUN"));

    assertThat(listings())
        .containsExactly(
            "192.0.2.1|a.example|2026-11-30 10:00:02|2026-11-30 10:00:02|null|null",
            "192.0.2.1|watch.example|2026-11-30 10:00:02|2026-11-30 10:00:02|null|null");
  }

  @Test
  default void whatIsNoLongerMonitoredIsOverOnlyForACompleteRealRun() {
    write(Records.at("2026-11-30T10:00:00Z", ZONES).row(IP, "LNNN").row(OTHER, "NLNN"));
    write(Records.at("2026-11-30T10:15:00Z", "b.example").dry().row(IP, "N"));
    write(Records.at("2026-11-30T10:30:00Z", "b.example").incomplete().row(IP, "N"));
    // of a zone that is gone every real run can tell, of a row only one that read them all
    assertThat(listings())
        .containsExactly(
            "192.0.2.1|a.example|2026-11-30 10:00:02|2026-11-30 10:00:02|2026-11-30 10:30:02|not_monitored",
            "192.0.2.2|b.example|2026-11-30 10:00:02|2026-11-30 10:00:02|null|null");

    write(Records.at("2026-11-30T10:45:00Z", "b.example").row(IP, "N"));
    assertThat(listings().getLast()).endsWith("2026-11-30 10:45:02|not_monitored");
  }

  @Test
  default void aPartialRunEndsOnlyWhatItAskedAbout() {
    write(Records.at("2026-11-30T10:00:00Z", ZONES).row(IP, "LLNN").row(OTHER, "LNNN"));
    write(
        Records.at("2026-11-30T10:15:00Z", ZONES)
            .only(Set.of("a.example"))
            .about(Set.of(Ipv4Address.of(IP)))
            .row(IP, "N"));

    assertThat(history().rows("select address, zone from listings where is_open = 1 order by 1, 2"))
        .containsExactly("192.0.2.1|b.example", "192.0.2.2|a.example");
  }

  /** R36: each LISTED answer is a listing, whatever its weight. */
  @Test
  default void aListingSaysHowItCounts() {
    write(
        Records.at("2026-11-30T10:00:00Z", ZONES)
            .row(IP, "LLLL", "because", Set.of("a.example"), Set.of("b.example")));
    write(Records.at("2026-11-30T10:15:00Z", ZONES).row(OTHER, "LNNN"));

    assertThat(
            history()
                .rows(
                    "select address, zone, counts_as, weight, return_codes, reason from listings order by address, zone"))
        .containsExactly(
            "192.0.2.1|a.example|held_back|1|127.0.0.2|because",
            "192.0.2.1|allow.example|counted|-1|127.0.0.2|because",
            "192.0.2.1|b.example|excepted|1|127.0.0.2|because",
            "192.0.2.1|watch.example|watch_only|0|127.0.0.2|because",
            "192.0.2.2|a.example|counted|1|127.0.0.2|blocked, see https://list.example.com/");
  }

  @Test
  default void whatIsSaidOfAnOpenListingIsTheLatest() {
    write(Records.at("2026-11-30T10:00:00Z", ZONES).row(IP, "LLNN", "first", Set.of(), Set.of()));
    write(
        Records.at("2026-11-30T10:15:00Z", ZONES)
            .row(IP, "LUNN", "second", Set.of(), Set.of("a.example"))
            .ticket(IP, "OPS-1"));
    write(Records.at("2026-11-30T10:30:00Z", ZONES).row(IP, "LUNN", "", Set.of(), Set.of()));

    assertThat(
            history()
                .rows(
                    "select zone, counts_as, reason, ticket, ticket_url from listings order by zone"))
        .as("a reason that could not be fetched, and a ticket that was not searched, are kept")
        .containsExactly(
            "a.example|counted|second|OPS-1|https://jira.example.com/browse/OPS-1",
            "b.example|counted|first|OPS-1|https://jira.example.com/browse/OPS-1");
  }

  @Test
  default void aRunIsARowWithItsChangesAndTheHealthOfItsZones() {
    write(
        Records.at("2026-11-30T10:00:00Z", ZONES)
            .row(IP, "LNUN")
            .startedBy(StartedBy.SCHEDULE)
            .ended(1, "Jira is down"));

    assertThat(
            history()
                .rows(
                    "select run_id, started_by, outcome, exit_code, message, rows_read, newly_listed, lookups, unknown_lookups from runs"))
        .containsExactly("run-2026-11-30T10:00:00Z|schedule|failed|1|Jira is down|1|1|4|1");
    assertThat(
            history()
                .rows(
                    "select row_id, address, change_type, old_priority, new_priority, old_blocklists, new_blocklists, event from row_changes"))
        .containsExactly(
            "1|192.0.2.1|newly_listed|80|0||a.example|new block from list(s) a.example");
    assertThat(
            history()
                .rows(
                    "select zone, status, listed, not_listed, unknown_lookups, unknown_reasons, median_ms from zone_health order by zone"))
        .containsExactly(
            "a.example|healthy|1|0|0||30",
            "allow.example|healthy|0|1|0||30",
            "b.example|healthy|0|1|0||30",
            "watch.example|broken|0|0|1|Timeout 1|30");
  }

  @Test
  default void runsThatDidNothingAreRowsToo() {
    write(
        Records.at("2026-11-30T10:00:00Z", ZONES)
            .incomplete()
            .ended(0, "skipped, another run is in progress"));
    write(Records.at("2026-11-30T10:15:00Z", ZONES).incomplete().ended(143, "stopped"));
    write(Records.at("2026-11-30T10:30:00Z", ZONES).dry());

    assertThat(
            history()
                .rows(
                    "select outcome, case when dry_run then 1 else 0 end, rows_read from runs order by id"))
        .containsExactly("skipped|0|0", "stopped|0|0", "succeeded|1|0");
  }

  @Test
  default void textsThatAColumnDoesNotTakeAreCut() {
    String huge = "é\u0000𝄞".repeat(30_000);
    write(
        Records.at("2026-11-30T10:00:00Z", ZONES)
            .row(IP, "LNNN", huge, Set.of(), Set.of())
            .ended(1, huge));

    assertThat(history().rows("select reason from listings").getFirst()).startsWith("é\uFFFD𝄞");
    assertThat(history().rows("select message from runs").getFirst()).startsWith("é\uFFFD𝄞");
  }

  /** R32: third-party texts may contain anything. */
  @Test
  default void secretsAreReplaced() {
    new HistoryWriter(
            history().settings(), new Redaction(List.of(new Secret("canary-in-a-text"))), Set.of())
        .write(
            Records.at("2026-11-30T10:00:00Z", ZONES)
                .row(IP, "LNNN", "reason canary-in-a-text", Set.of(), Set.of())
                .remark("remark canary-in-a-text")
                .ended(1, "message canary-in-a-text")
                .record());

    assertThat(history().rows("select message, remark from runs"))
        .containsExactly("message ***|remark ***");
    assertThat(history().rows("select reason from listings")).containsExactly("reason ***");
  }

  /** R35, R36. */
  @Test
  default void aHundredThousandCleanAddressesAreNotWritten() {
    Records run = Records.at("2026-11-30T10:00:00Z", "a.example");
    IntStream.range(0, 100_000)
        .mapToObj(i -> "198.%d.%d.%d".formatted(18 + i / 62_500, i / 250 % 250, i % 250))
        .forEach(address -> run.row(address, "N"));
    run.row(IP, "L");
    write(run);

    assertThat(history().rows("select rows_read from runs")).containsExactly("100001");
    assertThat(history().rows("select address from listings")).containsExactly(IP);
    assertThat(history().rows("select count(*) from row_changes")).containsExactly("1");
    assertThat(history().rows("select count(*) from zone_health")).containsExactly("1");
  }

  @Test
  default void aFullDiskIsNamed() {
    switch (database().settings().kind()) {
      case POSTGRESQL ->
          history()
              .execute(
                  """
                  create function full_disk() returns trigger language plpgsql as
                    'begin raise exception ''no space left on device'' using errcode = ''53100''; end';
                  create trigger full_disk before insert on runs
                    for each row execute function full_disk()
                  """);
      case MARIADB ->
          history()
              .execute(
                  """
                  create trigger full_disk before insert on runs for each row
                    signal sqlstate 'HY000'
                      set mysql_errno = 1021, message_text = 'no space left on device'
                  """);
    }

    assertThatThrownBy(() -> write(Records.at("2026-11-30T10:00:00Z", ZONES)))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("full")
        .hasMessageContaining("no space left on device");
  }

  @Test
  default void runsAtTheSameTimeOpenAnIntervalOnce() {
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, 8)
            .mapToObj(i ->
                CompletableFuture.runAsync(() ->
                    write(
                        Records.at("2026-11-30T10:00:00Z", ZONES).id("run-" + i).row(IP, "LLNN"))))
            .toList();
    writers.forEach(CompletableFuture::join);

    assertThat(history().rows("select count(*) from runs")).containsExactly("8");
    assertThat(listings()).hasSize(2);
  }

  @Test
  default void whatIsOlderThanTheRetentionIsDeleted() {
    HistoryWriter writer =
        new HistoryWriter(
            history().settings("postal", Duration.ofDays(30)), Redaction.NONE, Set.of());
    writer.write(
        Records.at("2026-10-01T10:00:00Z", ZONES).row(IP, "LNNN").row(OTHER, "LNNN").record());
    writer.write(
        Records.at("2026-10-01T10:15:00Z", ZONES).row(IP, "NNNN").row(OTHER, "LNNN").record());
    writer.write(
        Records.at("2026-11-30T10:00:00Z", ZONES).row(IP, "NNNN").row(OTHER, "LNNN").record());

    assertThat(history().rows("select run_id from runs"))
        .containsExactly("run-2026-11-30T10:00:00Z");
    assertThat(history().rows("select address from listings"))
        .as("what is open stays, however old")
        .containsExactly(OTHER);
    assertThat(
            history()
                .rows("select distinct r.run_id from row_changes c join runs r on r.id = c.run"))
        .containsExactly("run-2026-11-30T10:00:00Z");
    assertThat(history().rows("select count(*) from zone_health")).containsExactly("4");
  }

  @Test
  default void aHistoryOfAnotherDeploymentIsRefused() {
    write(Records.at("2026-11-30T10:00:00Z", ZONES));

    HistoryWriter other =
        new HistoryWriter(
            history().settings("other", Duration.ofDays(400)), Redaction.NONE, Set.of());

    assertThatThrownBy(() -> other.write(Records.at("2026-11-30T10:15:00Z", ZONES).record()))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("belongs to the deployment 'postal', not to 'other'");
    assertThat(history().rows("select count(*) from runs")).containsExactly("1");
  }

  @Test
  default void tablesOfAnotherVersionAreRefused() {
    history().execute("update flyway_schema_history set version = '2' where version = '1'");
    assertThatThrownBy(() -> write(Records.at("2026-11-30T10:00:00Z", ZONES)))
        .hasMessageContaining("have version 2, made by a newer version of the monitor");

    history().execute("delete from flyway_schema_history where version is not null");
    assertThatThrownBy(() -> write(Records.at("2026-11-30T10:00:00Z", ZONES)))
        .hasMessageContaining("have version 0, but 1 is required; run 'dnsbl-monitor migrate'");

    history().execute("drop table flyway_schema_history");
    assertThatThrownBy(() -> write(Records.at("2026-11-30T10:00:00Z", ZONES)))
        .hasMessageContaining("a table or column is missing; run 'dnsbl-monitor migrate'");
  }

  @Test
  default void aServerThatRefusesWritesIsNamed() {
    database().makeReadOnly();

    assertThatThrownBy(() -> write(Records.at("2026-11-30T10:00:00Z", ZONES)))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("the server is read-only");
  }

  @Test
  default void aLockOfAnotherSessionEndsTheWaitAfterTenSeconds() throws SQLException {
    try (Connection other = history().connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("update deployment set name = 'postal'");
      long started = System.nanoTime();

      assertThatThrownBy(() -> write(Records.at("2026-11-30T10:00:00Z", ZONES)))
          .hasMessageContaining("no answer within 10 s");

      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(13));
      other.rollback();
    }
    write(Records.at("2026-11-30T10:15:00Z", ZONES));
    assertThat(history().rows("select run_id from runs"))
        .containsExactly("run-2026-11-30T10:15:00Z");
  }

  /** MariaDB's driver opens another connection to break one off, which must not be waited for. */
  @Test
  default void aServerThatFallsSilentEndsTheWaitAfterTenSeconds() throws SQLException {
    HistorySettings direct = history().settings();
    DatabaseSettings login = direct.database();
    try (TcpRelay relay = TcpRelay.to(database().port());
        Connection other = history().connect();
        Statement statement = other.createStatement()) {
      HistorySettings through =
          new HistorySettings(
              new DatabaseSettings(
                  login.kind(),
                  login.jdbcUrl().replace(":" + database().port(), ":" + relay.port()),
                  login.user(),
                  login.password(),
                  login.schema()),
              direct.deployment(),
              direct.retention());
      other.setAutoCommit(false);
      statement.execute("update deployment set name = 'postal'");
      long started = System.nanoTime();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(() ->
              new HistoryWriter(through, Redaction.NONE, Set.of())
                  .write(Records.at("2026-11-30T10:00:00Z", ZONES).record()));
      Await.until("it waits for the lock", () -> database().waitingForLocks() == 1);
      relay.freeze();

      assertThatThrownBy(writer::join).hasMessageContaining("no answer within 10 s");

      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(13));
      other.rollback();
    }
  }

  /** A failure in the middle leaves nothing behind. */
  @Test
  default void aRunIsWrittenAsAWholeOrNotAtAll() {
    write(Records.at("2026-11-30T10:00:00Z", ZONES).row(IP, "LNNN"));
    history()
        .execute("alter table listings add constraint broken check (address <> '" + OTHER + "')");

    assertThatThrownBy(() -> write(Records.at("2026-11-30T10:15:00Z", ZONES).row(OTHER, "LNNN")))
        .isInstanceOf(HistoryException.class);

    assertThat(history().rows("select count(*) from runs")).containsExactly("1");
    assertThat(listings()).singleElement().asString().endsWith("null|null");
  }

  /** R36: it may have got its answer before. */
  @Test
  default void aRunEndsNothingThatAnotherOneConfirmedSinceItsStart() {
    write(Records.at("2026-11-30T10:00:00Z", ZONES).row(IP, "LNNN"));
    write(Records.at("2026-11-30T09:59:00Z", ZONES).took(Duration.ofMinutes(10)).row(IP, "NNNN"));
    assertThat(listings()).singleElement().asString().endsWith("null|null");

    write(Records.at("2026-11-30T10:15:00Z", ZONES).row(IP, "NNNN"));
    assertThat(listings()).singleElement().asString().endsWith("2026-11-30 10:15:02|not_listed");
  }

  /** Level-triggered: the next run writes the rest. */
  @Test
  default void moreListingsThanOneRunOpensAreOpenedByTheNext() {
    int many = ListingIntervals.MAX_WRITES + 1_000;
    for (int run = 1; run <= 2; run++) {
      Records all = Records.at("2026-11-30T10:%d5:00Z".formatted(run), "a.example");
      IntStream.range(0, many)
          .mapToObj(i -> "198.18.%d.%d".formatted(i / 250, i % 250))
          .forEach(address -> all.row(address, "L"));
      write(all);

      assertThat(history().rows("select count(*) from listings"))
          .containsExactly(String.valueOf(run == 1 ? ListingIntervals.MAX_WRITES : many));
    }
    write(Records.at("2026-11-30T10:45:00Z", "a.example").row(IP, "N"));
    assertThat(history().rows("select count(*) from listings where is_open = 1"))
        .as("all of them end at once")
        .containsExactly("0");
  }

  /** An empty table may be a mistake; a run that read nothing cannot tell what is gone. */
  @Test
  default void aRunThatWasRefusedIsARowAndEndsNothing() {
    write(Records.at("2026-11-30T10:00:00Z", ZONES).row(IP, "LNNN"));
    Instant at = Instant.parse("2026-11-30T10:15:00Z");
    new HistoryWriter(history().settings(), Redaction.NONE, Set.of())
        .write(
            RunRecord.refused(
                "run-2",
                at,
                StartedBy.USER,
                false,
                new RunEnd(at, 1, Optional.of("job parameter ips: is empty")),
                RunScope.all(ZoneList.parse("b.example"))));

    assertThat(history().rows("select outcome, message from runs where run_id = 'run-2'"))
        .containsExactly("failed|job parameter ips: is empty");
    assertThat(listings()).singleElement().asString().endsWith("null|null");
  }

  /** R39: what lasts is new when it begins and when it ends, not in between. */
  @Test
  default void aConditionIsNewWhenItBeginsAndWhenItEnds() {
    Condition broken = new Condition(Kind.LIST_BROKEN, "a.example", "a.example is silent");
    Condition exhausted = new Condition(Kind.POOL_EXHAUSTED, "7", "every address is listed");

    assertThat(news("10:00", run -> run.conditions(Kind.LIST_BROKEN, broken)))
        .isEqualTo(new RunNews(Set.of(), List.of(broken), List.of()));
    assertThat(news("10:15", run -> run.conditions(Kind.LIST_BROKEN, broken)))
        .isEqualTo(new RunNews(Set.of(), List.of(), List.of()));
    assertThat(
            news(
                "10:30",
                run ->
                    run.conditions(Kind.LIST_BROKEN, broken)
                        .conditions(Kind.POOL_EXHAUSTED, exhausted)))
        .isEqualTo(new RunNews(Set.of(), List.of(exhausted), List.of()));
    assertThat(news("10:45", run -> run.conditions(Kind.LIST_BROKEN)))
        .as("the run cannot say whether the pool is exhausted")
        .isEqualTo(new RunNews(Set.of(), List.of(), List.of(broken)));
    assertThat(news("11:00", run -> run)).isEqualTo(new RunNews(Set.of(), List.of(), List.of()));
    assertThat(news("11:15", run -> run.conditions(Kind.LIST_BROKEN, broken)).started())
        .containsExactly(broken);
    assertThat(history().rows("select kind, subject, is_open, details from conditions order by id"))
        .containsExactly(
            "list_broken|a.example|null|a.example is silent",
            "pool_exhausted|7|1|every address is listed",
            "list_broken|a.example|1|a.example is silent");
  }

  private RunNews news(String time, UnaryOperator<Records> found) {
    Records run = found.apply(Records.at("2026-11-30T%s:00Z".formatted(time), ZONES));
    return announcing(RowChange.Type.values()).write(run.record());
  }

  private HistoryWriter announcing(RowChange.Type... types) {
    return new HistoryWriter(history().settings(), Redaction.NONE, Set.of(types));
  }

  /** R39: at most four messages about an address in 24 hours. */
  @Test
  default void anAddressIsMutedAfterFourMessagesInADay() {
    HistoryWriter writer = announcing(RowChange.Type.NEWLY_LISTED);
    Instant first = Instant.parse("2026-11-30T10:00:00Z");
    for (int i = 0; i < 4; i++) {
      assertThat(writer.write(flapping(first.plus(Duration.ofMinutes(15L * i)))).muted()).isEmpty();
    }
    Records dry = Records.at(first.plus(Duration.ofHours(2)), ZoneList.parse(ZONES)).dry();
    assertThat(writer.write(dry.row(OTHER, "LNNN").record()).muted())
        .as("read by every run, whatever it is")
        .containsExactly(Ipv4Address.of(IP));
    assertThat(writer.write(flapping(first.plus(Duration.ofHours(3)))).muted())
        .containsExactly(Ipv4Address.of(IP));
    assertThat(writer.write(flapping(first.plus(Duration.ofHours(24)).plusSeconds(3))).muted())
        .as("the first message is more than a day ago")
        .isEmpty();
    assertThat(
            history()
                .rows(
                    "select case when announced then 1 else 0 end, count(*) from row_changes group by announced order by 1"))
        .as("not those of a dry run, and not the muted one")
        .containsExactly("0|2", "1|5");
  }

  private static RunRecord flapping(Instant at) {
    return Records.at(at, ZoneList.parse(ZONES)).row(IP, "LNNN").record();
  }

  /** A password may be a word that is in the name of a zone: the name must still be found again. */
  @Test
  default void namesOfZonesAreStoredAsTheyAre() {
    HistoryWriter writer =
        new HistoryWriter(
            history().settings(), new Redaction(List.of(new Secret("a.example"))), Set.of());
    Condition broken = new Condition(Kind.LIST_BROKEN, "a.example", "a.example is silent");
    for (int i = 0; i < 2; i++) {
      writer.write(
          Records.at(Instant.parse("2026-11-30T10:00:00Z").plusSeconds(i * 900L), zones())
              .row(IP, "LNNN")
              .conditions(Kind.LIST_BROKEN, broken)
              .record());
    }

    assertThat(history().rows("select zone, is_open from listings")).containsExactly("a.example|1");
    assertThat(history().rows("select kind, subject, details from conditions"))
        .containsExactly("list_broken|a.example|*** is silent");
    assertThat(history().rows("select count(*) from zone_health where zone = 'a.example'"))
        .containsExactly("2");
  }

  private static List<Zone> zones() {
    return ZoneList.parse(ZONES);
  }

  @Test
  default void aChangeThatIsNoTopicIsNotCounted() {
    HistoryWriter writer = announcing(RowChange.Type.RESTORED);
    Instant first = Instant.parse("2026-11-30T10:00:00Z");
    for (int i = 0; i < 6; i++) {
      assertThat(writer.write(flapping(first.plusSeconds(i * 60L))).muted()).isEmpty();
    }
  }

  @Test
  default void manyListingsAreWrittenWithinTheLimit() {
    Records first = Records.at("2026-11-30T10:00:00Z", "a.example");
    Records second = Records.at("2026-11-30T10:15:00Z", "a.example");
    IntStream.range(0, 10_000)
        .mapToObj(i -> "198.18.%d.%d".formatted(i / 250, i % 250))
        .forEach(address -> {
          first.row(address, "L");
          second.row(address, "L");
        });
    write(first);
    write(second);

    assertThat(history().rows("select last_seen, count(*) from listings group by last_seen"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("2026-11-30 10:15:02")
        .endsWith("|10000");
  }

  @Test
  default void theQueriesOfTheDocumentationFindWhatTheySay() {
    write(Records.at("2026-11-30T10:00:00Z", ZONES).row("203.0.113.7", "LUNN"));
    write(Records.at("2026-11-30T10:15:00Z", ZONES).incomplete().ended(1, "Jira is down"));

    List<List<String>> results =
        DocsPage.of("docs/history.md").section("## Queries").blocks("sql").stream()
            .map(lines -> String.join("\n", lines).replaceFirst(";$", ""))
            .map(history()::rows)
            .toList();

    assertThat(results).hasSize(5).allSatisfy(rows -> assertThat(rows).isNotEmpty());
    assertThat(results.get(0).getFirst()).startsWith("203.0.113.7|a.example|2026-11-30 10:00:02");
    assertThat(results.get(1)).hasSize(1).first().asString().contains("203.0.113.7|a.example|1|");
    assertThat(results.get(2).getFirst()).contains("|command|newly_listed|80|0|a.example");
    assertThat(results.get(3).getFirst()).startsWith("b.example|1|1|1|");
    assertThat(results.get(4)).singleElement().asString().endsWith("|1|Jira is down");
  }

  /** Whatever comes, the intervals are those of a simple model. */
  @Test
  default void randomRunsLeaveTheIntervalsOfTheModel() {
    for (long seed = 1; seed <= 20; seed++) {
      new RandomRuns(seed, history(), ZoneList.parse(ZONES), Instant.parse("2026-11-01T00:00:00Z"))
          .check();
      history().execute("delete from listings");
      history().execute("delete from runs");
    }
  }
}
