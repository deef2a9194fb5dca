package dnsblmonitor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Answer;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestAuthority;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R5, R5d: what should not be sent to {@code serve}, and what it does with it. */
@ExtendWith(SharedServerExtension.class)
class ServeRefusalsIT {

  private static final String BATCH = "/ibm/api/batch";
  private static final int TOO_LARGE = 70_000;
  private static final int MAX_ANSWER_MILLIS = 30_000;

  private static World world;
  private static ServeProcess server;

  @BeforeAll
  static void start(SharedServer shared) {
    world = shared.world("zen.example");
    server = shared.process();
  }

  @AfterAll
  static void endWorld() {
    world.close();
  }

  @Test
  void aWrongPasswordIsRefusedAndSaysNothing() {
    Answer answer = server.get(new Caller("admin", "canary-wrong-password"), BATCH);
    Answer unknown = server.get(new Caller("nobody", "canary-wrong-password"), BATCH);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).isEmpty();
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.headers().keySet()).isEqualTo(answer.headers().keySet());
  }

  private static List<JsonObject> instancesSince(List<JsonObject> before) {
    return server
        .get(Caller.MONITOR, BATCH + "/jobinstances")
        .jsonArray()
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(it -> !before.contains(it))
        .toList();
  }

  @Test
  void plainHttpGetsNoAnswer() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write("GET /health HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

      assertThat(answer).doesNotContain("HTTP/", "UP");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"applicationName\": \"other\", \"jobXMLName\": \"dnsbl-monitor\"}",
        "{\"applicationName\": \"dnsbl-monitor\", \"jobXMLName\": \"../../server\"}",
        "{\"applicationName\": \"dnsbl-monitor\", \"jobXMLName\": \"dnsbl-monitor\", \"jobParameters\": [1]}"
      })
  void aBodyThatIsNoSubmissionStartsNothingAndShowsNoStackTrace(String body) {
    int questions = world.dns().questions("zen.example");
    List<JsonObject> before = instancesSince(List.of());

    Answer answer = server.send(Caller.SUBMITTER, "POST", BATCH + "/jobinstances", body);

    assertThat(answer.status()).isBetween(400, 500);
    // of some of these Liberty keeps an instance, which has failed before it began
    assertThat(instancesSince(before))
        .allMatch(instance -> instance.getString("batchStatus").equals("FAILED"));
    assertThat(world.dns().questions("zen.example")).isEqualTo(questions);
    assertThat(answer.body()).doesNotContain("\tat ", "dnsbl-monitor-serve/");
    assertThat(server.get(Caller.NOBODY, "/health/live").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<step id='addresses'><chunk><reader ref='ipAddressReader'/><processor ref='dnsblCheckProcessor'/><writer ref='ipAddressWriter'/></chunk></step>",
        "<step id='tickets'><batchlet ref='ticketBatchlet'/></step>"
      })
  void aJobOfOnesOwnMakingThatTakesNoRunLockWritesNothing(String step) {
    world.database().insert("203.0.113.9", 80);
    world.dns().lists("zen.example", "203.0.113.9", "127.0.0.2");
    int writes = world.database().writes();
    int tickets = world.jira().issues().size();
    String job =
        "<job id='own' xmlns='https://jakarta.ee/xml/ns/jakartaee' version='2.0'><listeners><listener ref='runListener'/></listeners>%s</job>"
            .formatted(step);
    Answer answer =
        server.send(
            Caller.SUBMITTER,
            "POST",
            BATCH + "/jobinstances",
            """
            {"applicationName": "dnsbl-monitor", "jobXMLName": "own", "jobXML": "%s"}
            """
                .formatted(job));

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    JsonObject ended = server.awaitEnd(answer.json().getInt("instanceId"));
    world.database().execute("delete from postal.ip_addresses where ipv4 = '203.0.113.9'");
    assertThat(ended.getString("batchStatus")).isEqualTo("FAILED");
    assertThat(world.database().writes()).isEqualTo(writes);
    assertThat(world.jira().issues()).hasSize(tickets);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedUnread() throws IOException {
    try (Socket socket =
        TestAuthority.trustingAll()
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(MAX_ANSWER_MILLIS);
      String headers =
          "POST %s/jobinstances HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
              .formatted(BATCH, TOO_LARGE);
      socket.getOutputStream().write(headers.getBytes(ISO_8859_1));
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 413".length());

      assertThat(new String(answer, ISO_8859_1)).isEqualTo("HTTP/1.1 413");
    }
  }
}
