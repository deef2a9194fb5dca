package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.QuestionLog.Asked;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.StartedRun;
import dnsblmonitor.testing.TestDatabase.Row;
import dnsblmonitor.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R5, R22, R23, R26, R27: what others do meanwhile, and what breaks, loses and doubles nothing. */
@ExtendWith(SharedServerExtension.class)
class FaultsIT {

  private static final List<String> LISTED = List.of("203.0.113.1", "203.0.113.2", "203.0.113.3");

  private final World world;

  FaultsIT(SharedServer server) {
    world = server.world("zen.example,bl.example");
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void anEditBetweenReadAndWriteIsKept() {
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.set("DNS_TIMEOUT", "20").dns().zone("zen.example").delay(Duration.ofMillis(1500));
    Asked address = new Asked("7.113.0.203.zen.example.", "A");

    StartedRun run = world.start();
    Await.until("the row is read", () -> world.dns().questions().containsKey(address));
    world.database().execute("update postal.ip_addresses set priority = 30");
    Ended ended = run.awaitEnd();

    ended.expectExit(0);
    assertThat(world.database().row("203.0.113.7"))
        .isEqualTo(
            new Row(1, "203.0.113.7", 0, 30, "zen.example", "new block from list(s) zen.example"));
  }

  @Test
  void aRunThatIsKilledInTheMiddleIsCompletedByTheNextAndNothingIsDoneTwice() {
    threeListedRows();
    Duration untilItIsKilled = Duration.ofMinutes(1);
    world
        .jira()
        .fail("POST", ".*/issue", FakeJiraFault.rightAnswer().delayed(untilItIsKilled))
        .fail("POST", ".*/issue", FakeJiraFault.status(503).delayed(untilItIsKilled).times(2));

    MonitorProcess run = world.process();
    Await.until("the first ticket is filed", () -> world.jira().issues().size() == 1);
    run.kill();
    run.awaitEnd();
    world.jira().noMoreFaults();
    Ended next = world.run();

    next.expectExit(0);
    assertThat(world.database().writes()).isEqualTo(3);
    assertThat(world.jira().issues())
        .extracting(FakeJiraIssue::summary)
        .containsExactlyInAnyOrderElementsOf(
            LISTED.stream().map("IP %s blacklisted by zen.example"::formatted).toList());
    assertThat(world.jira().issues()).allMatch(issue -> issue.comments().isEmpty());
  }

  @Test
  void aTicketThatJiraCouldNotTakeIsFiledOnceLater() {
    threeListedRows();
    world.jira().fail("GET", ".*/myself", FakeJiraFault.status(503).times(1000));

    Ended down = world.run();

    down.expectExit(1);
    assertThat(down.event("fatal_error").getString("error_type")).isEqualTo("JiraUnreachable");
    assertThat(down.event("job_summary").getInt("exit_code")).isEqualTo(1);
    assertThat(down.events("jira_retry"))
        .extracting(event -> event.getInt("wait_sec"))
        .containsExactly(2, 4, 8);
    assertThat(down.events("ip_checked")).hasSize(3);
    assertThat(world.database().writes()).as("throttling does not wait for Jira").isEqualTo(3);

    world.jira().noMoreFaults();
    Ended up = world.run();
    Ended again = world.run();

    up.expectExit(0);
    assertThat(up.event("job_summary").getInt("jira_created")).isEqualTo(3);
    assertThat(again.event("job_summary").getInt("jira_created")).isZero();
    assertThat(world.jira().issues()).hasSize(3);
    assertThat(world.database().writes()).isEqualTo(3);
  }

  @Test
  void aCreateWhoseAnswerIsLostMakesNoSecondTicket() {
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.jira().fail("POST", ".*/issue", FakeJiraFault.reset().afterProcessing());

    Ended lost = world.run();
    Ended next = world.run();

    lost.expectExit(0);
    assertThat(lost.event("issue_created").getString("issue"))
        .isEqualTo(world.jira().issues().getFirst().key());
    next.expectExit(0);
    assertThat(world.jira().issues()).hasSize(1);
    assertThat(world.jira().count("POST", ".*/issue")).isEqualTo(1);
  }

  @Test
  void refusedCredentialsEndTheRunWithOneAfterTheRowsAreWritten() {
    threeListedRows();
    world.set("JIRA_API_TOKEN", "expired-token");

    Ended run = world.run();

    run.expectExit(1);
    assertThat(run.event("fatal_error").getString("error_type"))
        .isEqualTo("JiraAuthenticationFailure");
    assertThat(run.events("jira_retry")).isEmpty();
    assertThat(world.database().writes()).isEqualTo(3);
  }

  @Test
  void whatJiraSaysFirstIsWhatTheRunTells() {
    threeListedRows();
    world
        .jira()
        .fail("POST", "/issue", FakeJiraFault.rightAnswer().times(2))
        .fail("POST", "/issue", FakeJiraFault.status(401))
        .fail("POST", "/search/jql", FakeJiraFault.rightAnswer())
        .fail("POST", "/search/jql", FakeJiraFault.status(400));

    Ended ended = world.run();

    ended.expectExit(1);
    assertThat(ended.event("fatal_error").getString("error_type"))
        .isEqualTo("JiraAuthenticationFailure");
    assertThat(ended.event("fatal_error").getString("error_message"))
        .contains("create of", "JIRA_API_TOKEN");
    assertThat(ended.event("job_summary").getInt("jira_created")).isEqualTo(2);
  }

  @Test
  void theSecondOfTwoRunsAtOnceIsSkippedAndSaysWhoRuns() {
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.dns().zone("bl.example").silent();
    world.set("DNS_TIMEOUT", "30");

    StartedRun first = world.start();
    Await.until("the first run asks", () -> world.dns().questions("bl.example") > 0);
    Ended second = world.process().awaitEnd();
    world.dns().zone("bl.example").behaves();
    Ended ended = first.awaitEnd();

    second.expectExit(0);
    assertThat(second.event("run_skipped").getString("holder")).contains("dnsbl-monitor ");
    assertThat(second.events("job_summary")).isEmpty();
    ended.expectExit(0);
    assertThat(world.database().writes()).isEqualTo(1);
    assertThat(world.jira().issues()).hasSize(1);
  }

  @Test
  void aRunWhoseLockSessionIsEndedStops() {
    world.database().insert("203.0.113.7", 80);
    world.dns().zone("bl.example").silent();
    world.set("DNS_TIMEOUT", "60");

    StartedRun run = world.start();
    Await.until("the run asks", () -> world.dns().questions("bl.example") > 0);
    endLockSession();
    Ended ended = run.awaitEnd();

    ended.expectExit(1);
    assertThat(ended.event("fatal_error").getString("error_type")).isEqualTo("LockLost");
    assertThat(world.database().writes()).isZero();
  }

  /** R5: another run may have the lock already, and file the same. */
  @Test
  void aRunThatLosesItsLockWhileItSearchesJiraFilesNothing() {
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world
        .jira()
        .fail("POST", "/search/jql", FakeJiraFault.rightAnswer().delayed(Duration.ofSeconds(2)));

    StartedRun run = world.start();
    Await.until("the run searches", () -> world.jira().count("POST", "/search/jql") > 0);
    endLockSession();
    Ended ended = run.awaitEnd();

    ended.expectExit(1);
    assertThat(ended.event("fatal_error").getString("error_type")).isEqualTo("LockLost");
    assertThat(world.jira().issues()).isEmpty();
  }

  private void endLockSession() {
    world
        .database()
        .execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
  }

  private void threeListedRows() {
    for (String address : LISTED) {
      world.database().insert(address, 80);
      world.dns().lists("zen.example", address, "127.0.0.2");
    }
  }
}
