package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.arquillian.MonitorArchive;
import dnsblmonitor.arquillian.ServerSurroundings;
import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.World;
import jakarta.batch.runtime.BatchStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R29a in Liberty: runs over a part, dry runs by parameter, and parameters that are refused. */
@Tag("arquillian")
@ExtendWith(ArquillianExtension.class)
class JobParametersIT {

  private static final String ZONE = "bl.example";
  private static final String OTHER = "other.example";
  private static final String KEYED = "zen.dq.spamhaus.net";
  private static final String KEY = "canary0123456789abcdef";

  private final Jobs jobs = new Jobs();
  private World world;
  private Addresses addresses;
  private Output output;

  @Deployment
  static WebArchive monitor() {
    return MonitorArchive.withTests(
        JobParametersIT.class, Addresses.class, Jobs.class, Jobs.Ended.class, Output.class);
  }

  @BeforeEach
  void open() {
    world =
        World.around(
            ServerSurroundings.handedOver(), String.join(",", ZONE, OTHER, KEY + "." + KEYED));
    addresses = new Addresses(world, ZONE);
    world.environment().forEach(System::setProperty);
    output = new Output();
  }

  @AfterEach
  void close() {
    jobs.awaitEnds();
    output.close();
    world.environment().keySet().forEach(System::clearProperty);
    world.close();
  }

  @Test
  void badParametersFailTheJobBeforeAnyLookupAndAreAllNamed() {
    addresses.insert(1, 2);
    addresses.list(1, 2);

    Jobs.Ended ended =
        jobs.awaitEnd(
            jobs.start(
                Map.of(
                    "zones", "nope.example," + KEY + "." + KEYED,
                    "ips", "010.1.1.1",
                    "zone", "x",
                    "itemCount", "0",
                    "dryRun", "maybe")));

    assertThat(ended.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(ended.exitStatus()).isEqualTo("1");
    assertThat(output.events("fatal_error"))
        .singleElement()
        .satisfies(error -> {
          assertThat(error.getString("error_type")).isEqualTo("ConfigurationError");
          assertThat(error.getString("error_message"))
              .contains("nope.example", "010.1.1.1", "did you mean zones", "itemCount", "dryRun")
              .contains("refer to that zone as " + KEYED);
        });
    assertThat(output.events("job_summary")).isEmpty();
    assertThat(String.join("\n", output.lines())).doesNotContain(KEY);
    assertThat(world.dns().questions()).isEmpty();
    assertThat(world.jira().requests()).isEmpty();
    addresses.assertClean(1, 2);
  }

  @Test
  void anAddressThatNoRowHasFailsTheJobBeforeAnyLookup() {
    addresses.insert(1, 2);

    Jobs.Ended ended =
        jobs.awaitEnd(jobs.start(Map.of("ips", Addresses.address(1) + ",192.0.2.99")));

    assertThat(ended.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(ended.exitStatus()).isEqualTo("1");
    assertThat(output.events("fatal_error"))
        .singleElement()
        .satisfies(error ->
            assertThat(error.getString("error_message"))
                .contains("ips", "192.0.2.99")
                .doesNotContain(Addresses.address(1)));
    assertThat(world.dns().questions()).isEmpty();
  }

  @Test
  void aPartOfTheZonesKeepsWhatTheOthersSaidAndAsksThemNothing() {
    addresses.insert(1, 3);
    addresses.list(1, 1);
    world.dns().lists(OTHER, Addresses.address(1), "127.0.0.2");
    world.dns().lists(OTHER, Addresses.address(2), "127.0.0.2");
    assertThat(jobs.awaitEnd(jobs.start(Map.of())).exitStatus()).isEqualTo("0");
    world.dns().unlist(ZONE, Addresses.address(1));
    world.dns().unlist(OTHER, Addresses.address(1));
    world.dns().unlist(OTHER, Addresses.address(2));
    world.dns().forgetQuestions();
    output.forget();

    Jobs.Ended ended = jobs.awaitEnd(jobs.start(Map.of("zones", OTHER)));

    assertThat(ended.exitStatus()).isEqualTo("0");
    assertThat(addresses.row(1).blockingLists()).isEqualTo(ZONE);
    assertThat(addresses.row(1).priority()).isZero();
    assertThat(addresses.row(2).priority()).as("no zone that is left out listed it").isEqualTo(80);
    assertThat(world.dns().questions(ZONE)).as("probes of a zone that is left out").isZero();
    assertThat(world.dns().questions(OTHER)).isPositive();
    assertThat(output.events("dns_failure")).isEmpty();
    assertThat(output.events("zone_health"))
        .extracting(health -> health.getString("zone"))
        .containsExactly(OTHER);
    assertThat(output.events("job_summary"))
        .singleElement()
        .satisfies(summary -> {
          assertThat(summary.getInt("lookups")).isEqualTo(3);
          assertThat(summary.getInt("dns_failures")).isZero();
          assertThat(summary.getString("message"))
              .contains("partial run: 1 of 3 lists (other.example), all addresses");
        });
  }

  @Test
  void aPartThatIsSilentIsTheResolversFaultAndRaisesNoAlert() {
    addresses.insert(1, 1);
    world.dns().zone(OTHER).silent();

    Jobs.Ended ended = jobs.awaitEnd(jobs.start(Map.of("zones", OTHER)));

    assertThat(ended.exitStatus()).isEqualTo("0");
    assertThat(output.events("resolver_failure")).hasSize(1);
    assertThat(output.events("job_summary").getFirst().isNull("suggested_zones")).isTrue();
    assertThat(world.jira().issues()).isEmpty();
  }

  @Test
  void aPartLeavesTheAlertOfTheWholeAsItIs() {
    addresses.insert(1, 1);
    world.dns().zone(OTHER).rcode("SERVFAIL");
    world.dns().zone(ZONE).rcode("SERVFAIL");
    assertThat(jobs.awaitEnd(jobs.start(Map.of())).exitStatus()).isEqualTo("0");
    FakeJiraIssue alert = world.jira().issues().getFirst();
    int writes = world.jira().writes();
    world.dns().zone(OTHER).behaves();

    Jobs.Ended zones = jobs.awaitEnd(jobs.start(Map.of("zones", OTHER)));
    world.dns().zone(ZONE).behaves();
    Jobs.Ended ips = jobs.awaitEnd(jobs.start(Map.of("ips", Addresses.address(1))));
    int writesOfTheParts = world.jira().writes() - writes;
    Jobs.Ended whole = jobs.awaitEnd(jobs.start(Map.of()));

    assertThat(zones.exitStatus()).isEqualTo("0");
    assertThat(ips.exitStatus()).isEqualTo("0");
    assertThat(whole.exitStatus()).isEqualTo("0");
    assertThat(alert.labels()).contains("MAJOR-MALFUNCTION");
    assertThat(writesOfTheParts).as("writes to Jira of runs over a part").isZero();
    assertThat(world.jira().issues()).hasSize(1);
    assertThat(world.jira().issues().getFirst().comments()).as("the whole is back").hasSize(1);
  }

  @Test
  void aPartOfTheAddressesTouchesNoOtherRowAndNoOtherTicket() {
    addresses.insert(1, 4);
    addresses.list(1, 2);
    assertThat(jobs.awaitEnd(jobs.start(Map.of())).exitStatus()).isEqualTo("0");
    addresses.assertOneTicketEach(1, 2);
    addresses.list(3, 4);
    world.dns().unlist(ZONE, Addresses.address(1));
    world.dns().unlist(ZONE, Addresses.address(2));
    // a listed row without a ticket, and a clean one with a ticket that was not told so
    world
        .jira()
        .issues()
        .forEach(ticket -> {
          if (ticket.summary().contains(Addresses.address(2) + " ")) {
            world.jira().close(ticket.key());
          }
        });
    world.jira().seed("IP 203.0.113.4 blacklisted by bl.example");
    int writes = world.database().writes();
    world.dns().forgetQuestions();
    output.forget();

    Jobs.Ended ended =
        jobs.awaitEnd(
            jobs.start(
                Map.of(
                    "ips", Addresses.address(3) + "," + Addresses.address(1), "itemCount", "1")));

    assertThat(ended.exitStatus()).isEqualTo("0");
    assertThat(addresses.row(1).priority()).isEqualTo(80);
    addresses.assertListed(3);
    assertThat(addresses.row(2).priority()).as("listed before, not asked for").isZero();
    addresses.assertClean(4);
    assertThat(world.database().writes() - writes).isEqualTo(2);
    assertThat(addresses.wasAskedFor(2)).isFalse();
    assertThat(addresses.wasAskedFor(4)).isFalse();
    assertThat(output.events("issue_created"))
        .extracting(event -> event.getString("ip"))
        .containsExactly(Addresses.address(3));
    assertThat(output.events("issue_updated"))
        .extracting(event -> event.getString("ip"))
        .containsExactly(Addresses.address(1));
    assertThat(output.events("job_summary").getFirst().getInt("total_ips")).isEqualTo(2);
  }

  @Test
  void dryRunWritesNothingThoughTheEnvironmentLetsIt() {
    addresses.insert(1, 2);
    addresses.list(1, 2);

    Jobs.Ended ended = jobs.awaitEnd(jobs.start(Map.of("dryRun", "true")));

    assertThat(ended.exitStatus()).isEqualTo("0");
    assertThat(output.events("would_update_row")).hasSize(2);
    assertThat(output.events("would_create_issue")).hasSize(2);
    assertThat(output.events("job_summary").getFirst().getBoolean("dry_run")).isTrue();
    assertThat(world.database().writes()).isZero();
    assertThat(world.jira().writes()).isZero();
  }

  /** R3, R29a: what is left out of the one is left out of the other. */
  @Test
  void aDryRunOverAPartTellsWhatARealRunOverThatPartWrites() {
    addresses.insert(1, 4);
    addresses.list(2, 4);
    Map<String, String> part =
        Map.of("ips", Addresses.address(1) + "," + Addresses.address(3), "zones", ZONE);
    Map<String, String> dry = new TreeMap<>(part);
    dry.put("dryRun", "yes");

    Jobs.Ended first = jobs.awaitEnd(jobs.start(dry));
    int writesOfTheDryRun = world.database().writes() + world.jira().writes();
    Jobs.Ended second = jobs.awaitEnd(jobs.start(part));

    assertThat(first.exitStatus()).isEqualTo("0");
    assertThat(second.exitStatus()).isEqualTo("0");
    assertThat(writesOfTheDryRun).isZero();
    assertThat(ips("would_update_row"))
        .isEqualTo(ips("row_updated"))
        .containsExactly(Addresses.address(3));
    assertThat(ips("would_create_issue"))
        .isEqualTo(ips("issue_created"))
        .containsExactly(Addresses.address(3));
    addresses.assertListed(3);
    addresses.assertClean(2, 4);
  }

  private List<String> ips(String event) {
    return output.events(event).stream().map(line -> line.getString("ip")).toList();
  }

  /** R2: a file or variable may have changed since the server was started. */
  @Test
  void aVariableThatCannotBeUsedFailsTheJobAsWell() {
    addresses.insert(1, 1);
    System.setProperty("DNS_TIMEOUT", "soon");

    Jobs.Ended ended = jobs.awaitEnd(jobs.start(Map.of()));

    assertThat(ended.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(ended.exitStatus()).isEqualTo("1");
    assertThat(output.events("fatal_error"))
        .singleElement()
        .satisfies(
            error -> assertThat(error.getString("error_message")).contains("DNS_TIMEOUT: 'soon'"));
    assertThat(world.dns().questions()).isEmpty();
  }

  @Test
  void dryRunFalseDoesNotMakeADryEnvironmentWrite() {
    addresses.insert(1, 2);
    addresses.list(1, 2);
    System.setProperty("DRY_RUN", "true");
    try {
      Jobs.Ended ended = jobs.awaitEnd(jobs.start(Map.of("dryRun", "false")));

      assertThat(ended.exitStatus()).isEqualTo("1");
      assertThat(output.events("fatal_error"))
          .singleElement()
          .satisfies(
              error -> assertThat(error.getString("error_message")).contains("DRY_RUN is true"));
      addresses.assertClean(1, 2);
    } finally {
      System.clearProperty("DRY_RUN");
    }
  }
}
