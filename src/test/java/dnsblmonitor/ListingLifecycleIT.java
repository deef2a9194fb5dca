package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestDatabase.Row;
import dnsblmonitor.testing.World;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * R18-R25 from end to end: the real distribution, PostgreSQL, sockets. The first run is a process.
 */
@ExtendWith(SharedServerExtension.class)
class ListingLifecycleIT {

  private final World world;

  ListingLifecycleIT(SharedServer server) {
    world = server.world("zen.example,bl.example");
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void anAddressIsThrottledTicketedFollowedAndRestored() {
    world.database().insert("203.0.113.7", 80);
    world.database().insert("203.0.113.8", 60);
    world.database().insert("not an address", 60);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2", "https://zen.example/why");

    Ended listed = world.process().awaitEnd();

    listed.expectExit(0);
    assertThat(listed.lines().getLast()).as("Liberty adds nothing").contains("\"job_summary\"");
    assertThat(world.database().row("203.0.113.7"))
        .isEqualTo(
            new Row(1, "203.0.113.7", 0, 80, "zen.example", "new block from list(s) zen.example"));
    assertThat(world.database().row("203.0.113.8"))
        .isEqualTo(new Row(2, "203.0.113.8", 60, null, null, null));
    assertThat(listed.event("row_invalid").getString("value")).isEqualTo("not an address");
    FakeJiraIssue ticket = onlyTicket();
    assertThat(ticket.summary()).isEqualTo("IP 203.0.113.7 blacklisted by zen.example");
    assertThat(ticket.type()).isEqualTo("Task");
    assertThat(ticket.labels())
        .containsExactlyInAnyOrder("dnsbl-monitor", "dnsbl-postal-203.0.113.7");
    assertThat(ticket.description())
        .contains("https://zen.example/why", "LISTED", "NOT_LISTED", "mx.example.com", "127.0.0.2");
    assertThat(ipChecked(listed, "203.0.113.7"))
        .contains("\"decision\":\"LISTED\"", "\"jira_action\":\"created_issue\"");

    Ended same = world.run();

    same.expectExit(0);
    assertThat(world.database().writes()).as("row writes after the second run").isEqualTo(1);
    assertThat(world.jira().writes()).as("Jira writes after the second run").isEqualTo(1);
    assertThat(ipChecked(same, "203.0.113.7"))
        .contains("\"db_changes\":false", "\"jira_action\":\"no_action\"");

    world.dns().lists("bl.example", "203.0.113.7", "127.0.0.3");
    world.dns().unlist("zen.example", "203.0.113.7");
    Ended moved = world.run();

    moved.expectExit(0);
    assertThat(world.database().row("203.0.113.7"))
        .isEqualTo(
            new Row(1, "203.0.113.7", 0, 80, "bl.example", "blocking list change: bl.example"));
    assertThat(onlyTicket().summary()).isEqualTo("IP 203.0.113.7 blacklisted by bl.example");
    assertThat(onlyTicket().comments())
        .singleElement()
        .asString()
        .contains("Zone membership changed: now listed on bl.example")
        .contains("Added: bl.example")
        .contains("Removed: zen.example");

    world.dns().unlist("bl.example", "203.0.113.7");
    Ended clean = world.run();
    Ended still = world.run();

    clean.expectExit(0);
    still.expectExit(0);
    assertThat(world.database().row("203.0.113.7"))
        .isEqualTo(new Row(1, "203.0.113.7", 80, null, "", "block removed"));
    assertThat(world.database().writes()).isEqualTo(3);
    assertThat(onlyTicket().comments())
        .hasSize(2)
        .last()
        .asString()
        .contains("IP is now clean (no longer listed)");
    assertThat(onlyTicket().status()).as("people close tickets").isEqualTo("To Do");
    assertThat(clean.event("job_summary").getInt("cleaned")).isEqualTo(1);
    assertThat(Stream.of(listed, moved, clean, still).map(ListingLifecycleIT::counts))
        .as("newly listed, changed, restored, listed now")
        .containsExactly("1 0 0 1", "0 1 0 1", "0 0 1 0", "0 0 0 0");
    assertThat(still.event("job_summary").getInt("unchanged")).isEqualTo(2);
  }

  @Test
  void noSecondTicketWhateverTheFuzzySearchReturns() {
    world.database().insert("203.0.113.4", 80);
    world.database().insert("203.0.113.45", 80);
    world.database().insert("203.0.113.46", 80);
    List.of("203.0.113.4", "203.0.113.45", "203.0.113.46")
        .forEach(ip -> world.dns().lists("zen.example", ip, "127.0.0.2"));
    String byPerson = world.jira().seed("IP 203.0.113.45 blacklisted by zen.example");
    String older = world.jira().seed("IP 203.0.113.46 blacklisted by zen.example");
    String newer = world.jira().seed("IP 203.0.113.46 blacklisted by somebody");
    String closed = world.jira().seed("IP 203.0.113.4 blacklisted by zen.example");
    world.jira().close(closed);
    world
        .jira()
        .seed(
            "IP 203.0.113.4 blacklisted by zen.example",
            "dnsbl-monitor",
            "dnsbl-other-203.0.113.4");

    Ended run = world.run();

    run.expectExit(0);
    assertThat(run.events("issue_created"))
        .as("only 203.0.113.4 has no open ticket of its own")
        .extracting(event -> event.getString("ip"))
        .containsExactly("203.0.113.4");
    assertThat(world.jira().issue(byPerson).comments()).isEmpty();
    assertThat(world.jira().issue(older).comments()).isEmpty();
    assertThat(world.jira().issue(newer).comments()).hasSize(1);
    assertThat(world.jira().issue(newer).summary())
        .as("a person's summary stays")
        .isEqualTo("IP 203.0.113.46 blacklisted by somebody");
    assertThat(run.events("warning"))
        .extracting(event -> event.getString("message"))
        .anyMatch(message -> message.contains("several open tickets"));
  }

  /** R22a, and R3: a dry run knows which rows would be listed and which would be clean. */
  @Test
  void aPoolOfWhichEveryAddressIsListedIsReportedAlsoByADryRun() {
    world.database().insert("203.0.113.1", 80, 1);
    world.database().insert("203.0.113.2", 80, 1);
    world.database().insert("not an address", 80, 1);
    world.database().insert("203.0.113.3", 80, 2);
    world.database().insert("203.0.113.4", 80, 2);
    List.of("203.0.113.1", "203.0.113.2", "203.0.113.3")
        .forEach(ip -> world.dns().lists("zen.example", ip, "127.0.0.2"));

    Ended dry = world.set("DRY_RUN", "true").run();
    Ended real = world.set("DRY_RUN", "false").run();
    world.dns().unlist("zen.example", "203.0.113.2");
    world.dns().lists("zen.example", "203.0.113.4", "127.0.0.2");
    Ended dryAgain = world.set("DRY_RUN", "true").run();

    assertThat(exhaustedPools(dry)).containsExactly("1 [\"203.0.113.1\",\"203.0.113.2\"]");
    assertThat(exhaustedPools(real)).isEqualTo(exhaustedPools(dry));
    assertThat(exhaustedPools(dryAgain)).containsExactly("2 [\"203.0.113.3\",\"203.0.113.4\"]");
    assertThat(real.event("job_summary").getInt("pools_exhausted")).isEqualTo(1);
  }

  private static String counts(Ended run) {
    return Stream.of("newly_listed", "changed", "restored", "listed_now")
        .map(name -> String.valueOf(run.event("job_summary").getInt(name)))
        .collect(Collectors.joining(" "));
  }

  private static List<String> exhaustedPools(Ended run) {
    return run.events("pool_exhausted").stream()
        .map(event -> event.getInt("ip_pool_id") + " " + event.getJsonArray("ips"))
        .toList();
  }

  private FakeJiraIssue onlyTicket() {
    assertThat(world.jira().issues()).hasSize(1);
    return world.jira().issues().getFirst();
  }

  private static String ipChecked(Ended run, String ip) {
    return run.events("ip_checked").stream()
        .filter(event -> event.getString("ip").equals(ip))
        .map(Object::toString)
        .findFirst()
        .orElse("no ip_checked of " + ip);
  }
}
