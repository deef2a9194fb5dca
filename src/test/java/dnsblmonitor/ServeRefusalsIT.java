package dnsblmonitor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Answer;
import dnsblmonitor.testing.ServeProcess.Caller;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R5, R5d: what should not be sent to {@code serve}, and what it does with it. */
class ServeRefusalsIT {

  private static final String BATCH = "/ibm/api/batch";
  private static final int TOO_LARGE = 70_000;
  private static final int LONGEST_ANSWER_MILLIS = 30_000;

  private static final World WORLD = World.with("zen.example");
  private static ServeProcess server;

  @BeforeAll
  static void start() {
    server = ServeProcess.start(WORLD);
  }

  @AfterAll
  static void endWorld() {
    server.close();
    WORLD.close();
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

  private static List<JsonObject> instances() {
    return server
        .get(Caller.MONITOR, BATCH + "/jobinstances")
        .jsonArray()
        .getValuesAs(JsonObject.class);
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
    int questions = WORLD.dns().questions("zen.example");

    Answer answer = server.send(Caller.SUBMITTER, "POST", BATCH + "/jobinstances", body);

    assertThat(answer.status()).isBetween(400, 500);
    // of some of these Liberty keeps an instance, which has failed before it began
    assertThat(instances())
        .allMatch(instance -> instance.getString("batchStatus").equals("FAILED"));
    assertThat(WORLD.dns().questions("zen.example")).isEqualTo(questions);
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
    WORLD.database().insert("203.0.113.9", 80);
    WORLD.dns().lists("zen.example", "203.0.113.9", "127.0.0.2");
    int writes = WORLD.database().writes();
    int tickets = WORLD.jira().issues().size();
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
    WORLD.database().execute("delete from postal.ip_addresses where ipv4 = '203.0.113.9'");
    assertThat(ended.getString("batchStatus")).isEqualTo("FAILED");
    assertThat(WORLD.database().writes()).isEqualTo(writes);
    assertThat(WORLD.jira().issues()).hasSize(tickets);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedUnread() throws IOException {
    try (Socket socket =
        TestAuthority.trustingAll()
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(LONGEST_ANSWER_MILLIS);
      String headers =
          "POST %s/jobinstances HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
              .formatted(BATCH, TOO_LARGE);
      socket.getOutputStream().write(headers.getBytes(ISO_8859_1));
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 413".length());

      assertThat(new String(answer, ISO_8859_1)).isEqualTo("HTTP/1.1 413");
    }
  }
}
