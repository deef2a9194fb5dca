package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.FirstRelease;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.NeedsFirstRelease;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The release 0.1.0 itself and this one, on the same rows and tickets. */
@NeedsFirstRelease
@ExtendWith(SharedServerExtension.class)
class RollbackIT {

  private static final String IP = "203.0.113.7";

  private final SharedServer server;
  private final World world;

  RollbackIT(SharedServer server) {
    this.server = server;
    world = server.world(FirstRelease.ZONES);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void theFirstReleaseLeavesWhatUpgradesAreTestedWith() {
    FirstRelease.runTwice(world);
    List<TestDatabase.Row> rows = world.database().rows();
    List<FirstRelease.Ticket> tickets = FirstRelease.tickets(world);
    world.close();

    World recorded = server.world(FirstRelease.ZONES);
    FirstRelease.leftovers(recorded);
    assertThat(recorded.database().rows()).isEqualTo(rows);
    assertThat(FirstRelease.tickets(recorded)).isEqualTo(tickets);
    recorded.close();
  }

  @Test
  void theFirstReleaseGoesOnFromWhatThisOneLeavesAndThisOneFromThat() {
    TestHistory history = TestHistory.create(world.database());
    world
        .set("HISTORY_DB_URL", history.url())
        .set("RESTORE_AFTER", "PT0S")
        .set("MASS_LISTING_LIMIT", "50")
        .set("EXCEPTIONS", "203.0.113.99@bl.example/2099-01-01");
    world.database().insert(IP, 80);
    changeFiveTimes();
    assertThat(ticket().properties().toString()).contains("\"gathered\":1");
    List<TestDatabase.Row> rows = world.database().rows();
    int writes = world.jira().writes();

    Ended back = FirstRelease.run(world);

    back.expectExit(0);
    assertThat(back.event("job_summary").getInt("listed_total")).isEqualTo(1);
    assertThat(world.database().rows()).isEqualTo(rows);
    assertThat(world.jira().writes()).isEqualTo(writes);

    world.dns().unlist("zen.example", IP).unlist("bl.example", IP);
    FirstRelease.run(world).expectExit(0);
    assertThat(world.database().row(IP))
        .extracting(TestDatabase.Row::priority, TestDatabase.Row::oldPriority)
        .containsExactly(80, null);
    assertThat(ticket().comments()).hasSize(5).last().asString().startsWith("IP is now clean");
    int writesOfBoth = world.jira().writes();

    world.run().expectExit(0);
    assertThat(world.jira().writes()).isEqualTo(writesOfBoth);
    assertThat(world.jira().issues()).hasSize(1);
    assertThat(history.rows("select distinct end_reason from listings"))
        .containsExactly("not_listed");
    history.close();
  }

  @Test
  void theTwoNeverWorkAtTheSameTime() {
    world.set("DNSBL_ZONES", FirstRelease.ZONES + ",dead.example").set("DNS_TIMEOUT", "20");
    world.dns().zone("dead.example").silent();
    world.database().insert(IP, 80);
    MonitorProcess run = world.process();
    Await.until("it holds the lock", () -> world.dns().questions("dead.example") > 0);

    Ended other = FirstRelease.run(world);

    other.expectExit(0);
    assertThat(other.events("run_skipped")).hasSize(1);
    run.terminated();
  }

  /** The last change is one too many for a comment (R23a). */
  private void changeFiveTimes() {
    world.dns().lists("zen.example", IP, "127.0.0.2");
    world.run().expectExit(0);
    for (int i = 0; i < 5; i++) {
      if (i % 2 == 0) {
        world.dns().lists("bl.example", IP, "127.0.0.3");
      } else {
        world.dns().unlist("bl.example", IP);
      }
      world.run().expectExit(0);
    }
  }

  private FakeJiraIssue ticket() {
    assertThat(world.jira().issues()).hasSize(1);
    return world.jira().issues().getFirst();
  }
}
