package dnsblmonitor.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.TestPostgres;
import dnsblmonitor.testing.World;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.util.Yaml;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * R5d: the image as {@code kubernetes/serve} starts it, with the limits that stand there, a
 * read-only root and no capabilities. Prints how long it starts and what memory it takes.
 */
@NeedsEngine
class ServeImageIT {

  private static final int RUNS = 20;
  private static final long MIB = 1024 * 1024;

  /** What must be left of the limit: runs of more addresses, more callers at once. */
  private static final double MAX_PART_OF_LIMIT = 0.85;

  private final World world =
      World.around(
          TestPostgres.create(DatabaseContainers.postgres().server()), "zen.example,bl.example");
  private final V1Container container = container();
  private final Map<String, Quantity> limits =
      Objects.requireNonNull(container.getResources().getLimits());
  private final String name = "dnsbl-monitor-serve-" + UUID.randomUUID();

  @TempDir Path folder = Path.of("set by JUnit");

  @AfterEach
  void endWorld() {
    MonitorImage.docker("rm", "--force", name);
    world.close();
  }

  private static V1Container container() {
    try {
      V1Deployment deployment =
          (V1Deployment) Yaml.load(Path.of("kubernetes/serve/deployment.yaml").toFile());
      return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BigDecimal amount(Map<String, Quantity> resources, String name) {
    return Objects.requireNonNull(resources.get(name)).getNumber();
  }

  private long memoryLimit() {
    return amount(limits, "memory").longValueExact();
  }

  private MonitorProcess start(int port) {
    String options =
        "--name %s --memory=%d --cpus=%s"
            .formatted(name, memoryLimit(), amount(limits, "cpu").toPlainString());
    return MonitorImage.start(folder, ServeProcess.environment(world, port), options, "serve");
  }

  private static void run(ServeProcess server) {
    for (int i = 0; i < RUNS; i++) {
      JsonObject execution = server.awaitEnd(server.submitted(Caller.ADMIN));
      assertThat(execution.getString("batchStatus")).isEqualTo("COMPLETED");
      assertThat(execution.getString("exitStatus")).isEqualTo("0");
    }
  }

  @Test
  void withTheDeploymentsLimitsItServesRunsAndEndsInOrder() {
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    int port = ServeProcess.freePort();
    long startNanos = System.nanoTime();
    MonitorProcess process = start(port);
    Looks looks = Looks.at(name);
    ServeProcess server = ServeProcess.startedAs(process, port);
    Await.until("it is ready", () -> server.get(Caller.NOBODY, "/health/ready").status() == 200);
    Duration start = Duration.ofNanos(System.nanoTime() - startNanos);
    Cgroup.Reading idle = looks.last();

    run(server);
    Cgroup.Reading worked = looks.last();
    long terminatedNanos = System.nanoTime();
    process.terminate();
    Ended ended = process.awaitEnd();
    Duration end = Duration.ofNanos(System.nanoTime() - terminatedNanos);
    looks.end();

    print(start, idle, worked, looks.peakBytes(), end);
    ended.expectExit(143);
    assertThat(end).isLessThan(Duration.ofSeconds(30));
    assertThat(ended.standardError()).isEmpty();
    assertThat(ended.events("job_summary")).hasSize(RUNS);
    assertThat(world.database().row("203.0.113.7").priority()).isZero();
    assertThat(looks.peakBytes()).isBetween(100 * MIB, (long) (memoryLimit() * MAX_PART_OF_LIMIT));
    assertThat(looks.last().oomKills()).isZero();
    theManifestFits(idle, worked);
  }

  /** A crowded node gives no more CPU than is requested. */
  private void theManifestFits(Cgroup.Reading idle, Cgroup.Reading worked) {
    Map<String, Quantity> requests = Objects.requireNonNull(container.getResources().getRequests());
    V1Probe probe = Objects.requireNonNull(container.getStartupProbe());
    double longestStart = probe.getPeriodSeconds() * (double) probe.getFailureThreshold();

    assertThat(worked.memoryBytes())
        .as("requested memory")
        .isLessThanOrEqualTo(amount(requests, "memory").longValueExact());
    assertThat(idle.cpu().toMillis() / 1e3 / amount(requests, "cpu").doubleValue())
        .as("seconds for the start with the requested CPU alone")
        .isLessThan(longestStart);
  }

  private void print(
      Duration start, Cgroup.Reading idle, Cgroup.Reading worked, long peakBytes, Duration end) {
    System.out.printf(
        """

        | serve, %s CPU, %d MiB | ready, s | CPU for it, s | idle, MiB | after %d runs, MiB | peak, MiB | SIGTERM to end, s |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: |
        | as in kubernetes/serve | %.1f | %.1f | %d | %d | %d | %.1f |
        """,
        amount(limits, "cpu").toPlainString(),
        memoryLimit() / MIB,
        RUNS,
        start.toMillis() / 1e3,
        idle.cpu().toMillis() / 1e3,
        idle.memoryBytes() / MIB,
        worked.memoryBytes() / MIB,
        peakBytes / MIB,
        end.toMillis() / 1e3);
  }
}
