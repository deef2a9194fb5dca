package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.PageClient;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R40: {@code serve} starts runs by itself. */
class ServeScheduleIT {

  private static final String BATCH = "/ibm/api/batch";
  private static final String SCHEDULE = "_schedule";

  @TempDir Path output = Path.of("set by JUnit");

  @Test
  void theFirstRunStartsWhenTheServerIsReadyAndIsAJobLikeOthers() {
    try (World world = world("zen.example").set("SERVE_SCHEDULE", "PT1H30M");
        TestHistory history = TestHistory.create(world.database());
        ServeProcess server = ServeProcess.start(world.set("HISTORY_DB_URL", history.url()))) {
      int instance = firstInstance(server);
      JsonObject ended = server.awaitEnd(instance);

      assertThat(ended.getString("batchStatus")).isEqualTo("COMPLETED");
      assertThat(ended.getString("exitStatus")).isEqualTo("0");
      assertThat(world.database().row("203.0.113.7").blockingLists()).isEqualTo("zen.example");
      JsonObject job = server.get(Caller.MONITOR, BATCH + "/jobinstances/" + instance).json();
      assertThat(job.getString("submitter")).isEqualTo(SCHEDULE);
      assertThat(String.join("\n", server.process().linesSoFar()))
          .contains("\"schedule\":\"PT1H30M\"")
          .doesNotContain("\"loglevel\":\"WARNING\"", "\"loglevel\":\"ERROR\"", "Exception");

      assertThat(history.rows("select started_by, outcome from runs"))
          .containsExactly("schedule|succeeded");
      itIsNobodysButTheAdministrators(server, instance, ended.getInt("executionId"));
      thePageSaysWhenTheNextOneStarts(server);
    }
  }

  /** 409: allowed, and too late. */
  private static void itIsNobodysButTheAdministrators(
      ServeProcess server, int instance, int execution) {
    String restart = BATCH + "/jobinstances/%d?action=restart".formatted(instance);

    assertThat(server.stop(Caller.ADMIN, execution).status()).isEqualTo(409);
    assertThat(server.send(Caller.ADMIN, "PUT", restart, "").status()).isEqualTo(409);
    for (Caller other : List.of(Caller.SUBMITTER, Caller.MONITOR)) {
      assertThat(server.stop(other, execution).status()).as(other.name()).isEqualTo(401);
      assertThat(server.send(other, "PUT", restart, "").status()).as(other.name()).isEqualTo(401);
    }
    for (String password : List.of("", SCHEDULE, "null")) {
      assertThat(server.get(new Caller(SCHEDULE, password), BATCH).status())
          .as("a login with the password '%s'", password)
          .isEqualTo(401);
    }
  }

  private static void thePageSaysWhenTheNextOneStarts(ServeProcess server) {
    PageClient person = server.page();
    person.logIn(Caller.MONITOR);

    assertThat(person.get("/").body())
        .containsPattern("A run starts every 1 hour 30 minutes, the next one at \\d\\d:\\d\\d UTC")
        .contains("203.0.113.7");
  }

  @Test
  void aScheduledRunIsStoppedByAnAdministratorAndTheNextOneAtSigterm() {
    try (World world =
        world("zen.example,dead.example").set("DNS_TIMEOUT", "60").set("SERVE_SCHEDULE", "PT1M")) {
      world.dns().zone("dead.example").silent();
      try (ServeProcess server = ServeProcess.start(world)) {
        int first = firstInstance(server);
        Await.until("the run asks", () -> world.dns().questions("dead.example") > 0);
        int execution = server.execution(first).getInt("executionId");
        assertThat(server.stop(Caller.MONITOR, execution).status()).isEqualTo(401);
        assertThat(server.stop(Caller.ADMIN, execution).status()).isEqualTo(200);
        assertThat(server.awaitEnd(first).getString("exitStatus")).isEqualTo("143");
        int questions = world.dns().questions("dead.example");

        Await.until(
            "the next run asks",
            Duration.ofSeconds(65),
            () -> world.dns().questions("dead.example") > questions);
        assertThat(instances(server)).hasSize(2);
        server.process().terminate();
        Ended ended = server.process().awaitEnd();

        ended.expectExit(143);
        assertThat(ended.event("serve_ready").getString("schedule")).isEqualTo("PT1M");
        assertThat(ended.events("job_summary"))
            .extracting(summary -> summary.getInt("exit_code"))
            .containsExactly(143, 143);
        assertThat(ended.events("fatal_error")).isEmpty();
        assertThat(String.join("\n", ended.lines())).doesNotContain("Exception", "SEVERE");
        assertThat(world.database().writes()).isZero();
      }
    }
  }

  /** A listed address. */
  private World world(String zones) {
    World world = World.with(zones).set("WLP_OUTPUT_DIR", output.toString());
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    return world;
  }

  private static int firstInstance(ServeProcess server) {
    Await.until("a job instance", () -> !instances(server).isEmpty());
    return instances(server).getFirst();
  }

  private static List<Integer> instances(ServeProcess server) {
    return server
        .get(Caller.MONITOR, BATCH + "/jobinstances")
        .jsonArray()
        .getValuesAs(JsonObject.class)
        .stream()
        .map(instance -> instance.getInt("instanceId"))
        .toList();
  }
}
