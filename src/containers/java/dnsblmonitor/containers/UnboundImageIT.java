package dnsblmonitor.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The image of the component {@code kubernetes/unbound}, run as its sidecar is. */
@NeedsEngine
class UnboundImageIT {

  static final String IMAGE = System.getProperty("unbound.image", "postal-dnsbl-monitor-unbound");
  private static final Path SETTINGS = Path.of("kubernetes/unbound").toAbsolutePath();

  private final String name = "dnsbl-monitor-unbound-" + UUID.randomUUID();

  @AfterEach
  void remove() {
    MonitorImage.docker("rm", "--force", name);
  }

  @Test
  void withItsSettingsItStartsAsUser1000OnAReadOnlyRoot() {
    MonitorImage.docker(
        "run",
        "--detach",
        "--name=" + name,
        "--network=none",
        "--read-only",
        "--cap-drop=ALL",
        "--security-opt=no-new-privileges",
        "--memory=128m",
        "--cpus=0.25",
        "--tmpfs=/run/unbound:mode=1777",
        "--volume=%s:/etc/unbound/monitor:ro".formatted(SETTINGS),
        IMAGE);

    Await.until("the resolver says that it runs", () -> status().contains("is running"));
    assertThat(MonitorImage.docker("exec", name, "id", "-u")).isEqualTo("1000");
  }

  /** What its startup probe asks. */
  private String status() {
    try {
      return MonitorImage.docker(
          "exec", name, "unbound-control", "-c", "/etc/unbound/monitor/unbound.conf", "status");
    } catch (AssertionError e) {
      return ""; // not yet
    }
  }
}
