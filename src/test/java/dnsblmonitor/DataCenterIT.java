package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R29 from end to end: the real distribution at a Jira Data Center, with a token and no user. */
@ExtendWith(SharedServerExtension.class)
class DataCenterIT {

  private final World world;

  DataCenterIT(SharedServer server) {
    world = server.worldWithDataCenter("zen.example,bl.example");
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void ticketsAreFiledAndToldInWikiText() {
    world.set("MASS_LISTING_LIMIT", "100");
    for (int n = 1; n <= 12; n++) {
      world.database().insert("203.0.113." + n, 80);
      world.dns().lists("zen.example", "203.0.113." + n, "127.0.0.2", "see *why* {code}");
    }

    Ended listed = world.process().awaitEnd();

    listed.expectExit(0);
    assertThat(world.jira().issues())
        .hasSize(12)
        .allSatisfy(ticket ->
            assertThat(ticket.description()).contains("see *why* {code}", "mx.example.com"));
    assertThat(world.jira().requests().getFirst()).hasToString("GET /serverInfo");
    assertThat(world.jira().count("POST", "/issue/bulk")).isOne();

    Ended same = world.run();

    same.expectExit(0);
    assertThat(world.jira().writes()).as("Jira writes after the second run").isEqualTo(12);

    world.dns().unlist("zen.example", "203.0.113.7");
    world.run().expectExit(0);
    world.run().expectExit(0);

    assertThat(world.jira().issues().stream().flatMap(issue -> issue.comments().stream()))
        .singleElement()
        .asString()
        .contains("IP is now clean (no longer listed)");
    assertThat(world.jira().issues())
        .filteredOn(issue -> !issue.comments().isEmpty())
        .extracting(FakeJiraIssue::summary)
        .containsExactly("IP 203.0.113.7 blacklisted by zen.example");
  }
}
