package dnsblmonitor.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.PageClient;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.TestMariaDb;
import dnsblmonitor.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The units under a real systemd: all of their restrictions apply, but for the limits on memory and
 * tasks, for which the container has no controllers.
 */
@NeedsEngine
class SystemdIT {

  private static final String ZONE = "zen.example";
  private static final String LISTED = "203.0.113.7";
  private static final String RUN = "dnsbl-monitor.service";
  private static final String SERVE = "dnsbl-monitor-serve.service";
  private static final String TIMER = "dnsbl-monitor.timer";

  /** Of a server or a run, on a machine that is busy. */
  private static final Duration MAX_START = Duration.ofMinutes(3);

  /** Lets the timer also elapse now: a test cannot wait for a quarter of an hour. */
  private static final String SOON =
      "mkdir /etc/systemd/system/dnsbl-monitor.timer.d && printf '[Timer]\\nOnActiveSec=1s\\nAccuracySec=1s\\n' > /etc/systemd/system/dnsbl-monitor.timer.d/soon.conf";

  /** The unit's {@code TimeoutStopSec}. */
  private static final Duration MAX_END = Duration.ofSeconds(40);

  private final World world =
      World.around(TestMariaDb.create(DatabaseContainers.mariaDb().server()), ZONE);

  @TempDir Path folder = Path.of("set by JUnit");

  @AfterEach
  void endWorld() {
    world.close();
  }

  private SystemdHost boot() {
    Map<String, String> variables = world.environment();
    variables.put("JAVA_HOME", "/opt/java/openjdk");
    try {
      Path file =
          Files.writeString(folder.resolve("dnsbl-monitor.env"), MonitorImage.envFile(variables));
      // only root reads it
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
      return new SystemdHost(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRunThrottlesAndFilesUnderAllRestrictions() {
    world.database().insert(LISTED, 80);
    world.dns().lists(ZONE, LISTED, "127.0.0.2");
    try (SystemdHost host = boot()) {
      host.run("systemctl", "start", RUN);

      assertThat(host.journal(RUN))
          .anyMatch(line -> line.contains("\"job_summary\""))
          .noneMatch(line -> line.contains("launch.AotCache"));
      assertThat(world.database().row(LISTED).priority()).isZero();
      assertThat(world.jira().issues()).hasSize(1);
    }
  }

  @Test
  void theTimerStartsTheRun() {
    world.set("TICKETS", "none").withoutJira();
    try (SystemdHost host = boot()) {
      host.run("sh", "-c", SOON);
      host.run("systemctl", "daemon-reload");
      host.run("systemctl", "enable", "--now", TIMER);

      assertThat(host.property(TIMER, "NextElapseUSecRealtime")).isNotEmpty();
      Await.until(
          "the timer's run has ended",
          MAX_START,
          () -> host.journal(RUN).stream().anyMatch(line -> line.contains("\"job_summary\"")));
    }
  }

  @Test
  void aFailedRunFailsTheUnit() {
    world.set(
        "DB_URL", "mariadb://monitor:pw@127.0.0.1:%d/postal".formatted(ServeProcess.freePort()));
    try (SystemdHost host = boot()) {
      assertThatThrownBy(() -> host.run("systemctl", "start", RUN))
          .isInstanceOf(AssertionError.class);

      assertThat(host.property(RUN, "ActiveState")).isEqualTo("failed");
      assertThat(host.journal(RUN)).anyMatch(line -> line.contains("\"DatabaseUnreachable\""));
    }
  }

  @Test
  void aStoppedRunEndsInOrderAndIsNoFailure() {
    for (int i = 1; i <= 200; i++) {
      world.database().insert("203.0.113." + i, 80);
    }
    world.set("DNS_CONCURRENCY", "1").set("ZONE_PROBE", "false");
    world.dns().zone(ZONE).delay(Duration.ofMillis(500));
    try (SystemdHost host = boot()) {
      host.run("systemctl", "start", "--no-block", RUN);
      Await.until("lookups are under way", MAX_START, () -> world.dns().questions(ZONE) > 0);

      long stoppedNanos = System.nanoTime();
      host.run("systemctl", "stop", RUN);

      assertThat(Duration.ofNanos(System.nanoTime() - stoppedNanos)).isLessThan(MAX_END);
      assertThat(host.property(RUN, "ActiveState")).as("not failed").isEqualTo("inactive");
      assertThat(host.journal(RUN)).anyMatch(line -> line.contains("\"exit_code\":143"));
    }
  }

  @Test
  void theServerRunsOnScheduleAnswersAndEndsInOrder() {
    world.database().insert(LISTED, 80);
    world.dns().lists(ZONE, LISTED, "127.0.0.2");
    int port = ServeProcess.freePort();
    world
        .set("SERVE_HTTPS_HOST", "127.0.0.1")
        .set("SERVE_HTTPS_PORT", String.valueOf(port))
        .set("SERVE_ADMIN_PASSWORD", Caller.ADMIN.password())
        .set("SERVE_SCHEDULE", "PT15M");
    try (SystemdHost host = boot()) {
      host.run("systemctl", "enable", "--now", SERVE);
      Await.until(
          "the address is throttled",
          MAX_START,
          () -> Integer.valueOf(0).equals(world.database().row(LISTED).priority()));
      PageClient page = new PageClient(URI.create("https://127.0.0.1:" + port));
      page.logIn(Caller.ADMIN);
      Await.until("the page has it", () -> page.get("/").body().contains(LISTED));
      host.run("systemctl", "stop", SERVE);

      assertThat(host.property(SERVE, "ActiveState")).as("not failed").isEqualTo("inactive");
    }
  }
}
