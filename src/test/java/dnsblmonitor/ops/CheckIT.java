package dnsblmonitor.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R5b: the distribution's {@code check}, as a process. */
class CheckIT {

  private static final String KEY = "canaryzonekey0123456789";

  private final World world =
      World.with("zen.example," + KEY + ".keyed.example")
          .set("JIRA_EXCLUDED_STATUSES", "Done,Closed");

  @AfterEach
  void nothingWasWrittenAndNoSecretShown() {
    try (world) {
      assertThat(world.database().writes()).isZero();
      assertThat(world.jira().writes()).isZero();
    }
  }

  private CommandProcess.Ended check() {
    CommandProcess.Ended ended = CommandProcess.run("check", world.environment());
    assertThat(ended.all())
        .doesNotContain(
            TestDatabase.PASSWORD,
            URLEncoder.encode(TestDatabase.PASSWORD, StandardCharsets.UTF_8),
            FakeJira.TOKEN,
            KEY);
    return ended;
  }

  @Test
  void whereEverythingHoldsItSaysSoAndEndsWith0() {
    world.database().insert("203.0.113.7", 80);

    CommandProcess.Ended ended = check();

    assertThat(ended.exitCode()).as(ended.all()).isZero();
    assertThat(ended.line("configuration")).contains("  ok  ", "zones: 2");
    assertThat(ended.line("database")).contains("  ok  ", "PostgreSQL", "login monitor");
    assertThat(ended.line("table postal.ip_addresses")).contains("  ok  ", "blockingLists text");
    assertThat(ended.line("rights")).contains("  ok  ");
    assertThat(ended.line("rows")).contains("  ok  ", "1, each");
    assertThat(ended.line("run lock")).contains("  ok  ", "no run is in progress");
    assertThat(ended.line("resolver " + world.environment().get("DNS_RESOLVERS")))
        .contains("  ok  ");
    assertThat(ended.line("zone zen.example")).contains("  ok  ");
    assertThat(ended.line("zone keyed.example")).contains("  ok  ");
    assertThat(ended.line("Jira server")).contains("  ok  ", "Jira Cloud");
    assertThat(ended.line("Jira permissions")).contains("  ok  ");
    assertThat(ended.line("Jira search")).contains("  ok  ", "'postal': 0");
    assertThat(ended.table().getLast()).endsWith(" ok, 0 warnings, 0 failed");
    assertThat(ended.standardError()).isEmpty();
  }

  /** R36. */
  @Test
  void aHistoryIsTriedAndOneThatCannotBeUsedIsAWarning() {
    assertThat(check().all()).doesNotContain("history");
    try (TestHistory history = TestHistory.create(world.database())) {
      world.set("HISTORY_DB_URL", history.url());

      assertThat(check().line("history"))
          .contains("  ok  ", "PostgreSQL", "login monitor", "no runs yet; kept for 400 days");
      history.execute("revoke insert on listings from monitor");
      CommandProcess.Ended ended = check();

      assertThat(ended.exitCode()).as(ended.all()).isZero();
      assertThat(ended.line("history"))
          .contains("warning", "runs are not recorded", "dnsbl-monitor migrate", "listings");
      assertThat(ended.table().getLast()).endsWith(", 1 warning, 0 failed");
      assertThat(history.rows("select * from runs")).isEmpty();
    }
  }

  @Test
  void everyBadVariableIsALineAndNothingElseIsTried() {
    world.set("DNS_TIMEOUT", "0").set("JIRA_PROJECT", "no key");

    CommandProcess.Ended ended = check();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.line("DNS_TIMEOUT")).contains("FAILED", "1..60");
    assertThat(ended.line("JIRA_PROJECT")).contains("FAILED", "'no key'");
    assertThat(ended.table())
        .hasSize(3)
        .last()
        .asString()
        .isEqualTo("2 checks: 0 ok, 0 warnings, 2 failed");
    assertThat(world.dns().questions()).isEmpty();
    assertThat(world.jira().requests()).isEmpty();
  }

  @Test
  void aDatabaseThatCannotBeUsedIsSaidSoAndTheRestIsTried() {
    world.set("DB_URL", world.database().url().replace("monitor:", "canary-nobody:"));

    CommandProcess.Ended ended = check();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.line("database")).contains("FAILED", "DB_USER");
    assertThat(ended.line("zone zen.example")).contains("  ok  ");
    assertThat(ended.table().getLast()).endsWith(" 1 failed");
  }

  @Test
  void columnsThatAreMissingAreNamedWithTheCommandThatAddsThem() {
    world.database().execute("alter table ip_addresses drop column \"lastEvent\"");

    CommandProcess.Ended ended = check();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.line("table postal.ip_addresses"))
        .contains("FAILED", "lastEvent", "dnsbl-monitor migrate");
    assertThat(ended.line("run lock")).contains("  ok  ");
  }

  @Test
  void zonesThatCannotBeUsedAreNamed() {
    world
        .set("DNSBL_ZONES", "all.example,dead.example,zen.example,hostkarma.junkemailfilter.com")
        .set("DNS_TIMEOUT", "1");
    world.set("DNS_TIMEOUTS", "1");
    world.dns().zone("all.example").answers("127.0.0.2");
    world.dns().zone("dead.example").silent();
    world.dns().zone("hostkarma.junkemailfilter.com");

    CommandProcess.Ended ended = check();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.line("zone all.example")).contains("FAILED", "127.0.0.1");
    assertThat(ended.line("zone dead.example"))
        .contains("FAILED", "no answer for the test entries within 1 s");
    assertThat(ended.line("zone zen.example")).contains("  ok  ");
    assertThat(ended.table())
        .anyMatch(line -> line.matches("configuration +warning +.*DNS_TIMEOUTS.*DNS_TIMEOUT.*"))
        .anyMatch(line -> line.matches("zone hostkarma\\S+ +warning +.* with a filter, such as .*"))
        .last()
        .asString()
        .endsWith(", 2 warnings, 2 failed");
  }

  /** R20b, R28a. */
  @Test
  void withoutTicketsJiraIsNotTriedAndAnExceptionThatHasEndedIsNamed() {
    world.set("TICKETS", "none").set("EXCEPTIONS", "203.0.113.7@zen.example/2026-01-31");

    CommandProcess.Ended ended = check();

    assertThat(ended.exitCode()).as(ended.all()).isZero();
    assertThat(ended.line("Jira")).contains("  ok  ", "TICKETS=none");
    assertThat(ended.line("EXCEPTIONS"))
        .contains("warning", "203.0.113.7@zen.example/2026-01-31 has expired");
    assertThat(ended.all()).contains("JIRA_SERVER", "ignored");
    assertThat(world.jira().requests()).isEmpty();
  }

  @Test
  void credentialsThatJiraRefusesAreSaidSo() {
    world.set("JIRA_API_TOKEN", "canary-wrong-token");

    CommandProcess.Ended ended = check();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.line("Jira login")).contains("FAILED", "JIRA_API_TOKEN");
    assertThat(ended.all()).doesNotContain("canary-wrong-token");
  }

  @Test
  void aProjectThatIsNotThereIsNamedBesideThoseThatAre() {
    world.set("JIRA_PROJECT", "NOPE");

    CommandProcess.Ended ended = check();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.line("Jira project NOPE")).contains("FAILED", "'OPS'");
  }

  @Test
  void issueTypesAndPermissionsThatAreMissingAreNamedBesideThoseThatAreThere() {
    world.set("JIRA_ISSUE_TYPE", "Outage");
    world.jira().withoutPermission("ADD_COMMENTS").labelsOnScreen(false);

    CommandProcess.Ended ended = check();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.line("Jira issue type Outage"))
        .contains("FAILED", "'Bug' (10002), 'Incident' (10003), 'Task' (10001)");
    assertThat(ended.line("Jira issue type Incident")).contains("warning", "labels");
    assertThat(ended.line("Jira permissions"))
        .contains("FAILED", "lacks 'ADD_COMMENTS'", "'EDIT_ISSUES'");
    assertThat(ended.table().getLast()).endsWith(", 2 failed");
  }

  @Test
  void aDryRunMayDoWithoutJira() {
    world.environment().keySet().stream()
        .filter(name -> name.startsWith("JIRA_"))
        .forEach(name -> world.set(name, ""));
    world.set("DRY_RUN", "true");

    CommandProcess.Ended ended = check();

    assertThat(ended.exitCode()).as(ended.all()).isZero();
    assertThat(ended.line("Jira")).contains("warning", "not configured");
    assertThat(world.jira().requests()).isEmpty();
  }

  @Test
  void itTakesNoArguments() {
    MonitorProcess.Ended ended = MonitorProcess.start(Map.of(), "check", "everything").awaitEnd();

    ended.expectExit(1);
    assertThat(ended.lines()).isEqualTo(List.of());
    assertThat(ended.standardError()).contains("'check' takes no arguments");
  }
}
