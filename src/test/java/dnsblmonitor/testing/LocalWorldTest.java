package dnsblmonitor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Pdemo,world verify} leaves running. */
class LocalWorldTest {

  private static String get(String url) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void itSaysWhereTableAndTicketsAre(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (LocalWorld local = new LocalWorld()) {
      String welcome = local.welcome();

      assertThat(get(local.tableUrl())).contains("203.0.113.7", "priority", "oldPriority");
      assertThat(welcome).contains("curl " + local.tableUrl()).doesNotContain("world is");
      String tickets = welcome.replaceFirst("(?s).*Tickets +(\\S+).*", "$1");
      assertThat(get(tickets)).contains("There is no ticket yet.");

      Path file = folder.resolve("world.env");
      Files.writeString(file, local.environment());
      Process shell =
          new ProcessBuilder(
                  "/bin/sh",
                  "-euc",
                  "set -a; . \"$0\"; set +a; printf '%s\\n' \"$DB_URL\" \"$PATH\" \"$JIRA_SERVER\"",
                  file.toString())
              .start();
      String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(shell.waitFor()).isZero();
      assertThat(said).contains("postgresql://monitor:", "/bin:", "/wlp/bin:", "/tracker");
    }
  }
}
