package dnsblmonitor.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** Programs that other people wrote and this machine may have, by their Debian packages. */
public enum RealServer {
  RBLDNSD("rbldnsd", "rbldnsd"),
  UNBOUND("unbound", "unbound"),
  MARIADB("mariadbd", "mariadb-server"),
  PGBOUNCER("pgbouncer", "pgbouncer"),
  PROMETHEUS("prometheus", "prometheus"),
  PUSHGATEWAY("prometheus-pushgateway", "prometheus-pushgateway"),
  NODE_EXPORTER("prometheus-node-exporter", "prometheus-node-exporter"),
  CHROMIUM("chromium", "chromium"),
  EXIM("exim4", "exim4-daemon-light"),
  SYSTEMD("systemd-analyze", "systemd");

  /** Daemons stand where the PATH of a plain user does not lead. */
  private static final List<Path> DAEMONS =
      List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"));

  private final String program;
  private final String debianPackage;

  RealServer(String program, String debianPackage) {
    this.program = program;
    this.debianPackage = debianPackage;
  }

  /** Whether tests that need {@code servers} run, see {@link Requirement#condition}. */
  static ConditionEvaluationResult condition(String required, RealServer... servers) {
    String missing =
        Stream.of(servers)
            .filter(server -> server.find(server.program).isEmpty())
            .map(RealServer::missing)
            .collect(Collectors.joining(", "));
    return Requirement.condition(Optional.of(missing).filter(it -> !it.isEmpty()), required);
  }

  Path program() {
    return sibling(program);
  }

  /** Another program of the same package. */
  Path sibling(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException(missing()));
  }

  private String missing() {
    return "%s is not installed (apt-get install %s)".formatted(program, debianPackage);
  }

  private Optional<Path> find(String name) {
    Stream<Path> path = Stream.of(System.getenv("PATH").split(":")).map(Path::of);
    return Stream.concat(path, DAEMONS.stream())
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
