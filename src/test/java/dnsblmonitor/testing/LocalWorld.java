package dnsblmonitor.testing;

import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code mvn -Pdemo,world verify}: a test environment left running, for runs of the distribution by
 * hand. What points the monitor at it is in {@code target/world.env}; it ends with the Maven that
 * started it.
 */
public final class LocalWorld implements AutoCloseable {

  private static final Path ENVIRONMENT = Path.of("target/world.env");

  private static final String ADMIN_PASSWORD = "test environment";

  private final World world = World.with("zen.example,bl.example");
  private final TestHistory history = TestHistory.create(world.database());
  private final int pagePort = ServeProcess.freePort();
  private final HttpServer table;

  LocalWorld() throws IOException {
    world.database().insert("203.0.113.6", 50, 1);
    world.database().insert("203.0.113.7", 80, 1);
    world.set("HISTORY_DB_URL", history.url());
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2", "https://zen.example/why");
    table = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    table.createContext(
        "/table",
        exchange -> {
          try (exchange) {
            byte[] body = RowTable.of(world.database().rows()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain;charset=UTF-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    table.start();
  }

  public static void main(String[] args) throws IOException {
    try (LocalWorld local = new LocalWorld();
        var _ = local.serve()) {
      Files.writeString(ENVIRONMENT, local.environment());
      System.out.println(local.welcome());
      ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
    }
    System.exit(0); // the embedded PostgreSQL has threads that would stay
  }

  /** The page, with a history. */
  private ServeProcess serve() {
    Map<String, String> variables = world.environment();
    variables.put("SERVE_HTTPS_HOST", "127.0.0.1");
    variables.put("SERVE_HTTPS_PORT", String.valueOf(pagePort));
    variables.put("SERVE_ADMIN_PASSWORD", ADMIN_PASSWORD);
    MonitorProcess process = MonitorProcess.start(variables, "serve");
    MadeUpHistory.write(history.settings(), Instant.now());
    return ServeProcess.startedAs(process, pagePort);
  }

  /** Where people look at what a run did. */
  String welcome() {
    return """

    The test environment is up: 203.0.113.6, which no list lists, and 203.0.113.7, listed by zen.example.

      Table    curl %s
      Tickets  %s/browse
      Page     https://127.0.0.1:%d/ (user admin, password '%s'; accept the self-signed certificate)
               with thirty made-up days of history
      API      curl -k -u 'admin:%s' 'https://127.0.0.1:%d/api/v1/runs?limit=2'

    In a second terminal, in this folder:

      set -a; . %s; set +a
      dnsbl-monitor check
      DRY_RUN=true dnsbl-monitor run
      dnsbl-monitor run
      curl "$TEST_TABLE"

    End the test environment with Ctrl-C.
    """
        .formatted(
            tableUrl(),
            world.jira().uri(),
            pagePort,
            ADMIN_PASSWORD,
            ADMIN_PASSWORD,
            pagePort,
            ENVIRONMENT);
  }

  /** Postal's table as plain text. */
  String tableUrl() {
    return "http://127.0.0.1:%d/table".formatted(table.getAddress().getPort());
  }

  /** For a shell to source: the variables of a run, a JDK, and the commands on the PATH. */
  String environment() {
    Path distribution = MonitorProcess.distribution().toAbsolutePath().normalize();
    Path java = Path.of(System.getProperty("java.home"));
    Map<String, String> variables = new TreeMap<>(world.environment());
    variables.put("JAVA_HOME", java.toString());
    variables.put("TEST_TABLE", tableUrl());
    return variables.entrySet().stream()
        .map(variable -> "%s=%s\n".formatted(variable.getKey(), quoted(variable.getValue())))
        .collect(
            joining(
                "",
                "",
                "export PATH=%s:%s:\"$PATH\":%s\n"
                    .formatted(
                        quoted(distribution.resolve("bin").toString()),
                        quoted(distribution.resolve("wlp/bin").toString()),
                        quoted(java.resolve("bin").toString()))));
  }

  private static String quoted(String value) {
    return "'%s'".formatted(value.replace("'", "'\\''"));
  }

  @Override
  public void close() {
    table.stop(0);
    world.close();
  }
}
