package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.PageClient;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestDatabase.Row;
import dnsblmonitor.testing.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R13, R17, R28, R33: zones that say nothing, from end to end. */
@ExtendWith(SharedServerExtension.class)
class SilentZonesIT {

  private final SharedServer server;
  private final World world;

  SilentZonesIT(SharedServer server) {
    this.server = server;
    world = server.world("a.example,b.example,c.example,d.example");
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void aSilentZoneNeitherThrottlesNorClears() {
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("a.example", "203.0.113.7", "127.0.0.2");
    world.dns().zone("b.example").rcode("SERVFAIL");
    world.dns().zone("c.example").answers("127.255.255.254");
    world.run();

    world.dns().zone("a.example").rcode("REFUSED");
    world.dns().zone("c.example").behaves();
    Ended silent = world.run();

    silent.expectExit(0);
    assertThat(world.database().row("203.0.113.7"))
        .isEqualTo(
            new Row(1, "203.0.113.7", 0, 80, "a.example", "new block from list(s) a.example"));
    assertThat(silent.event("ip_checked").toString())
        .contains(
            "\"listed_zones\":[]",
            "\"kept_zones\":[\"a.example\"]",
            "\"unknown_zones\":[\"a.example\",\"b.example\"]",
            "\"decision\":\"LISTED\"");
    assertThat(silent.events("dns_failure"))
        .extracting(event -> event.getString("error_type"))
        .containsExactly("REFUSED", "SERVFAIL");
    assertThat(silent.event("job_summary").getString("message")).contains("last known answer");
    assertThat(silent.event("job_summary").getString("suggested_zones"))
        .isEqualTo("c.example,d.example");
    assertThat(silent.events("alert_raised")).as("exactly half of the zones failed").isEmpty();
    assertThat(world.jira().issues()).hasSize(1);
  }

  @Test
  void moreThanHalfOfTheZonesSilentIsOneAlertADayAndOneCommentWhenTheyAreBack() {
    world.set("DNS_TIMEOUT", "1");
    world.database().insert("203.0.113.7", 80);
    List.of("a.example", "b.example", "c.example").forEach(zone -> world.dns().zone(zone).silent());

    Ended failing = world.process().awaitEnd();
    Ended stillFailing = world.run();

    failing.expectExit(0);
    FakeJiraIssue alert = world.jira().issues().getFirst();
    assertThat(world.jira().issues()).hasSize(1);
    assertThat(alert.summary())
        .isEqualTo("DNS Infrastructure Failure Detected - 75% zones unreachable");
    assertThat(alert.type()).isEqualTo("Incident");
    assertThat(alert.labels())
        .contains("dnsbl-monitor", "MAJOR-MALFUNCTION")
        .anyMatch(label -> label.matches("dnsbl-postal-alert-\\d{4}-\\d\\d-\\d\\d"));
    assertThat(alert.description())
        .contains("MAJOR MALFUNCTION", "ZoneUnreachable: 1", "c.example");
    assertThat(alert.attachments())
        .singleElement()
        .satisfies(log -> assertThat(log.content()).contains("\"event\":\"zone_health\""));
    assertThat(failing.event("alert_raised").getString("issue")).isEqualTo(alert.key());
    assertThat(stillFailing.events("alert_raised")).isEmpty();
    assertThat(stillFailing.events("alert_updated")).as("at most one an hour").isEmpty();

    List.of("a.example", "b.example", "c.example")
        .forEach(zone -> world.dns().zone(zone).behaves());
    Ended back = world.run();
    Ended stillBack = world.run();

    assertThat(back.events("alert_updated")).hasSize(1);
    assertThat(stillBack.events("alert_updated")).isEmpty();
    assertThat(world.jira().issues().getFirst().comments())
        .singleElement()
        .asString()
        .contains("The zones have recovered");
  }

  /** R28a. */
  @Test
  void withoutTicketsAMalfunctionAndAnExhaustedPoolAreEvents() {
    world.withoutJira().set("TICKETS", "none");
    world.database().insert("203.0.113.7", 80, 1);
    world.dns().lists("d.example", "203.0.113.7", "127.0.0.2");
    List.of("a.example", "b.example", "c.example")
        .forEach(zone -> world.dns().zone(zone).rcode("SERVFAIL"));

    Ended dry = world.set("DRY_RUN", "true").run();
    Ended run = world.set("DRY_RUN", "false").run();

    for (Ended ended : List.of(dry, run)) {
      ended.expectExit(0);
      assertThat(ended.event("malfunction").getInt("percent")).isEqualTo(75);
      assertThat(ended.event("malfunction").getJsonArray("zones"))
          .hasToString("[\"a.example\",\"b.example\",\"c.example\"]");
      assertThat(ended.events("pool_exhausted")).hasSize(1);
      assertThat(ended.event("ip_checked").getString("jira_action")).isEqualTo("no_action");
      assertThat(ended.event("job_summary").getString("message")).contains("TICKETS=none");
      assertThat(ended.lines())
          .noneMatch(line -> line.contains("_issue\"") && line.contains("\"event\":\"would"));
    }
    assertThat(world.database().row("203.0.113.7").priority()).isZero();
    assertThat(world.jira().requests()).isEmpty();
    PageClient person = server.process().page();
    person.logIn(Caller.MONITOR);
    assertThat(person.get("/").body()).contains("no tickets are filed");
  }

  @Test
  void allZonesSilentIsAFaultOfTheResolver() {
    world.set("DNS_TIMEOUT", "1");
    world.database().insert("203.0.113.7", 80);
    world.database().insert("203.0.113.8", 80);
    List.of("a.example", "b.example", "c.example", "d.example")
        .forEach(zone -> world.dns().zone(zone).silent());

    Ended run = world.run();

    run.expectExit(0);
    assertThat(run.event("resolver_failure").toString()).contains("127.0.0.1");
    assertThat(run.event("job_summary").isNull("suggested_zones")).isTrue();
    assertThat(run.event("job_summary").getInt("dns_failures")).isEqualTo(8);
    assertThat(world.database().writes()).isZero();
  }
}
