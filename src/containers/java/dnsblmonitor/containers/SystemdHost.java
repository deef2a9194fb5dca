package dnsblmonitor.containers;

import dnsblmonitor.testing.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;

/**
 * A container of the image that the system property {@code systemd.image} names ({@code
 * .ci/images/systemd}): systemd is process 1, with the units of {@code
 * src/main/distribution/systemd} and this machine's network.
 */
final class SystemdHost implements AutoCloseable {

  private static final String IMAGE =
      System.getProperty("systemd.image", "postal-dnsbl-monitor-systemd");
  private static final Path UNITS = Path.of("src/main/distribution/systemd").toAbsolutePath();
  private static final List<String> NAMES =
      List.of("dnsbl-monitor.service", "dnsbl-monitor.timer", "dnsbl-monitor-serve.service");

  /** The exit code of the image's entry point. */
  private static final String NOT_ALLOWED = "77";

  private final String name = "dnsbl-monitor-systemd-" + UUID.randomUUID();

  /** Boots one with this file of variables; the test is skipped if this engine does not let it. */
  SystemdHost(Path variables) {
    MonitorImage.docker(options(variables).toArray(String[]::new));
    try {
      Await.until("systemd has booted, or ended", () -> hasBooted() || !isRunning());
      if (!isRunning()) {
        ended(MonitorImage.docker("inspect", "--format", "{{.State.ExitCode}}", name));
      }
    } catch (AssertionError | TestAbortedException e) {
      close();
      throw e;
    }
  }

  private void ended(String exitCode) {
    if (exitCode.equals(NOT_ALLOWED)) {
      String reason = "this engine does not allow the mounts of a systemd in a container";
      System.err.println("SKIPPED: " + reason);
      Assumptions.abort(reason);
    }
    throw new AssertionError("systemd ended with " + exitCode);
  }

  /** What systemd needs to make its own mounts; all of it a test engine may lack. */
  private List<String> options(Path variables) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "run",
                "--detach",
                "--name=" + name,
                "--network=host",
                "--cgroupns=private",
                "--cap-add=SYS_ADMIN",
                "--cap-add=NET_ADMIN",
                "--cap-add=SYS_PTRACE",
                "--security-opt=seccomp=unconfined",
                "--security-opt=apparmor=unconfined",
                "--security-opt=systempaths=unconfined",
                "--tmpfs=/run",
                "--env=container=docker",
                "--volume=%s:/etc/dnsbl-monitor/dnsbl-monitor.env:ro".formatted(variables)));
    for (String unit : NAMES) {
      options.add("--volume=%s:/etc/systemd/system/%s:ro".formatted(UNITS.resolve(unit), unit));
    }
    options.add(IMAGE);
    return options;
  }

  private boolean hasBooted() {
    try {
      // in a container some unit of its own may fail
      return run("sh", "-c", "systemctl is-system-running || true").matches("running|degraded");
    } catch (AssertionError _) {
      return false; // not yet
    }
  }

  private boolean isRunning() {
    return MonitorImage.docker("inspect", "--format", "{{.State.Running}}", name).equals("true");
  }

  /** What a command in it wrote; an {@link AssertionError} if it failed. */
  String run(String... command) {
    List<String> words = new ArrayList<>(List.of("exec", name));
    words.addAll(List.of(command));
    return MonitorImage.docker(words.toArray(String[]::new));
  }

  String property(String unit, String property) {
    return run("systemctl", "show", "--value", "--property=" + property, unit);
  }

  /** The lines of the journal that a unit wrote. */
  List<String> journal(String unit) {
    run("journalctl", "--sync"); // what a unit wrote last can be on its way
    return run("journalctl", "--output=cat", "--unit=" + unit).lines().toList();
  }

  @Override
  public void close() {
    MonitorImage.docker("rm", "--force", "--volumes", name);
  }
}
