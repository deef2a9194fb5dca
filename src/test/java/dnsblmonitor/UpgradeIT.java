package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.FirstRelease;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An upgrade from 0.1.0: runs on the rows, tickets and issue properties that it left. {@link
 * RollbackIT} shows that it leaves these.
 */
@ExtendWith(SharedServerExtension.class)
class UpgradeIT {

  private final World world;

  UpgradeIT(SharedServer server) {
    world = server.world(FirstRelease.ZONES);
    FirstRelease.leftovers(world);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void theFirstRunChangesNothing() {
    List<TestDatabase.Row> rows = world.database().rows();
    int writes = world.jira().writes();

    Ended run = world.run();

    run.expectExit(0);
    assertThat(run.event("job_summary").getInt("listed_now")).isEqualTo(2);
    assertThat(run.events("warning")).isEmpty();
    assertThat(world.database().rows()).isEqualTo(rows);
    assertThat(world.jira().writes()).isEqualTo(writes);
  }

  @Test
  void theFirstRunGoesOnFromWhatItFinds() {
    world.dns().unlist("zen.example", FirstRelease.LISTED);
    world.dns().unlist("bl.example", FirstRelease.LISTED_TWICE);
    world.dns().lists("bl.example", FirstRelease.RESTORED, "127.0.0.3");

    world.run().expectExit(0);

    assertThat(world.database().row(FirstRelease.LISTED))
        .extracting(TestDatabase.Row::priority, TestDatabase.Row::oldPriority)
        .containsExactly(80, null);
    assertThat(world.database().row(FirstRelease.LISTED_TWICE))
        .extracting(TestDatabase.Row::oldPriority, TestDatabase.Row::blockingLists)
        .containsExactly(60, "zen.example");
    assertThat(world.database().row(FirstRelease.RESTORED))
        .extracting(TestDatabase.Row::priority, TestDatabase.Row::oldPriority)
        .containsExactly(0, 70);
    assertThat(world.jira().issues()).hasSize(3).allMatch(issue -> issue.comments().size() == 1);
    assertThat(ticket(FirstRelease.LISTED).comments().getFirst())
        .startsWith("IP is now clean (no longer listed)");
    assertThat(ticket(FirstRelease.LISTED_TWICE).comments().getFirst())
        .startsWith("Zone membership changed: now listed on zen.example");
    assertThat(ticket(FirstRelease.RESTORED).comments().getFirst())
        .startsWith("Zone membership changed: now listed on bl.example");
    assertThat(ticket(FirstRelease.RESTORED).properties().toString())
        .contains("\"told\":[\"bl.example\"]", "\"project\":\"OPS\"");
  }

  private FakeJiraIssue ticket(String address) {
    return world.jira().issues().stream()
        .filter(issue -> issue.labels().contains("dnsbl-postal-" + address))
        .findFirst()
        .orElseThrow();
  }
}
