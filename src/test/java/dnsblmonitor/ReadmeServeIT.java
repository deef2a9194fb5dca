package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.DocsBlock;
import dnsblmonitor.testing.DocsBlock.Said;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/serve.md, run as written, against one server (R5d). */
class ReadmeServeIT {

  private static final String SILENT = "bl.example";

  @TempDir static Path folder = Path.of("set by JUnit");

  /** The page's lines contain its number. */
  private static final int FIRST = 1;

  private static final World WORLD = World.with("zen.example," + SILENT).set("DNS_TIMEOUT", "60");

  private static ServeProcess server;
  private static DocsBlock curl;
  private static DocsBlock batchManager;

  /** The page's password: its server has an administrator and no other user. */
  private static final Caller ADMIN = new Caller("admin", "a long password");

  @BeforeAll
  static void startAsThePageDoes() {
    WORLD.database().insert("203.0.113.6", 50);
    WORLD.database().insert("203.0.113.7", 80);
    WORLD.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    int port = ServeProcess.freePort();
    WORLD
        .set("SERVE_HTTPS_HOST", "127.0.0.1")
        .set("SERVE_HTTPS_PORT", String.valueOf(port))
        .set("WLP_OUTPUT_DIR", folder.resolve("output").toString());
    DocsBlock serve = DocsBlock.of("serve", folder, WORLD.environment());
    server = ServeProcess.startedAs(serve.startLastLine(), port);
    curl = DocsBlock.of("curl", folder, WORLD.environment());
    batchManager = DocsBlock.of("batchManager", folder, WORLD.environment());
  }

  @AfterAll
  static void endWorld() {
    server.close();
    WORLD.close();
  }

  /** Both programs look at, stop and restart one run, in turn, since it has to be under way. */
  @Test
  void everyLineDoesWhatItIsThereFor() throws IOException {
    WORLD.dns().zone(SILENT).silent();
    runIsStoppedByBatchManagerAndRestartedByIt();
    stoppedAndRestartedByCurl();
    partsAndDryRunsByCurl();
    lookedAtByCurl();
    dryRunOfOneAddressByBatchManager();
    lookedAtByBatchManager();
    removedByCurl();

    filesWithThePasswordAreTheirOwnersAlone();
    assertThat(curl.linesNotRun()).isEmpty();
    assertThat(batchManager.linesNotRun()).isEmpty();
  }

  private void runIsStoppedByBatchManagerAndRestartedByIt() {
    int asked = WORLD.dns().questions(SILENT);
    Said submitted = curl.run("run");
    assertThat(submitted.json().getInt("instanceId")).isEqualTo(FIRST);
    assertThat(submitted.json().getString("batchStatus")).isIn("STARTING", "STARTED");
    awaitAsked(asked);

    assertThat(batchManager.run("batch stop .*").exitCode()).isZero();
    awaitStatus("STOPPED");

    asked = WORLD.dns().questions(SILENT);
    assertThat(batchManager.run("batch restart .*").exitCode()).isZero();
    awaitAsked(asked);
  }

  private void stoppedAndRestartedByCurl() {
    assertThat(curl.run(".*action=stop.*").json().getInt("executionId")).isEqualTo(2);
    awaitStatus("STOPPED");
    assertThat(WORLD.database().writes()).isZero();

    WORLD.dns().zone(SILENT).behaves();
    assertThat(curl.run(".*action=restart.*").json().getInt("instanceId")).isEqualTo(FIRST);
    awaitStatus("COMPLETED");
    assertThat(WORLD.database().row("203.0.113.7").priority()).isZero();
  }

  private void partsAndDryRunsByCurl() {
    int writes = WORLD.database().writes();
    String log = logOf(curl.run("run '\"dryRun\".*"));
    assertThat(log).contains("\"dry_run\":true", "\"total_ips\":2");

    log = logOf(curl.run("run '\"ips\".*"));
    assertThat(log).contains("203.0.113.7", "\"dry_run\":false").doesNotContain("203.0.113.6");

    int asked = WORLD.dns().questions(SILENT);
    log = logOf(curl.run("run '\"zones\".*"));
    assertThat(log).contains("\"dry_run\":true");
    assertThat(WORLD.dns().questions(SILENT)).as("of a zone left out").isEqualTo(asked);
    assertThat(WORLD.database().writes()).isEqualTo(writes);
  }

  private void lookedAtByCurl() {
    assertThat(curl.run(".*/jobinstances\"").jsonArray()).hasSize(4);
    assertThat(curl.run(".*/jobexecutions\"").jsonArray())
        .extracting(execution -> execution.asJsonObject().getString("exitStatus"))
        .containsExactlyInAnyOrder("143", "143", "0");
    assertThat(curl.run(".*/joblogs.*").output()).contains("\"event\":\"row_updated\"");
  }

  private void dryRunOfOneAddressByBatchManager() {
    int writes = WORLD.database().writes();
    Said said = batchManager.run("batch submit .*");
    assertThat(said.exitCode()).as(said.toString()).isZero();
    assertThat(said.output()).contains("Batch status: COMPLETED", "Exit status: 0");
    assertThat(said.output()).contains("\"dryRun\":\"true\"", "\"ips\":\"203.0.113.7\"");
    assertThat(WORLD.database().writes()).isEqualTo(writes);
  }

  private void lookedAtByBatchManager() {
    assertThat(batchManager.run("batch listJobs").output())
        .contains("\"instanceId\":1,", "\"instanceId\":5,");
    Said status = batchManager.run("batch status .*");
    assertThat(status.exitCode()).as(status.toString()).isEqualTo(35);
    assertThat(status.output()).contains("\"batchStatus\":\"COMPLETED\",\"exitStatus\":\"0\"");
    assertThat(batchManager.run("batch getJobLog .*").output())
        .contains("\"event\":\"row_updated\"");
  }

  private void removedByCurl() {
    curl.run(".*-X DELETE.*");
    assertThat(server.get(ADMIN, "/ibm/api/batch/jobinstances").jsonArray())
        .extracting(job -> job.asJsonObject().getInt("instanceId"))
        .isNotEmpty()
        .doesNotContain(FIRST);
  }

  private void filesWithThePasswordAreTheirOwnersAlone() throws IOException {
    for (String file : List.of("curl.conf", "control.properties", "admin-password")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  private static String logOf(Said submitted) {
    int instance = submitted.json().getInt("instanceId");
    Await.until("its end", () -> status(instance).equals("COMPLETED"));
    return server
        .get(ADMIN, "/ibm/api/batch/jobinstances/%d/joblogs?type=text".formatted(instance))
        .body();
  }

  private static void awaitStatus(String status) {
    Await.until("the first run is " + status, () -> status(FIRST).equals(status));
  }

  private static String status(int instance) {
    return server
        .get(ADMIN, "/ibm/api/batch/jobinstances/" + instance)
        .json()
        .getString("batchStatus");
  }

  private static void awaitAsked(int before) {
    Await.until("the run asks", () -> WORLD.dns().questions(SILENT) > before);
  }
}
