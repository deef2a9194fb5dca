package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJiraExchange;
import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.JiraDescription;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.World;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R23, R24, R28: what the monitor says to Jira Cloud is what Atlassian describes. */
@ExtendWith(SharedServerExtension.class)
class JiraDescriptionIT {

  private final JiraDescription description = JiraDescription.given();

  @Test
  void noRequestOfWholeRunsViolatesTheDescription(SharedServer server) {
    try (World world = server.world("zen.example,bl.example,dead.example")) {
      world.set("DNS_TIMEOUT", "1").set("MALFUNCTION_THRESHOLD", "10");
      world.database().insert("203.0.113.6", 50);
      world.database().insert("203.0.113.7", 80);
      world.dns().lists("zen.example", "203.0.113.6", "127.0.0.2", "https://zen.example/why");
      world.dns().lists("zen.example", "203.0.113.7", "127.0.0.4");
      for (int n = 10; n < 15; n++) { // with these in bulk
        world.database().insert("203.0.113." + n, 80);
        world.dns().lists("zen.example", "203.0.113." + n, "127.0.0.2");
      }
      world.dns().zone("dead.example").silent();
      Ended first = world.run();
      world.dns().unlist("zen.example", "203.0.113.6");
      world.dns().lists("bl.example", "203.0.113.7", "127.0.0.2");
      Ended second = world.run();

      first.expectExit(0);
      second.expectExit(0);
      List<FakeJiraIssue> issues = world.jira().issues();
      assertThat(issues).as("seven tickets and an alert").hasSize(8);
      assertThat(world.jira().count("POST", "/issue/bulk")).isOne();
      assertThat(issues).anyMatch(issue -> !issue.attachments().isEmpty());
      assertThat(issues.stream().mapToInt(issue -> issue.comments().size()).sum())
          .as("one became clean, one changed")
          .isGreaterThanOrEqualTo(2);
      assertThat(world.jira().exchanges())
          .extracting(exchange -> exchange.request().method())
          .contains("GET", "POST", "PUT");
      assertThat(world.jira().exchanges()).allSatisfy(this::isAsDescribed);
    }
  }

  private void isAsDescribed(FakeJiraExchange exchange) {
    assertThat(description.violations(exchange)).isEmpty();
  }
}
