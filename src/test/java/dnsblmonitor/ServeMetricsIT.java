package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.ServeProcess.Answer;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R38: {@code /metrics} of {@code serve} shows its runs, to its users only. */
@ExtendWith(SharedServerExtension.class)
class ServeMetricsIT {

  private static final String LISTED =
      "dnsbl_monitor_listing{address=\"203.0.113.7\",counts_as=\"counted\",deployment=\"%s\",zone=\"zen.example\"} 1.0";

  private final SharedServer server;
  private final World world;

  ServeMetricsIT(SharedServer server) {
    this.server = server;
    world = server.world("zen.example,dead.example");
    world.set("DEPLOYMENT_NAME", "metrics-it");
    world.database().insert("203.0.113.7", 80);
    world.database().insert("203.0.113.8", 60);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private List<String> metrics() {
    Answer answer = server.process().get(Caller.MONITOR, "/metrics");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.header("content-type"))
        .isEqualToIgnoringCase("text/plain; version=0.0.4; charset=utf-8");
    return answer.body().lines().toList();
  }

  @Test
  void aListedAddressIsASeriesUntilItIsClean() {
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.run().expectExit(0);
    assertThat(metrics())
        .contains(
            LISTED.formatted("metrics-it"),
            "dnsbl_monitor_addresses{deployment=\"metrics-it\",state=\"listed\"} 1.0",
            "dnsbl_monitor_run_outcome{deployment=\"metrics-it\",outcome=\"succeeded\"} 1.0",
            "dnsbl_monitor_tickets_written{action=\"created\",deployment=\"metrics-it\"} 1.0",
            "dnsbl_monitor_lookups{deployment=\"metrics-it\",result=\"listed\",zone=\"zen.example\"} 1.0")
        .noneMatch(line -> line.contains("203.0.113.8"));

    world.dns().unlist("zen.example", "203.0.113.7");
    world.run().expectExit(0);
    assertThat(metrics())
        .contains("dnsbl_monitor_addresses{deployment=\"metrics-it\",state=\"listed\"} 0.0")
        .noneMatch(line -> line.contains("203.0.113"));
  }

  /** R39: they leave the metrics alone. */
  @Test
  void dryAndPartialRunsChangeNothing() {
    world.run().expectExit(0);
    List<String> before = metrics();

    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.runWith("{\"dryRun\":\"true\"}").expectExit(0);
    world.runWith("{\"ips\":\"203.0.113.7\"}").expectExit(0);
    world.runWith("{\"ips\":\"nonsense\"}").expectExit(1);

    assertThat(metrics()).isEqualTo(before);
  }

  @Test
  void aRunThatFailsEarlyKeepsWhatWasListed() {
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.run().expectExit(0);
    world.database().executePlainly("alter table postal.ip_addresses rename to gone");
    world.run().expectExit(1);

    assertThat(metrics())
        .contains(
            LISTED.formatted("metrics-it"),
            "dnsbl_monitor_run_outcome{deployment=\"metrics-it\",outcome=\"failed\"} 1.0",
            "dnsbl_monitor_run_errors{deployment=\"metrics-it\",type=\"DatabaseSchemaError\"} 1.0")
        .anyMatch(line ->
            line.startsWith(
                "dnsbl_monitor_run_end_timestamp_seconds{deployment=\"metrics-it\",outcome=\"succeeded\"}"));
  }

  @Test
  void aRunThatFailsInJiraShowsWhatIsListedNow() {
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.jira().fail("GET", ".*/myself", FakeJiraFault.status(401).times(9));
    world.run().expectExit(1);

    assertThat(metrics())
        .contains(
            LISTED.formatted("metrics-it"),
            "dnsbl_monitor_run_errors{deployment=\"metrics-it\",type=\"JiraAuthenticationFailure\"} 1.0");
  }

  @Test
  void eachUserReadsItAndNobodyElse() {
    for (Caller caller : List.of(Caller.ADMIN, Caller.SUBMITTER, Caller.MONITOR)) {
      assertThat(server.process().get(caller, "/metrics").status()).isEqualTo(200);
      assertThat(server.process().send(caller, "POST", "/metrics", "").status()).isEqualTo(405);
    }
    for (Caller caller : List.of(Caller.NOBODY, new Caller("monitor", "wrong"))) {
      Answer refused = server.process().get(caller, "/metrics");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.header("www-authenticate")).startsWith("Basic ");
      assertThat(refused.body()).doesNotContain("dnsbl_monitor_");
    }
  }
}
