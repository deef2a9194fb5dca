package dnsblmonitor.containers;

import dnsblmonitor.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * {@code compose/compose.yaml} as it is, with a second file for what must differ beside other
 * tests: images, ports, and where the resolver looks. The system property {@code compose} names the
 * program, {@code docker-compose} or {@code docker compose}.
 */
final class ComposeProject implements AutoCloseable {

  static final String PROGRAM = System.getProperty("compose", "docker-compose");

  private static final Path SHIPPED = Path.of("compose/compose.yaml");
  private static final Path SETTINGS = Path.of("kubernetes/unbound/unbound.conf");

  /** The server's cold start, with a probe every 30 s. */
  private static final Duration MAX_START = Duration.ofMinutes(3);

  private final String name = "dnsbl-monitor-" + UUID.randomUUID();
  private final Path folder;
  private final int httpsPort;
  private final int dnsPort;

  ComposeProject(Path folder, int httpsPort, int dnsPort) {
    this.folder = folder;
    this.httpsPort = httpsPort;
    this.dnsPort = dnsPort;
  }

  /** Whether there is such a program. */
  static boolean isPossible() {
    try {
      return said("version").contains("ersion");
    } catch (AssertionError | UncheckedIOException _) {
      return false;
    }
  }

  private static String said(String... arguments) {
    List<String> command = new ArrayList<>(List.of(PROGRAM.split(" ")));
    command.addAll(List.of(arguments));
    return Program.said(command.removeFirst(), command.toArray(String[]::new));
  }

  /**
   * Writes what the operator writes, and the second file; {@code stub} is an address of a server.
   */
  void write(Map<String, String> variables, String zone, int stub) {
    write("dnsbl-monitor.env", MonitorImage.envFile(variables));
    try {
      write("unbound.conf", settings(Files.readString(SETTINGS), zone, stub));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write("override.yaml", override());
  }

  private void write(String file, String content) {
    try {
      Path path = folder.resolve(file);
      Files.deleteIfExists(path);
      Files.writeString(path, content);
      // the containers' user is another one
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r--r--"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shipped ones, with another port, and a zone that is somewhere on loopback. */
  private String settings(String shipped, String zone, int stub) {
    return shipped
        + """
        server:
            port: %d
            do-not-query-localhost: no
            domain-insecure: "%s"
        stub-zone:
            name: "%s"
            stub-addr: 127.0.0.1@%d
        """
            .formatted(dnsPort, zone, zone, stub);
  }

  private String override() {
    return """
    services:
      monitor:
        image: %s
        environment:
          DNS_RESOLVERS: 127.0.0.1:%d
          SERVE_HTTPS_PORT: %d
        healthcheck:
          interval: 1s
      resolver:
        image: %s
        volumes:
          - %s:/etc/unbound/monitor/unbound.conf:ro
    secrets:
      dnsbl-monitor.env:
        file: %s
    """
        .formatted(
            MonitorImage.NAME,
            dnsPort,
            httpsPort,
            UnboundImageIT.IMAGE,
            folder.resolve("unbound.conf"),
            folder.resolve("dnsbl-monitor.env"));
  }

  /** What a command wrote on standard output; an {@link AssertionError} if it failed. */
  String run(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "-p",
                name,
                "-f",
                SHIPPED.toString(),
                "-f",
                folder.resolve("override.yaml").toString()));
    all.addAll(List.of(arguments));
    return said(all.toArray(String[]::new));
  }

  /** The id of a service's container. */
  String container(String service) {
    return run("ps", "--quiet", service).strip();
  }

  String inspect(String service, String format) {
    return MonitorImage.docker("inspect", "--format", format, container(service));
  }

  void awaitHealthy(String service) {
    Await.until(
        service + " is healthy",
        MAX_START,
        () -> inspect(service, "{{.State.Health.Status}}").equals("healthy"));
  }

  /** The containers and networks that are left, also stopped ones. */
  String left() {
    String label = "label=com.docker.compose.project=" + name;
    return MonitorImage.docker("ps", "--all", "--quiet", "--filter", label)
        + MonitorImage.docker("network", "ls", "--quiet", "--filter", label)
        + MonitorImage.docker("volume", "ls", "--quiet", "--filter", label);
  }

  @Override
  public void close() {
    run("down", "--volumes", "--timeout", "0");
  }
}
