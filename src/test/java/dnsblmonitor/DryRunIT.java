package dnsblmonitor;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.World;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R3: a dry run tells what a real run on the same world writes, and writes nothing. */
@ExtendWith(SharedServerExtension.class)
class DryRunIT {

  private static final Map<String, String> REAL_NAMES =
      Map.of(
          "would_update_row", "row_updated",
          "would_create_issue", "issue_created",
          "would_update_issue", "issue_updated",
          "would_raise_alert", "alert_raised",
          "would_update_alert", "alert_updated");

  /** What differs from run to run, or is not there in a dry run. */
  private static final Set<String> LEFT_OUT = Set.of("timestamp", "job_run_id", "issue");

  private final World world;

  DryRunIT(SharedServer server) {
    world = server.world("a.example,b.example,c.example,dead.example");
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void theListOfWouldEventsEqualsTheListOfWrites() {
    world.set("MALFUNCTION_THRESHOLD", "20");
    prepareARowOfEachKind();
    int writes = world.database().writes();

    Ended dry = world.set("DRY_RUN", "yes").process().awaitEnd();

    dry.expectExit(0);
    assertThat(world.database().writes()).isEqualTo(writes);
    assertThat(world.jira().writes()).isEqualTo(2);
    assertThat(dry.event("job_summary").getBoolean("dry_run")).isTrue();
    assertThat(dry.event("job_summary").getInt("jira_created")).isZero();
    assertThat(dry.event("job_summary").getInt("jira_updated")).isZero();
    assertThat(dry.events("ip_checked")).allMatch(event -> !event.getBoolean("db_changes"));
    assertThat(jiraActions(dry))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "203.0.113.1", "would_create_issue",
                "203.0.113.2", "would_update_issue",
                "203.0.113.3", "would_update_issue",
                "203.0.113.4", "no_action"));

    Ended real = world.set("DRY_RUN", "no").run();

    real.expectExit(0);
    List<JsonObject> would = writesOf(dry);
    assertThat(would).hasSize(7);
    assertThat(writesOf(real)).isEqualTo(would);
    assertThat(jiraActions(real))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "203.0.113.1", "created_issue",
                "203.0.113.2", "updated_issue",
                "203.0.113.3", "updated_issue",
                "203.0.113.4", "no_action"));
    assertThat(world.database().writes()).isEqualTo(writes + 3);
    assertThat(world.jira().writes())
        .as("two filed before; two told, one filed, an alert with its log")
        .isEqualTo(7);
  }

  @Test
  void aDryRunWithoutJiraDecidesAsIfItWereEmptyAndSaysSo() {
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("a.example", "203.0.113.7", "127.0.0.2");

    Ended dry = world.withoutJira().set("DRY_RUN", "1").run();

    dry.expectExit(0);
    assertThat(dry.events("would_create_issue")).hasSize(1);
    assertThat(jiraActions(dry)).containsEntry("203.0.113.7", "would_create_issue");
    assertThat(dry.event("job_summary").getString("message")).contains("Jira is not configured");
    assertThat(world.jira().requests()).isEmpty();
  }

  /** Rows to be newly listed, changed, delisted and left; a zone that fails; two open tickets. */
  private void prepareARowOfEachKind() {
    world.database().insert("203.0.113.1", 80);
    world.database().insert("203.0.113.2", 80);
    world.database().insert("203.0.113.3", 80);
    world.database().insert("203.0.113.4", 80);
    world.dns().lists("a.example", "203.0.113.2", "127.0.0.2");
    world.dns().lists("a.example", "203.0.113.3", "127.0.0.2");
    world.run().expectExit(0);

    world.dns().lists("b.example", "203.0.113.1", "127.0.0.2");
    world.dns().lists("b.example", "203.0.113.2", "127.0.0.2");
    world.dns().unlist("a.example", "203.0.113.3");
    world.dns().zone("dead.example").rcode("SERVFAIL");
  }

  /** By address. */
  private static Map<String, String> jiraActions(Ended run) {
    return run.events("ip_checked").stream()
        .collect(toMap(event -> event.getString("ip"), event -> event.getString("jira_action")));
  }

  private static List<JsonObject> writesOf(Ended run) {
    return run.events().stream()
        .filter(event ->
            REAL_NAMES.containsKey(event.getString("event"))
                || REAL_NAMES.containsValue(event.getString("event")))
        .map(DryRunIT::comparable)
        .toList();
  }

  private static JsonObject comparable(JsonObject event) {
    JsonObjectBuilder same = Json.createObjectBuilder();
    event.forEach((name, value) -> {
      if (name.equals("event")) {
        String text = event.getString("event");
        same.add("event", REAL_NAMES.getOrDefault(text, text));
      } else if (!LEFT_OUT.contains(name)) {
        same.add(name, value);
      }
    });
    return same.build();
  }
}
