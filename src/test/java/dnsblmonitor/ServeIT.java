package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Answer;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R5d: runs started, looked at and refused over HTTPS, as each role and as nobody. */
class ServeIT {

  private static World world = World.with("zen.example,bl.example");
  private static ServeProcess server = ServeProcess.start(world);

  /** A job instance of the administrator that has ended. */
  private static int ended;

  @BeforeAll
  static void runOnce() {
    world.database().insert("203.0.113.6", 50);
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    ended = server.submitted(Caller.ADMIN);
    server.awaitEnd(ended);
  }

  @AfterAll
  static void endWorld() {
    server.close();
    world.close();
  }

  @Test
  void aRunThatIsSubmittedDoesWhatARunDoes() {
    JsonObject execution = server.execution(ended);

    assertThat(execution.getString("batchStatus")).isEqualTo("COMPLETED");
    assertThat(execution.getString("exitStatus")).isEqualTo("0");
    assertThat(world.database().row("203.0.113.7").blockingLists()).isEqualTo("zen.example");
    assertThat(world.jira().issues()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"admin, 201", "submitter, 201", "monitor, 401", "'', 401"})
  void onlyAdministratorsAndSubmittersStartRuns(String name, int status) {
    Answer answer = server.submit(caller(name), "{}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    if (status == 201) {
      server.awaitEnd(answer.json().getInt("instanceId"));
    }
  }

  private static Caller caller(String name) {
    return Caller.ALL.stream()
        .filter(caller -> caller.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
