package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Answer;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.ServerTraces;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R5d: runs started, looked at and refused over HTTPS, as each role and as nobody. */
@ExtendWith(SharedServerExtension.class)
class ServeIT {

  private static final String BATCH = "/ibm/api/batch";

  private static World world;
  private static ServeProcess server;
  private static Path output;

  /** Job instances that have ended. */
  private static int ofAdmin;

  private static int ofSubmitter;

  @BeforeAll
  static void runAsAdministratorAndAsSubmitter(SharedServer shared) {
    world = shared.world("zen.example,bl.example");
    server = shared.process();
    output = shared.output();
    world.database().insert("203.0.113.6", 50);
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    ofAdmin = server.submitted(Caller.ADMIN);
    server.awaitEnd(ofAdmin);
    ofSubmitter = server.submitted(Caller.SUBMITTER);
    server.awaitEnd(ofSubmitter);
  }

  @AfterAll
  static void endWorld() {
    world.close();
  }

  @Test
  void aRunThatIsSubmittedDoesWhatARunDoes() {
    JsonObject execution = server.execution(ofAdmin);

    assertThat(execution.getString("batchStatus")).isEqualTo("COMPLETED");
    assertThat(execution.getString("exitStatus")).isEqualTo("0");
    assertThat(world.database().row("203.0.113.7").blockingLists()).isEqualTo("zen.example");
    assertThat(world.jira().issues()).hasSize(1);
  }

  @Test
  void theLogOfAJobHoldsTheLinesOfItsRunAndOfNoOther() {
    String first = jobLog(ofAdmin);
    String second = jobLog(ofSubmitter);

    assertThat(first).contains("\"event\":\"row_updated\"", "\"event\":\"job_summary\"");
    assertThat(second).contains("\"event\":\"job_summary\"").doesNotContain("row_updated");
    assertThat(runId(first)).isNotEqualTo(runId(second));
  }

  /** What Liberty answers to one who may not is 401 as well; it says who and what. */
  @ParameterizedTest
  @CsvSource({
    "GET, '',                                       200, 200, 200",
    "GET, /jobinstances,                            200, 500, 200",
    "GET, /jobinstances/{admin},                    200, 401, 200",
    "GET, /jobinstances/{submitter},                200, 200, 200",
    "GET, /jobinstances/{admin}/jobexecutions,      200, 401, 200",
    "GET, /jobinstances/{submitter}/jobexecutions,  200, 200, 200",
    "GET, /jobinstances/{admin}/joblogs,            200, 401, 200",
    "GET, /jobinstances/{submitter}/joblogs,        200, 200, 200",
    "GET, /jobinstances/{admin}/joblogs?type=text,  200, 401, 200",
    "GET, /jobinstances/{admin}/joblogs?type=zip,   200, 401, 200",
    "GET, /jobexecutions/{admin},                   200, 401, 200",
    "GET, /jobexecutions/{submitter},               200, 200, 200",
    "GET, /jobexecutions/{admin}/stepexecutions,    200, 401, 200",
    "GET, /jobexecutions/{admin}/joblogs,           200, 401, 200",
    "GET, /jobexecutions/{submitter}/joblogs,       200, 200, 200",
    "GET, /jobexecutions/{admin}/joblogs?type=text, 200, 401, 200",
    "GET, /jobexecutions/999,                       400, 400, 400",
    "GET, /nosuch,                                  404, 404, 404",
    "PUT, /jobexecutions/{admin}?action=stop,       409, 401, 401",
    "PUT, /jobexecutions/{submitter}?action=stop,   409, 409, 401",
    "PUT, /jobinstances/{admin}?action=restart,     409, 401, 401",
    "PUT, /jobinstances/{submitter}?action=restart, 409, 409, 401"
  })
  void everyPathIsAllowedOrRefusedByRole(
      String method, String path, int admin, int submitter, int monitor) {
    String resolved =
        BATCH
            + path.replace("/jobexecutions/{admin}", "/jobexecutions/" + execution(ofAdmin))
                .replace("/jobexecutions/{submitter}", "/jobexecutions/" + execution(ofSubmitter))
                .replace("{admin}", String.valueOf(ofAdmin))
                .replace("{submitter}", String.valueOf(ofSubmitter));

    assertThat(status(Caller.ADMIN, method, resolved)).as("admin").isEqualTo(admin);
    assertThat(status(Caller.SUBMITTER, method, resolved)).as("submitter").isEqualTo(submitter);
    assertThat(status(Caller.MONITOR, method, resolved)).as("monitor").isEqualTo(monitor);
    assertThat(status(Caller.NOBODY, method, resolved)).as("nobody").isEqualTo(401);
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

  @ParameterizedTest
  @CsvSource({
    "/health,              200, 200, 200, 200",
    "/health/live,         200, 200, 200, 200",
    "/health/ready,        200, 200, 200, 200",
    "/adminCenter/,        302, 302, 302, 302",
    "/IBMJMXConnectorREST/mbeans, 200, 403, 403, 401",
    "/ibm/api/config,      200, 403, 403, 401",
    "/,                    302, 302, 302, 302",
    "/metrics,             200, 200, 200, 401"
  })
  void whatIsNotOfTheBatchApiIsForAdministratorsButHealthAndThePagesLogin(
      String path, int admin, int submitter, int monitor, int nobody) {
    assertThat(Caller.ALL)
        .extracting(caller -> status(caller, "GET", path))
        .containsExactly(admin, submitter, monitor, nobody);
  }

  @Test
  void theAdminCenterAsksForALoginOverHttps() {
    Answer answer = server.get(Caller.NOBODY, "/adminCenter/");

    assertThat(answer.headers().get("location"))
        .singleElement()
        .asString()
        .startsWith("https://")
        .endsWith("/adminCenter/login.jsp");
  }

  @Test
  void noSecretIsInAnAnswerALineOrAFile() {
    List<String> traces = new ArrayList<>(server.process().linesSoFar());
    for (String path :
        List.of(
            "/ibm/api/config",
            "/health",
            BATCH + "/jobinstances",
            BATCH + "/jobinstances/%d/jobexecutions".formatted(ofAdmin),
            BATCH + "/jobinstances/%d/joblogs?type=text".formatted(ofAdmin))) {
      traces.add(server.get(Caller.ADMIN, path).body());
    }
    List<Path> files = ServerTraces.files(output);
    files.forEach(file -> traces.add(file + ServerTraces.content(file)));

    assertThat(files).as("messages, job logs, work area").hasSizeGreaterThan(10);
    for (String secret :
        List.of(
            TestDatabase.PASSWORD,
            FakeJira.TOKEN,
            Caller.ADMIN.password(),
            Caller.SUBMITTER.password(),
            Caller.MONITOR.password())) {
      assertThat(traces)
          .as("%s...", secret.substring(0, secret.length() / 2))
          .noneMatch(trace -> trace.contains(secret));
    }
  }

  private static int execution(int instance) {
    return server.execution(instance).getInt("executionId");
  }

  private static String jobLog(int instance) {
    return server
        .get(Caller.MONITOR, BATCH + "/jobinstances/%d/joblogs?type=text".formatted(instance))
        .body();
  }

  private static String runId(String log) {
    String field = "\"job_run_id\":\"";
    int at = log.indexOf(field) + field.length();
    return log.substring(at, log.indexOf('"', at));
  }

  private static int status(Caller caller, String method, String path) {
    return server.send(caller, method, path, "").status();
  }

  private static Caller caller(String name) {
    return Caller.ALL.stream()
        .filter(caller -> caller.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
