package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.arquillian.MonitorArchive;
import dnsblmonitor.arquillian.ServerSurroundings;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.World;
import jakarta.batch.runtime.BatchStatus;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several runs in one server, where no launcher watches: each begins and ends by itself. */
@Tag("arquillian")
@ExtendWith(ArquillianExtension.class)
class SeveralRunsIT {

  private static final String ZONE = "bl.example";
  private static final String RUN_ID = "POSTAL_MONITOR_RUN_ID";
  private static final String ELAPSED = "POSTAL_MONITOR_ELAPSED";
  private static final List<String> ADDED =
      List.of("DNS_ZONE_RATE", "RUN_DEADLINE", RUN_ID, ELAPSED);

  /** Far less than what the run would wait for otherwise. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Jobs jobs = new Jobs();
  private World world;
  private Addresses addresses;
  private Output output;

  @Deployment
  static WebArchive monitor() {
    return MonitorArchive.withTests(
        SeveralRunsIT.class, Addresses.class, Jobs.class, Jobs.Ended.class, Output.class);
  }

  @BeforeEach
  void open() {
    world = World.around(ServerSurroundings.handedOver(), ZONE);
    addresses = new Addresses(world, ZONE);
    world.environment().forEach(System::setProperty);
    output = new Output();
  }

  @AfterEach
  void close() {
    jobs.awaitEnds();
    output.close();
    world.environment().keySet().forEach(System::clearProperty);
    ADDED.forEach(System::clearProperty);
    world.close();
  }

  /** R5: the lock, not the JVM, keeps them apart. */
  @Test
  void theSecondOfTwoRunsAtOnceIsSkippedAndTheFirstIsNotDisturbed() {
    addresses.insert(1, 2);
    addresses.list(1, 2);
    System.setProperty("DNS_TIMEOUT", "30");
    world.dns().zone(ZONE).delay(Duration.ofSeconds(3));

    long first = jobs.start(Map.of());
    Await.until("the first run's questions", () -> !world.dns().questions().isEmpty());
    Jobs.Ended second = jobs.awaitEnd(jobs.start(Map.of()));
    boolean firstGoesOn = !jobs.isOver(first);

    assertThat(second.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(second.exitStatus()).isEqualTo("0");
    assertThat(firstGoesOn).as("the first run still waits for answers").isTrue();
    assertThat(output.events("run_skipped")).hasSize(1);
    assertThat(jobs.awaitEnd(first).exitStatus()).isEqualTo("0");
    addresses.assertListed(1, 2);
    assertThat(world.database().writes()).isEqualTo(2);
    addresses.assertOneTicketEach(1, 2);
    assertThat(output.events("run_skipped").getFirst().getString("holder"))
        .contains(runId(output.events("job_summary").getFirst()));
    assertThat(runId(output.events("run_skipped").getFirst()))
        .isNotEqualTo(runId(output.events("job_summary").getFirst()));
  }

  /** As by Liberty's REST API: nothing of ours is told but by the batch runtime. */
  @Test
  void aStopOfOneRunEndsThatOneSoonAndNoOther() {
    addresses.insert(1, 2);
    System.setProperty("DNS_TIMEOUT", "40");
    world.dns().zone(ZONE).delay(Duration.ofSeconds(10));
    long stopped = jobs.start(Map.of("dryRun", "true", "ips", Addresses.address(1)));
    long other = jobs.start(Map.of("dryRun", "true", "ips", Addresses.address(2)));
    Await.until(
        "both runs' questions", () -> world.dns().questions(ZONE) >= 4); // test entries of both

    long from = System.nanoTime();
    jobs.stop(stopped);
    Jobs.Ended ended = jobs.awaitEnd(stopped);
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    boolean otherGoesOn = !jobs.isOver(other);

    assertThat(took).isLessThan(SOON);
    assertThat(ended.status()).isEqualTo(BatchStatus.STOPPED);
    assertThat(ended.exitStatus()).isEqualTo("143");
    assertThat(otherGoesOn).as("the other run still waits for answers").isTrue();
    Jobs.Ended untouched = jobs.awaitEnd(other);
    assertThat(untouched.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(untouched.exitStatus()).isEqualTo("0");
    assertThat(output.events("job_summary"))
        .extracting(summary -> summary.getInt("exit_code"))
        .containsExactly(143, 0);
  }

  @Test
  void aStopLeavesWholeChunksAndARestartGoesOnBehindThemWithTheSameParameters() {
    addresses.insert(1, 7);
    addresses.list(1, 7);
    System.setProperty("DNS_ZONE_RATE", "1"); // so that the second chunk is on its way for seconds
    String ips =
        IntStream.rangeClosed(1, 6).mapToObj(Addresses::address).collect(Collectors.joining(","));
    long execution = jobs.start(Map.of("ips", ips, "itemCount", "2"));
    Await.until("the first chunk", () -> world.database().writes() == 2);

    long from = System.nanoTime();
    jobs.stop(execution);
    Jobs.Ended stopped = jobs.awaitEnd(execution);
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    int writes = world.database().writes();
    System.clearProperty("DNS_ZONE_RATE");
    world.dns().forgetQuestions();
    Jobs.Ended restarted = jobs.awaitEnd(jobs.restart(execution, Map.of("itemCount", "2")));

    assertThat(took).isLessThan(SOON);
    assertThat(stopped.status()).isEqualTo(BatchStatus.STOPPED);
    assertThat(stopped.exitStatus()).isEqualTo("143");
    assertThat(writes).as("whole chunks").isEqualTo(2);
    assertThat(restarted.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(restarted.exitStatus()).isEqualTo("0");
    assertThat(IntStream.rangeClosed(1, 7).filter(addresses::wasAskedFor))
        .containsExactly(3, 4, 5, 6);
    addresses.assertListed(1, 2, 3, 4, 5, 6);
    addresses.assertClean(7);
    addresses.assertOneTicketEach(1, 2, 3, 4, 5, 6);
  }

  /** R4: Jira's waits of 2, 4 and 8 s are cancelled. */
  @Test
  void aStopInTheTicketsStepEndsItsWaits() {
    addresses.insert(1, 1);
    addresses.list(1, 1);
    world.jira().fail("GET", ".*", FakeJiraFault.status(503).times(50));
    long execution = jobs.start(Map.of());
    Await.until("a wait for Jira", () -> !output.events("jira_retry").isEmpty());

    long from = System.nanoTime();
    jobs.stop(execution);
    Jobs.Ended stopped = jobs.awaitEnd(execution);

    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(SOON);
    assertThat(stopped.status()).isEqualTo(BatchStatus.STOPPED);
    assertThat(stopped.exitStatus()).isEqualTo("143");
    addresses.assertListed(1);
  }

  /** R5a where no launcher watches. */
  @Test
  void aRunThatHangsIsEndedAtItsDeadline() {
    addresses.insert(1, 2);
    System.setProperty("DNS_TIMEOUT", "60");
    System.setProperty("RUN_DEADLINE", "PT30S");
    world.dns().zone(ZONE).delay(Duration.ofMinutes(2));

    Jobs.Ended ended = jobs.awaitEnd(jobs.start(Map.of()));

    assertThat(ended.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(ended.exitStatus()).isEqualTo("1");
    assertThat(output.events("fatal_error"))
        .singleElement()
        .satisfies(
            error -> assertThat(error.getString("error_type")).isEqualTo("DeadlineExceeded"));
  }

  @Test
  void theLaunchersRunIdIsTheFirstRunsAlone() {
    addresses.insert(1, 1);
    String handedOver = UUID.randomUUID().toString();
    System.setProperty(RUN_ID, handedOver);
    System.setProperty(ELAPSED, "PT1H");
    System.setProperty("RUN_DEADLINE", "PT24H");

    jobs.awaitEnd(jobs.start(Map.of("dryRun", "true")));
    jobs.awaitEnd(jobs.start(Map.of("dryRun", "true")));

    List<JsonObject> summaries = output.events("job_summary");
    assertThat(summaries).hasSize(2);
    assertThat(runId(summaries.getFirst())).isEqualTo(handedOver);
    assertThat(runId(summaries.getLast())).isNotEqualTo(handedOver);
    assertThat(seconds(summaries.getFirst())).isGreaterThanOrEqualTo(3600);
    assertThat(seconds(summaries.getLast())).isLessThan(60);
  }

  private static double seconds(JsonObject summary) {
    return summary.getJsonNumber("duration_sec").doubleValue();
  }

  private static String runId(JsonObject event) {
    return event.getString("job_run_id");
  }
}
