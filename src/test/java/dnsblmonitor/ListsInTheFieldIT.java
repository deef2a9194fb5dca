package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.CheckingTime;
import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestDatabase.Row;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * R11, R14, R17, R20c, R33: lists that are dead, lie or say what they mean in codes of their own.
 */
@ExtendWith(SharedServerExtension.class)
class ListsInTheFieldIT {

  private final World world;

  ListsInTheFieldIT(SharedServer server) {
    world = server.world("bl.example,other.example");
  }

  @BeforeEach
  void oneAddressOfTwoIsListed() {
    world.database().insert("203.0.113.7", 80);
    world.database().insert("203.0.113.8", 60);
    world.dns().lists("bl.example", "203.0.113.7", "127.0.0.2");
    world.dns().zone("other.example");
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void aListThatWasEmptiedClearsNothingAndIsReported() {
    world.run().expectExit(0);
    world.dns().zone("bl.example").unlist("203.0.113.7").unlist("127.0.0.2");

    Ended emptied = world.run();

    emptied.expectExit(0);
    assertThat(world.database().row("203.0.113.7").priority()).isZero();
    assertThat(world.database().writes()).as("the throttling alone").isEqualTo(1);
    assertThat(world.jira().issues().getFirst().comments()).isEmpty();
    assertThat(emptied.events("dns_failure"))
        .extracting(event -> event.getString("error_type"))
        .containsOnly("TestEntryMissing");
    JsonObject health = health(emptied, "bl.example");
    assertThat(health.getString("level")).isEqualTo("WARNING");
    assertThat(health.getString("status")).isEqualTo("broken");
    assertThat(health.getString("probe")).isEqualTo("TestEntryMissing");
    assertThat(health.getString("message"))
        .contains("may be dead or empty", "ZONES_WITHOUT_TEST_ENTRY", "DNSBL_ZONES");
    assertThat(emptied.event("job_summary").getString("suggested_zones"))
        .isEqualTo("other.example");

    world.set("ZONES_WITHOUT_TEST_ENTRY", "bl.example").run().expectExit(0);

    assertThat(world.database().row("203.0.113.7").priority())
        .as("its answers count as they stand")
        .isEqualTo(80);
  }

  @Test
  void noZoneWithItsTestEntryIsTheResolversFault() {
    world.dns().zone("bl.example").unlist("127.0.0.2");
    world.dns().zone("other.example").unlist("127.0.0.2");

    Ended run = world.run();

    run.expectExit(0);
    assertThat(run.event("resolver_failure").getString("error_message"))
        .contains("all zones answer, but none lists its test entry");
    assertThat(world.database().row("203.0.113.7").priority()).as("a listing counts").isZero();
  }

  @Test
  void aListThatSaysNothingInsteadOfNoRestoresItsRows() {
    world.dns().zone("bl.example").noData();
    world.run().expectExit(0);
    world.dns().unlist("bl.example", "203.0.113.7");

    Ended clean = world.run();

    clean.expectExit(0);
    assertThat(clean.events("dns_failure")).isEmpty();
    assertThat(world.database().row("203.0.113.7").priority()).isEqualTo(80);
  }

  @Test
  void aListThatHoldsLoopbackAsGoodIsUsed() {
    world.set("DNSBL_ZONES", "bl.example=127.0.0.2,bl.example=127.0.0.1*-2,other.example");
    world.dns().lists("bl.example", "127.0.0.1", "127.0.0.1");

    Ended run = world.run();

    run.expectExit(0);
    assertThat(run.events("dns_failure")).isEmpty();
    assertThat(world.database().row("203.0.113.7").blockingLists()).isEqualTo("bl.example");
  }

  @Test
  void anAllowlistOverItsQuotaProtectsAndIsReported() {
    world.set("DNSBL_ZONES", "bl.example,list.dnswl.org=127.0.[0..255].[1..3]*-4");
    world.dns().zone("list.dnswl.org").answers("127.0.0.255");

    Ended run = world.run();

    run.expectExit(0);
    assertThat(world.database().writes()).isZero();
    assertThat(run.events("ip_checked"))
        .filteredOn(event -> event.containsKey("protected_by"))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getString("ip")).isEqualTo("203.0.113.7");
          assertThat(event.getJsonArray("protected_by")).hasToString("[\"list.dnswl.org\"]");
        });
    assertThat(run.event("job_summary").getString("message"))
        .contains("1 clean addresses are not listed only because an allowlist gave no answer");
    assertThat(health(run, "list.dnswl.org").getString("level")).isEqualTo("WARNING");
    assertThat(health(run, "list.dnswl.org").getString("message"))
        .contains("1 clean addresses are not listed only because this allowlist gave no answer");
    assertThat(health(run, "list.dnswl.org").getJsonObject("reasons"))
        .hasToString("{\"ZoneRefusesService\":2}");
  }

  @Test
  void aListThatListsEverythingIsDroppedAndTheTicketSaysSo() {
    world.run().expectExit(0);
    world.dns().zone("bl.example").answers("127.0.0.2");

    Ended lying = world.run();

    lying.expectExit(0);
    assertThat(world.database().row("203.0.113.7").priority()).isEqualTo(80);
    assertThat(world.database().row("203.0.113.8").priority()).isEqualTo(60);
    assertThat(world.jira().issues())
        .singleElement()
        .satisfies(ticket ->
            assertThat(ticket.comments())
                .singleElement()
                .asString()
                .contains("is now clean", "not counted: bl.example lists everything"));
  }

  /** R20b. */
  @Test
  void aListingThatPeopleAcceptDoesNotCountUntilItsDay() {
    world.run().expectExit(0);
    LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
    world
        .set("RESTORE_AFTER", "PT6H")
        .set("EXCEPTIONS", "203.0.113.7@bl.example/" + tomorrow + ", 192.0.2.77/2026-01-31");

    Ended excepted = world.run();

    excepted.expectExit(0);
    assertThat(world.database().row("203.0.113.7").priority()).isEqualTo(80);
    assertThat(excepted.event("exception_expired").getString("exception"))
        .isEqualTo("192.0.2.77/2026-01-31");
    assertThat(excepted.events("ip_checked"))
        .filteredOn(event -> event.containsKey("excepted_zones"))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getString("ip")).isEqualTo("203.0.113.7");
          assertThat(event.getString("decision")).isEqualTo("CLEAN");
          assertThat(event.getJsonArray("excepted_zones")).hasToString("[\"bl.example\"]");
        });
    assertThat(health(excepted, "bl.example").getInt("listed")).isEqualTo(1);
    assertThat(world.jira().issues().getFirst().comments())
        .singleElement()
        .asString()
        .startsWith("No longer throttled: an exception is in force until " + tomorrow);

    world.run().expectExit(0);

    assertThat(world.jira().writes()).as("it is told once").isEqualTo(2);

    world.set("EXCEPTIONS", "203.0.113.7@bl.example/" + tomorrow.minusDays(2)).run().expectExit(0);

    assertThat(world.database().row("203.0.113.7").priority()).as("it has ended").isZero();
  }

  /** R7b. */
  @Test
  void aRunThatCannotCheckAllDoesWhatItCanAndSaysSo() {
    world.database().execute("truncate ip_addresses restart identity");
    for (int i = 1; i <= 60; i++) {
      world.database().insert("198.51.100." + i, 80);
      if (i % 5 == 0) {
        world.dns().lists("bl.example", "198.51.100." + i, "127.0.0.2");
      }
    }
    world.set("DNS_ZONE_RATE", "1").set("RUN_DEADLINE", "PT30S");

    Ended run = world.run();

    run.expectExit(1);
    Instant started = Instant.parse(run.events().getFirst().getString("timestamp"));
    long first = CheckingTime.firstId(1, 60, started);
    assertThat(run.event("fatal_error").getString("error_type")).isEqualTo("DeadlineExceeded");
    assertThat(run.events("warning"))
        .extracting(event -> event.getString("message"))
        .anyMatch(message -> message.contains("starts at row %d:".formatted(first)));
    JsonObject incomplete = run.event("run_incomplete");
    int checked = incomplete.getInt("checked");
    assertThat(checked).isBetween(10, 30);
    assertThat(incomplete.getInt("not_checked")).isEqualTo(60 - checked);
    List<String> inOrder =
        IntStream.range(0, checked)
            .mapToObj(n -> "198.51.100." + (1 + (first - 1 + n) % 60))
            .toList();
    assertThat(run.events("ip_checked"))
        .extracting(event -> event.getString("ip"))
        .containsExactlyInAnyOrderElementsOf(inOrder);
    assertThat(health(run, "bl.example").getInt("listed")).isEqualTo(world.database().writes());
    assertThat(health(run, "other.example").getInt("not_listed")).isEqualTo(checked);
    assertThat(run.events("dns_failure")).isEmpty();
    assertThat(world.database().writes()).isBetween(1, 12);
    assertThat(world.jira().issues()).hasSize(world.database().writes());
    assertThat(run.event("job_summary").getInt("total_ips")).isEqualTo(checked);
  }

  /** R20a: a list that lists and delists by turns does not make a row flip at every run. */
  @Test
  void aRowIsRestoredWhenItsLastChangeIsOldEnough() {
    world.set("RESTORE_AFTER", "PT1H").run().expectExit(0);
    world.dns().unlist("bl.example", "203.0.113.7");

    Ended tooSoon = world.run();

    tooSoon.expectExit(0);
    assertThat(world.database().row("203.0.113.7").priority()).isZero();
    assertThat(world.database().writes()).isEqualTo(1);
    assertThat(world.jira().writes()).as("the ticket of the listing").isEqualTo(1);
    JsonObject waiting =
        tooSoon.events("ip_checked").stream()
            .filter(event -> event.getString("ip").equals("203.0.113.7"))
            .findFirst()
            .orElseThrow();
    assertThat(waiting.getString("decision")).isEqualTo("LISTED");
    assertThat(Instant.parse(waiting.getString("restore_not_before")))
        .isBetween(
            Instant.now().plus(Duration.ofMinutes(50)), Instant.now().plus(Duration.ofMinutes(60)));
    assertThat(tooSoon.event("job_summary").getInt("listed_now")).isEqualTo(1);

    world
        .database()
        .execute("update ip_addresses set updated_at = updated_at - interval '61 minutes'");
    world.run().expectExit(0);

    assertThat(world.database().row("203.0.113.7").priority()).isEqualTo(80);
    assertThat(world.jira().issues().getFirst().comments())
        .singleElement()
        .asString()
        .contains("IP is now clean");
  }

  /** R7a. */
  @Test
  void aRowWhoseListsDoNotFitIsReportedAndTheOthersAreWrittenAndTicketed() {
    world.database().execute("alter table ip_addresses drop \"blockingLists\"");
    world.database().execute("alter table ip_addresses add \"blockingLists\" varchar(15)");
    world.database().migrate();
    world.dns().lists("other.example", "203.0.113.7", "127.0.0.2");
    world.dns().lists("bl.example", "203.0.113.8", "127.0.0.2");

    Ended run = world.run();

    run.expectExit(1);
    assertThat(run.event("row_unwritable").toString())
        .contains(
            "\"ip\":\"203.0.113.7\"",
            "\"column\":\"blockingLists\"",
            "\"width\":15",
            "\"needed\":24");
    assertThat(run.event("fatal_error").getString("error_type")).isEqualTo("DatabaseSchemaError");
    assertThat(run.event("fatal_error").getString("error_message"))
        .contains("row 1 ", "203.0.113.7", "change its type to text");
    assertThat(world.database().row("203.0.113.7").priority()).isEqualTo(80);
    assertThat(world.database().row("203.0.113.8").priority()).isZero();
    assertThat(world.jira().issues())
        .extracting(FakeJiraIssue::summary)
        .containsExactly("IP 203.0.113.8 blacklisted by bl.example");
  }

  /** R20c, R17: Postal's UI emptied its list, LISTED_PRIORITY was 0, and an allowlist is silent. */
  @Test
  void aThrottledRowWhoseListWasEmptiedStaysThrottledAndGetsItsOwnPriorityBack() {
    world.run().expectExit(0);
    world.database().execute("update ip_addresses set \"blockingLists\" = null where id = 1");
    world.set("LISTED_PRIORITY", "1").set("DNSBL_ZONES", "bl.example,other.example*-2");
    world.dns().zone("other.example").rcode("SERVFAIL");

    Ended again = world.run();

    again.expectExit(0);
    assertThat(world.database().row("203.0.113.7"))
        .isEqualTo(
            new Row(1, "203.0.113.7", 1, 80, "bl.example", "new block from list(s) bl.example"));
    assertThat(again.events("ip_checked"))
        .noneMatch(event -> event.containsKey("protected_by"))
        .filteredOn(event -> event.getString("ip").equals("203.0.113.7"))
        .extracting(event -> event.getString("decision"))
        .containsExactly("LISTED");

    world.dns().unlist("bl.example", "203.0.113.7");
    world.run().expectExit(0);

    assertThat(world.database().row("203.0.113.7").priority()).isEqualTo(80);
  }

  /** R14a: the list passes its probe and lists what it is asked for from the 6th address on. */
  @Test
  void aListThatGoesBadIsHeldBack() {
    for (int i = 9; i <= 46; i++) {
      world.database().insert("203.0.113." + i, 50);
    }
    for (int i = 12; i <= 46; i++) {
      world.dns().lists("bl.example", "203.0.113." + i, "127.0.0.2");
    }
    world.dns().lists("other.example", "203.0.113.46", "127.0.0.2");

    Ended untold = world.set("DRY_RUN", "true").set("TICKETS", "none").run();
    Ended dry = world.set("TICKETS", "jira").run();
    world.set("DRY_RUN", "false");
    Ended run = world.run();

    untold.expectExit(0);
    assertThat(untold.event("mass_listing").getInt("newly_listed")).isEqualTo(36);
    assertThat(untold.events("would_raise_alert")).as("R28a").isEmpty();
    dry.expectExit(0);
    assertThat(dry.event("mass_listing").getInt("newly_listed")).isEqualTo(36);
    assertThat(dry.event("would_raise_alert").getString("summary"))
        .isEqualTo("Mass listing held back - bl.example newly lists 36 of 40 addresses");
    assertThat(dry.events("would_update_row")).hasSize(1);
    run.expectExit(0);
    assertThat(run.event("mass_listing").getString("message"))
        .contains("bl.example newly lists 36 of 40 addresses", "MASS_LISTING_LIMIT", "ips");
    assertThat(run.event("row_updated").toString())
        .contains("203.0.113.46", "\"blockingLists\":\"other.example\"");
    assertThat(world.database().writes()).isEqualTo(1);
    assertThat(health(run, "bl.example").getInt("listed")).isEqualTo(36);
    assertThat(run.events("ip_checked"))
        .filteredOn(event -> event.containsKey("held_back_zones"))
        .hasSize(36);
    assertThat(world.jira().issues())
        .extracting(FakeJiraIssue::summary)
        .containsExactlyInAnyOrder(
            "IP 203.0.113.46 blacklisted by other.example",
            "Mass listing held back - bl.example newly lists 36 of 40 addresses");
    FakeJiraIssue ticket = massListing();
    assertThat(ticket.labels())
        .containsExactlyInAnyOrder(
            "dnsbl-monitor", "dnsbl-postal-mass-" + LocalDate.now(ZoneOffset.UTC));

    world.jira().close(ticket.key());
    world.run().expectExit(0);

    assertThat(world.jira().issues()).as("one a day, closed or not").hasSize(2);
    assertThat(ticket.comments()).isEmpty();

    Ended manual = world.runWith("{\"ips\": \"203.0.113.12,203.0.113.13\"}");

    manual.expectExit(0);
    assertThat(manual.events("mass_listing")).isEmpty();
    assertThat(world.database().row("203.0.113.12").blockingLists()).isEqualTo("bl.example");
    assertThat(world.database().row("203.0.113.14").blockingLists()).isNullOrEmpty();

    world.set("MASS_LISTING_LIMIT", "100").run().expectExit(0);

    assertThat(world.database().row("203.0.113.14").priority()).isZero();
  }

  private FakeJiraIssue massListing() {
    return world.jira().issues().stream()
        .filter(issue -> issue.summary().startsWith("Mass"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void ifNoZoneShowsThatTheResolverWorksAnAnswerIsKept() {
    world.run().expectExit(0);
    world.dns().zone("bl.example").answers("127.0.0.2");
    world.dns().zone("other.example").answers("127.0.0.2");

    Ended lying = world.run();

    lying.expectExit(0);
    assertThat(world.database().row("203.0.113.7").priority()).isZero();
    assertThat(world.database().writes()).isEqualTo(1);
  }

  private static JsonObject health(Ended run, String zone) {
    return run.events("zone_health").stream()
        .filter(event -> event.getString("zone").equals(zone))
        .findFirst()
        .orElseThrow();
  }
}
