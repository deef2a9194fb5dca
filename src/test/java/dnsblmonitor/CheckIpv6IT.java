package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestDatabase.Row;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** CHECK_IPV6 from end to end: one row stays one event, one ticket, one label, by its ipv4. */
@ExtendWith(SharedServerExtension.class)
class CheckIpv6IT {

  private final World world;

  CheckIpv6IT(SharedServer server) {
    world = server.world("zen.example,bl.example").set("CHECK_IPV6", "true");
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void aListingOfTheIpv6AddressThrottlesTheRowUntilItIsGone() {
    world.database().insertWithIpv6("203.0.113.7", "2001:DB8::7", 80);
    world.database().insertWithIpv6("203.0.113.8", "no address", 60);
    world.database().insert("203.0.113.9", 60);
    world.dns().lists("zen.example", "2001:db8::7", "127.0.0.4", "https://zen.example/why");
    world.dns().zone("bl.example").rcode("SERVFAIL");

    Ended listed = world.run();

    listed.expectExit(0);
    assertThat(world.database().row("203.0.113.7"))
        .isEqualTo(
            new Row(1, "203.0.113.7", 0, 80, "zen.example", "new block from list(s) zen.example"));
    assertThat(world.database().single("select ipv6 from postal.ip_addresses where id = 1"))
        .isEqualTo("2001:DB8::7");
    assertThat(onlyTicket().summary()).isEqualTo("IP 203.0.113.7 blacklisted by zen.example");
    assertThat(onlyTicket().labels())
        .containsExactlyInAnyOrder("dnsbl-monitor", "dnsbl-postal-203.0.113.7");
    assertThat(onlyTicket().description())
        .contains("203.0.113.7 or 2001:db8::7 is listed by zen.example")
        .contains("203.0.113.7: not listed; 2001:db8::7: 127.0.0.4: https://zen.example/why");
    assertThat(listed.events("ip_checked"))
        .extracting(event -> event.getString("ip"))
        .containsExactlyInAnyOrder("203.0.113.7", "203.0.113.8", "203.0.113.9");
    assertThat(listed.event("row_invalid").getString("value")).isEqualTo("no address");
    assertThat(listed.events("dns_failure"))
        .extracting(event -> event.getString("ip"))
        .containsExactlyInAnyOrder("203.0.113.7", "2001:db8::7", "203.0.113.8", "203.0.113.9");
    JsonObject summary = listed.event("job_summary");
    assertThat(summary.getInt("total_ips")).isEqualTo(3);
    assertThat(summary.getInt("invalid")).as("rows that were skipped").isZero();
    assertThat(summary.getInt("lookups")).as("two zones, four addresses").isEqualTo(8);

    world.dns().zone("bl.example").behaves();
    world.dns().unlist("zen.example", "2001:db8::7");
    Ended clean = world.run();

    clean.expectExit(0);
    assertThat(world.database().row("203.0.113.7"))
        .isEqualTo(new Row(1, "203.0.113.7", 80, null, "", "block removed"));
    assertThat(onlyTicket().comments())
        .singleElement()
        .asString()
        .contains("IP is now clean (no longer listed)");
  }

  @Test
  void theColumnIsIgnoredUnlessItIsToBeChecked() {
    world.set("CHECK_IPV6", "false");
    world.database().insertWithIpv6("203.0.113.7", "2001:db8::7", 80);
    world.database().insertWithIpv6("203.0.113.8", "no address", 60);
    world.dns().lists("zen.example", "2001:db8::7", "127.0.0.4");

    Ended run = world.run();

    run.expectExit(0);
    assertThat(run.events("row_invalid")).isEmpty();
    assertThat(run.event("job_summary").getInt("lookups")).isEqualTo(4);
    assertThat(world.database().writes()).isZero();
    assertThat(world.jira().issues()).isEmpty();
  }

  private FakeJiraIssue onlyTicket() {
    assertThat(world.jira().issues()).hasSize(1);
    return world.jira().issues().getFirst();
  }
}
