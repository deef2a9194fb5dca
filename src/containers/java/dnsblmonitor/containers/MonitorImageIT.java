package dnsblmonitor.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestPostgres;
import dnsblmonitor.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs of the image beside a container with PostgreSQL, with a read-only root, no capabilities,
 * half a CPU and 512 MiB. Every line on standard output is held against the schema.
 */
@NeedsEngine
class MonitorImageIT {

  private static final String NAME = MonitorImage.NAME;

  private final World world =
      World.around(
          TestPostgres.create(DatabaseContainers.postgres().server()), "zen.example,bl.example");

  @TempDir Path folder = Path.of("set by JUnit");

  @AfterEach
  void endWorld() {
    world.close();
  }

  private MonitorProcess start() {
    return MonitorImage.start(folder, world.environment());
  }

  @Test
  void aListedAddressIsThrottledAndFiled() {
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");

    Ended ended = start().awaitEnd();

    ended.expectExit(0);
    assertThat(world.database().row("203.0.113.7").priority()).isZero();
    assertThat(world.jira().issues()).hasSize(1);
    assertThat(ended.standardError()).isEmpty();
  }

  /** As OpenShift does it: a user that no /etc/passwd knows, in group 0. */
  @Test
  void itRunsUnderAnyUserIdOfGroup0() {
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");

    Ended ended =
        MonitorImage.start(folder, world.environment(), "--rm --user 1000840000:0").awaitEnd();

    ended.expectExit(0);
    assertThat(world.database().row("203.0.113.7").priority()).isZero();
    assertThat(ended.standardError()).isEmpty();
  }

  @Test
  void aFaultOfTheConfigurationEndsItWith1() {
    world.set("DB_URL", "postgresql://monitor:REPLACE-ME@db.example.com/postal");

    Ended ended = start().awaitEnd();

    ended.expectExit(1);
    assertThat(ended.event("fatal_error").getString("error_message")).contains("DB_URL");
  }

  @Test
  void sigtermEndsItInOrderWithin30Seconds() {
    for (int i = 1; i <= 200; i++) {
      world.database().insert("203.0.113." + i, 80);
    }
    world.set("DNS_CONCURRENCY", "1").set("ZONE_PROBE", "false");
    world.dns().lists("bl.example", "203.0.113.7", "127.0.0.2"); // of a chunk that never is whole
    world.dns().zone("zen.example").delay(Duration.ofMillis(500));
    MonitorProcess run = start();
    Await.until("lookups are under way", () -> world.dns().questions("zen.example") > 0);

    long terminated = System.nanoTime();
    run.terminate();
    Ended ended = run.awaitEnd();

    assertThat(Duration.ofNanos(System.nanoTime() - terminated)).isLessThan(Duration.ofSeconds(30));
    ended.expectExit(143);
    assertThat(ended.event("job_summary").getInt("exit_code")).isEqualTo(143);
    assertThat(world.database().writes()).isZero();
  }

  @Test
  void aBrokenAotCacheCostsTimeAndNothingElse() {
    world.set("JVM_ARGS", "-XX:AOTCache=/etc/passwd");

    Ended ended = start().awaitEnd();

    ended.expectExit(0);
    assertThat(aotWarnings(ended)).hasSize(1);
  }

  @Test
  void itsAotCacheIsUsed() {
    Ended ended = start().awaitEnd();

    ended.expectExit(0);
    assertThat(aotWarnings(ended)).isEmpty();
    assertThat(
            MonitorImage.docker(
                "run", "--rm", "--entrypoint", "ls", NAME, "/opt/dnsbl-monitor/trained"))
        .as("else there is nothing to warn of")
        .contains("server.aot", "launcher.aot");
  }

  private static List<String> aotWarnings(Ended ended) {
    return ended.lines().stream().filter(line -> line.contains("launch.AotCache")).toList();
  }

  @Test
  void itsUserIsNotRootAndNoLayerHoldsACredential() {
    String user = MonitorImage.docker("image", "inspect", "-f", "{{.Config.User}}", NAME);
    String made = MonitorImage.docker("history", "--no-trunc", NAME);
    String settings = MonitorImage.docker("image", "inspect", NAME);
    String traces =
        MonitorImage.docker(
            "run",
            "--rm",
            "--entrypoint",
            "/bin/sh",
            NAME,
            "-c",
            "grep -rlaF -e '%s' -e '%s' /opt/dnsbl-monitor /tmp | head; id -u"
                .formatted(TestDatabase.PASSWORD, FakeJira.TOKEN));

    assertThat(user).isEqualTo("1000:1000");
    assertThat(made + settings).doesNotContain(TestDatabase.PASSWORD, FakeJira.TOKEN);
    assertThat(traces).isEqualTo("1000");
  }
}
