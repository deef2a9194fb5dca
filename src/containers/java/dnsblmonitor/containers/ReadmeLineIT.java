package dnsblmonitor.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeDnsServer;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The line of docs/install-one-host.md that starts the image, as written but for the folder of its
 * variables, with {@code .env.example} filled in.
 */
@NeedsEngine
class ReadmeLineIT {

  private static final String IMAGE = "postal-dnsbl-monitor";
  private static final String START = "docker run ";
  private static final String VARIABLES = " --env-file /etc/dnsbl-monitor/dnsbl-monitor.env ";

  private final DatabaseContainers.Started<?> server = DatabaseContainers.postgres();
  private final TestDatabase database = TestPostgres.create(DatabaseContainers.postgres().server());
  private final FakeDnsServer dns = FakeDnsServer.startAt(server.client(), 0);

  @TempDir Path folder = Path.of("set by JUnit");

  @AfterEach
  void closeAll() {
    dns.close();
    database.close();
  }

  /** The first one; it names the image and nothing behind it, so it is a run. */
  private static String line() throws IOException {
    return Files.readAllLines(Path.of("docs/install-one-host.md")).stream()
        .filter(line -> line.startsWith(START) && line.endsWith(VARIABLES + IMAGE))
        .findFirst()
        .orElseThrow()
        .replace(VARIABLES, " --env-file .env ");
  }

  private Ended run(String line) throws IOException {
    MonitorImage.docker("tag", MonitorImage.NAME, IMAGE);
    Path launcher = Files.createDirectories(folder.resolve("bin")).resolve("dnsbl-monitor");
    String ofTheEngine = line.replace(START, MonitorImage.DOCKER + " run ");
    Files.writeString(launcher, "#!/bin/sh\ncd '%s' && exec %s\n".formatted(folder, ofTheEngine));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    return MonitorProcess.start(folder, Map.of()).awaitEnd();
  }

  @Test
  void itIsADryRunWithTheExampleFilledIn() throws IOException {
    database.insert("203.0.113.7", 80);
    dns.lists("zen.example.org", "203.0.113.7", "127.0.0.2");
    String url = database.url().replace("127.0.0.1:" + database.port(), server.address() + ":5432");
    List<String> example = Files.readAllLines(Path.of(".env.example"));
    Files.write(
        folder.resolve(".env"),
        example.stream()
            // without Jira a dry run decides as if it were empty
            .filter(line -> !line.startsWith("JIRA_"))
            .map(line -> line.startsWith("DB_URL=") ? "DB_URL=" + url : line)
            .map(line ->
                line.startsWith("DNS_RESOLVERS=")
                    ? "DNS_RESOLVERS=%s:%d".formatted(server.client(), dns.address().getPort())
                    : line)
            .toList());

    Ended ended = run(line());

    ended.expectExit(0);
    assertThat(ended.event("job_summary").getBoolean("dry_run")).isTrue();
    assertThat(ended.event("job_summary").getInt("listed")).isEqualTo(1);
    assertThat(database.row("203.0.113.7").priority()).isEqualTo(80);
  }

  @Test
  void theExampleAsItIsIsRefusedByItsPlaceholders() throws IOException {
    Files.copy(Path.of(".env.example"), folder.resolve(".env"));

    Ended ended = run(line());

    ended.expectExit(1);
    assertThat(ended.event("fatal_error").getString("error_message"))
        .contains("DB_URL", "JIRA_API_TOKEN", "REPLACE-ME");
  }
}
