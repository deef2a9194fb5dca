package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R23-R25e: what people, automations and lists make of the tickets in Jira. */
@ExtendWith(SharedServerExtension.class)
class JiraInTheFieldIT {

  private static final String ADDRESS = "203.0.113.7";

  private final World world;

  JiraInTheFieldIT(SharedServer server) {
    world = server.world("bl.example,other.example");
    world.database().insert(ADDRESS, 80);
    world.dns().zone("bl.example");
    world.dns().zone("other.example");
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private Ended listed(boolean listed) {
    if (listed) {
      world.dns().lists("bl.example", ADDRESS, "127.0.0.2");
    } else {
      world.dns().unlist("bl.example", ADDRESS);
    }
    Ended run = world.run();
    run.expectExit(0);
    return run;
  }

  private FakeJiraIssue onlyTicket() {
    assertThat(world.jira().issues()).hasSize(1);
    return world.jira().issues().getFirst();
  }

  /** R23a. */
  @Test
  void aListThatListsAndDelistsByTurnsWritesFourCommentsInADay() {
    List<JsonObject> updates = new ArrayList<>();
    for (int run = 0; run < 10; run++) {
      updates.addAll(listed(run % 2 == 0).events("issue_updated"));
    }

    assertThat(updates).hasSize(9);
    assertThat(updates).filteredOn(update -> update.containsKey("comment")).hasSize(4);
    assertThat(onlyTicket().comments()).hasSize(4);
    assertThat(onlyTicket().comments().getLast()).contains("the last of 4 comments in 24 hours");
    assertThat(onlyTicket().properties().values())
        .singleElement()
        .asString()
        .contains("\"told\":\"clean\"", "\"commented\":[\"bl.example\"]", "\"gathered\":5");
    int writes = world.jira().writes();
    listed(false);
    assertThat(world.jira().writes()).isEqualTo(writes);
  }

  /** R25. */
  @Test
  void aTicketThatWasMovedToAnotherProjectIsToldOfTheEnd() {
    listed(true);
    String moved = world.jira().moveTo(onlyTicket().key(), "DELIV");

    listed(true);
    Ended clean = listed(false);

    assertThat(onlyTicket().key()).isEqualTo(moved);
    assertThat(onlyTicket().comments())
        .singleElement()
        .asString()
        .contains("IP is now clean (no longer listed)");
    assertThat(clean.event("issue_updated").getString("issue")).isEqualTo(moved);
  }

  /** R23: also in a dry run, which would otherwise announce a write that no run makes. */
  @Test
  void aSearchThatShowsTicketsAsTheyWereCausesNoSecondComment() {
    listed(true);
    world.jira().hideChangesFor(1_000);
    listed(false);

    Ended dry = world.runWith("{\"dryRun\": \"true\"}");
    Ended again = listed(false);

    assertThat(onlyTicket().comments()).hasSize(1);
    assertThat(dry.events("would_update_issue")).isEmpty();
    assertThat(again.events("issue_updated")).isEmpty();
  }

  /** R23: what people closed a moment ago is not commented on. */
  @Test
  void aTicketThatWasClosedAMomentAgoIsFollowedByANewOne() {
    listed(true);
    listed(false);
    world.jira().hideChangesFor(1_000).close(onlyTicket().key());

    listed(true);

    assertThat(world.jira().issues()).hasSize(2);
    assertThat(world.jira().issues().getFirst().comments()).hasSize(1);
  }

  /** R25d. */
  @Test
  void aTicketThatNobodySeesEndsTheFilingAndTheRun() {
    for (int n = 20; n < 32; n++) {
      world.database().insert("203.0.113." + n, 80);
      world.dns().lists("bl.example", "203.0.113." + n, "127.0.0.2");
    }
    world.jira().hidesNewIssues(true);
    world.set("MASS_LISTING_LIMIT", "100");

    Ended run = world.run();

    run.expectExit(1);
    JsonObject error = run.event("fatal_error");
    assertThat(error.getString("error_type")).isEqualTo("JiraConfigurationError");
    assertThat(error.getString("error_message"))
        .contains(onlyTicket().key() + " was filed, but it is not visible");
    assertThat(run.events("issue_created")).hasSize(1);
    assertThat(world.database().writes()).as("throttled all the same").isEqualTo(12);
  }

  /** R25, R25b: a site in another language, whose search does not end. */
  @Test
  void aGermanJiraWithoutAnEndIsUnderstood() {
    world.jira().german().endlessPages(true);
    world.set("JIRA_ISSUE_TYPE", "Aufgabe").set("JIRA_DNS_FAILURE_ISSUE_TYPE", "10003");
    Ended first = listed(true);
    world.jira().close(onlyTicket().key());

    listed(true);

    assertThat(first.events("warning")).isEmpty();
    assertThat(world.jira().issues())
        .extracting(FakeJiraIssue::status)
        .containsExactly("Fertig", "Zu erledigen");
    assertThat(world.jira().issues().getFirst().comments()).isEmpty();
  }
}
