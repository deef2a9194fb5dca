package dnsblmonitor.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.MariaDbServer;
import dnsblmonitor.testing.PageClient;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.TestMariaDb;
import dnsblmonitor.testing.World;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/install-one-host.md with compose: MariaDB in a container with its port on the host's
 * loopback, as Postal's is; the columns and the history by the owner's login, then the server and
 * its resolver.
 */
@NeedsEngine
@NeedsCompose
class ComposeIT {

  private static final String ZONE = "zen.example";
  private static final String LISTED = "203.0.113.7";

  /** Its password is what compose would interpret in an {@code env_file}. */
  private static final Caller ADMIN = new Caller("admin", "canary-$HOME '$$' \"x\" #y");

  private static final Pattern GRANT = Pattern.compile("(?m)^GRANT .*$");

  private final String mariaDb = "dnsbl-monitor-mariadb-" + UUID.randomUUID();
  private final TestDatabase database = TestMariaDb.withoutColumns(startMariaDb());
  private final TestHistory history = TestHistory.withoutTables(database);
  private final World world = World.around(database, ZONE);
  private final int port = ServeProcess.freePort();

  @TempDir Path folder = Path.of("set by JUnit");

  @AfterEach
  void end() {
    world.close();
    removeMariaDb();
  }

  private void removeMariaDb() {
    MonitorImage.docker("rm", "--force", "--volumes", mariaDb);
  }

  private MariaDbServer startMariaDb() {
    int serverPort = ServeProcess.freePort();
    MonitorImage.docker(
        "run",
        "--detach",
        "--name=" + mariaDb,
        "--publish=127.0.0.1:%d:3306".formatted(serverPort),
        "--env=MYSQL_ALLOW_EMPTY_PASSWORD=1",
        DatabaseContainers.MARIADB_IMAGE,
        "mariadbd",
        "--skip-ssl");
    try {
      Await.until("MariaDB answers", () -> answers(serverPort));
    } catch (AssertionError e) {
      removeMariaDb();
      throw e;
    }
    return MariaDbServer.startedElsewhere(serverPort);
  }

  private static boolean answers(int port) {
    String url = "jdbc:mariadb://127.0.0.1:%d/".formatted(port);
    try (Connection _ = DriverManager.getConnection(url, "root", "")) {
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  @Test
  void besidePostalsMariaDbItMigratesServesRunsAndLeavesNothing() {
    database.insert(LISTED, 80);
    world.dns().lists(ZONE, LISTED, "127.0.0.2");
    try (ComposeProject project = new ComposeProject(folder, port, ServeProcess.freePort())) {
      int upstream = world.dns().address().getPort();
      // as .env.example
      project.write(variables("true"), ZONE, upstream);
      migrate(project);
      project.write(variables("false"), ZONE, upstream);
      assertThat(project.run("run", "--rm", "monitor", "check"))
          .contains("history", "resolver 127.0.0.1")
          .doesNotContain("FAILED");
      world.dns().forgetQuestions();
      project.run("up", "--detach");
      project.awaitHealthy("resolver");
      project.awaitHealthy("monitor");

      theScheduledRunDoesItsWork();
      thePageAnswersWithALogin();
      itIsHardenedAndShowsNoSecret(project);
      itEndsInOrder(project);
    }
  }

  /** The resolver is not among them: it is compose's. */
  private Map<String, String> variables(String dryRun) {
    Map<String, String> variables = world.environment();
    variables.put("DRY_RUN", dryRun);
    variables.remove("DNS_RESOLVERS");
    variables.put("HISTORY_DB_URL", history.url());
    variables.put("SERVE_ADMIN_PASSWORD", ADMIN.password());
    return variables;
  }

  private void migrate(ComposeProject project) {
    String said =
        project.run(
            "run",
            "--rm",
            "-e",
            "DRY_RUN=false",
            "-e",
            "DB_URL=" + database.url(database.owner()),
            "-e",
            "HISTORY_DB_URL=" + history.url().replaceFirst("//.*@", "//root:@"),
            "monitor",
            "migrate");
    GRANT
        .matcher(said)
        .results()
        .map(grant -> grant.group().replaceFirst(" TO .*", " TO 'monitor'@'%'"))
        .forEach(database::executePlainly);
  }

  private void theScheduledRunDoesItsWork() {
    Await.until(
        "the run is recorded",
        Duration.ofMinutes(3),
        () -> !history.rows("SELECT id FROM runs").isEmpty());

    assertThat(history.rows("SELECT started_by, outcome, dry_run FROM runs"))
        .containsExactly("schedule|succeeded|0");
    assertThat(database.row(LISTED).priority()).isZero();
    assertThat(world.jira().issues()).hasSize(1);
    assertThat(world.dns().questions(ZONE)).as("asked through the resolver").isPositive();
  }

  private void thePageAnswersWithALogin() {
    PageClient page = new PageClient(URI.create("https://127.0.0.1:" + port));

    assertThat(page.get("/").body()).doesNotContain(LISTED);
    page.logIn(ADMIN);
    assertThat(page.get("/").body()).contains(LISTED);
  }

  private void itIsHardenedAndShowsNoSecret(ComposeProject project) {
    for (String service : new String[] {"monitor", "resolver"}) {
      assertThat(project.inspect(service, "{{json .}}"))
          .doesNotContain("canary-", TestDatabase.percentEncoded(TestDatabase.PASSWORD))
          .contains("\"ReadonlyRootfs\":true", "\"CapDrop\":[\"ALL\"]", "\"no-new-privileges\"");
      assertThat(project.inspect(service, "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}"))
          .doesNotMatch(".*\\b0\\b.*");
      assertThat(project.run("exec", "-T", service, "id", "-u").strip()).isEqualTo("1000");
    }
  }

  private void itEndsInOrder(ComposeProject project) {
    String monitor = project.container("monitor");
    long stoppedNanos = System.nanoTime();
    project.run("stop");

    assertThat(Duration.ofNanos(System.nanoTime() - stoppedNanos))
        .isLessThan(Duration.ofSeconds(40));
    assertThat(MonitorImage.docker("inspect", "--format", "{{.State.ExitCode}}", monitor))
        .isEqualTo("143");
    project.run("down");
    assertThat(project.left()).isEmpty();
  }
}
