package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Answer;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** R4, R5d: runs of a server that stays are stopped, restarted, and ended at their deadline. */
@ExtendWith(SharedServerExtension.class)
class ServeStopIT {

  private static final String ZONES = "zen.example,dead.example";

  @TempDir Path output = Path.of("set by JUnit");

  @Test
  void aRunIsStoppedAtOnceRestartedByItsOwnerAndEndedAtItsDeadline(SharedServer shared) {
    ServeProcess server = shared.process();
    try (World world = hanging(shared.world(ZONES)).set("RUN_DEADLINE", "PT30S")) {
      int instance = hangingRun(world, server, Caller.SUBMITTER);
      int execution = server.execution(instance).getInt("executionId");
      Answer refused = server.stop(Caller.MONITOR, execution);
      Answer stopped = server.stop(Caller.SUBMITTER, execution);
      long askedNanos = System.nanoTime();
      JsonObject ended = server.awaitEnd(instance);
      Duration took = Duration.ofNanos(System.nanoTime() - askedNanos);

      assertThat(refused.status()).isEqualTo(401);
      assertThat(stopped.status()).as(stopped.body()).isEqualTo(200);
      assertThat(took).isLessThan(Duration.ofSeconds(15));
      assertThat(ended.getString("exitStatus")).isEqualTo("143");
      assertThat(world.database().writes()).isZero();

      restartIsForItsOwner(world, server, instance);
      aRunIsEndedAtItsDeadline(world, server);
    }
  }

  private static void restartIsForItsOwner(World world, ServeProcess server, int instance) {
    world.dns().zone("dead.example").behaves();
    String path = "/ibm/api/batch/jobinstances/%d?action=restart".formatted(instance);
    Answer refused = server.send(Caller.MONITOR, "PUT", path, "");
    Answer restarted = server.send(Caller.SUBMITTER, "PUT", path, "");

    assertThat(refused.status()).isEqualTo(401);
    assertThat(restarted.status()).as(restarted.body()).isIn(200, 201);
    Await.until("the restarted run writes", () -> world.database().writes() == 1);
    assertThat(server.awaitEnd(instance).getString("exitStatus")).isEqualTo("0");
  }

  private static void aRunIsEndedAtItsDeadline(World world, ServeProcess server) {
    int linesBefore = server.process().linesSoFar().size();
    world.dns().zone("dead.example").silent();
    int instance = hangingRun(world, server, Caller.ADMIN);
    JsonObject ended = server.awaitEnd(instance);
    int execution = ended.getInt("executionId");

    assertThat(ended.getString("batchStatus")).isEqualTo("FAILED");
    assertThat(ended.getString("exitStatus")).isEqualTo("1");
    Await.until(
        "the run says why it ended",
        () ->
            server.process().linesSoFar().stream()
                .skip(linesBefore)
                .anyMatch(line -> line.contains("\"error_type\":\"DeadlineExceeded\"")));
    assertThat(server.get(Caller.NOBODY, "/health/live").status()).isEqualTo(200);
    assertThat(
            server
                .send(
                    Caller.SUBMITTER,
                    "PUT",
                    "/ibm/api/batch/jobexecutions/%d?action=restart".formatted(execution),
                    "")
                .status())
        .as("a failed run of somebody else is not restarted")
        .isEqualTo(401);
  }

  @Test
  void atSigtermRunsEndInOrderAndTheServerWithin30Seconds() {
    try (World world = hanging(World.with(ZONES).set("WLP_OUTPUT_DIR", output.toString()));
        ServeProcess server = ServeProcess.start(world)) {
      hangingRun(world, server, Caller.SUBMITTER);
      assertThat(output.resolve("dnsbl-monitor-serve/security")).isDirectory();

      long askedNanos = System.nanoTime();
      server.process().terminate();
      Ended ended = server.process().awaitEnd();
      Duration took = Duration.ofNanos(System.nanoTime() - askedNanos);

      ended.expectExit(143);
      assertThat(took).isLessThan(Duration.ofSeconds(30));
      assertThat(ended.event("serve_ready").getString("url")).isEqualTo(server.uri() + "/");
      assertThat(ended.event("serve_ready").getBoolean("dry_run")).isFalse();
      assertThat(ended.event("serve_ready").getJsonObject("users"))
          .hasToString(
              "{\"admin\":[\"admin\"],\"submitter\":[\"submitter\"],\"monitor\":[\"monitor\"]}");
      assertThat(ended.event("job_summary").getInt("exit_code")).isEqualTo(143);
      assertThat(ended.events("fatal_error")).isEmpty();
      assertThat(String.join("\n", ended.lines()))
          .doesNotContain(
              "CWWKS9", "WELD-", "Exception", "CWWKG0102I", "System.exit", "CWWKE0036I");
      assertThat(ended.standardError()).doesNotContain("Exception");
      assertThat(world.database().writes()).isZero();
      assertThat(Files.exists(output.resolve("dnsbl-monitor-serve/security"))).isFalse();
    }
  }

  /** A listed address, and a zone that never answers. */
  private static World hanging(World world) {
    world.set("DNS_TIMEOUT", "60");
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.dns().zone("dead.example").silent();
    return world;
  }

  private static int hangingRun(World world, ServeProcess server, Caller caller) {
    int before = world.dns().questions("dead.example");
    int instance = server.submitted(caller);
    Await.until("the run asks", () -> world.dns().questions("dead.example") > before);
    return instance;
  }
}
