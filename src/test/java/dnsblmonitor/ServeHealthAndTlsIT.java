package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Answer;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.ServerTraces;
import dnsblmonitor.testing.Stalls;
import dnsblmonitor.testing.TcpRelay;
import dnsblmonitor.testing.TestAuthority;
import dnsblmonitor.testing.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R5d: the health of a server that stays, its certificate, and those it trusts. */
class ServeHealthAndTlsIT {

  @TempDir Path output = Path.of("set by JUnit");

  private final World world = World.with("zen.example");

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void withAGivenKeyItIsReadyAsLongAsDatabaseAndResolverAnswer() {
    TestAuthority authority = TestAuthority.create();
    try (FakeJira jira = FakeJira.overTls(authority);
        ServeProcess server = startWithKeyOf(authority, jira)) {
      awaitReady(server, 200, "\"resolver\":\"reached\"", "\"database\":\"reached\"");
      ServerTraces.files(output)
          .forEach(file ->
              assertThat(ServerTraces.content(file))
                  .as(file.toString())
                  .doesNotContain(TestAuthority.KEYSTORE_PASSWORD));

      server.awaitEnd(server.submitted(Caller.ADMIN));
      assertThat(jira.issues()).as("a Jira of a private authority is reached").hasSize(1);

      world.dns().close();
      awaitReady(server, 503, "\"resolver\":\"not reached\"", "\"database\":\"reached\"");
      assertThat(server.get(Caller.NOBODY, "/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void whileTheDatabaseIsSilentItComesUpAndSaysSoonThatItIsNotReady() {
    int port = world.database().port();
    try (TcpRelay relay = TcpRelay.to(port)) {
      relay.freeze();
      world.set("DB_URL", world.database().url().replace(":" + port, ":" + relay.port()));
      try (Stalls stalls = Stalls.watched();
          ServeProcess server = ServeProcess.start(world)) {
        awaitReady(server, 503, "\"database\":\"not reached\"", "\"resolver\":\"reached\"");
        long askedNanos = System.nanoTime();
        Answer answer = server.get(Caller.NOBODY, "/health/ready");

        assertThat(Duration.ofNanos(System.nanoTime() - askedNanos))
            .isLessThan(stalls.added(Duration.ofSeconds(5)));
        assertThat(answer.body()).doesNotContain("127.0.0.1", "monitor@", "Exception");
        assertThat(server.get(Caller.NOBODY, "/health/live").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void withoutAPasswordOrWithAPortThatIsTakenItEndsAtOnce() throws IOException {
    Ended unset = MonitorProcess.start(world.environment(), "serve").awaitEnd();
    unset.expectExit(1);
    assertThat(unset.event("fatal_error").getString("error_message"))
        .contains("SERVE_ADMIN_PASSWORD: is required");

    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment = world.environment();
      environment.put("SERVE_ADMIN_PASSWORD", Caller.ADMIN.password());
      environment.put("SERVE_HTTPS_HOST", "127.0.0.1");
      environment.put("SERVE_HTTPS_PORT", String.valueOf(taken.getLocalPort()));
      Ended ended = MonitorProcess.start(environment, "serve").awaitEnd();

      ended.expectExit(1);
      assertThat(ended.events("serve_ready")).isEmpty();
      assertThat(ended.event("fatal_error").getString("error_type")).isEqualTo("StartFailed");
      assertThat(ended.event("fatal_error").getString("error_message"))
          .contains("SERVE_HTTPS_PORT " + taken.getLocalPort(), "in use");
    }
  }

  private ServeProcess startWithKeyOf(TestAuthority authority, FakeJira jira) {
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.set("WLP_OUTPUT_DIR", output.toString());
    world.set("SERVE_KEYSTORE_FILE", authority.serverKeystore().toString());
    world.set("SERVE_KEYSTORE_PASSWORD", TestAuthority.KEYSTORE_PASSWORD);
    world.set("TLS_CA_FILE", authority.pem().toString());
    world.set("JIRA_SERVER", jira.uri().toString());
    return ServeProcess.start(world, authority.trusting());
  }

  private static void awaitReady(ServeProcess server, int status, String... texts) {
    Await.until(
        "readiness is " + status,
        () -> server.get(Caller.NOBODY, "/health/ready").status() == status);
    Answer answer = server.get(Caller.NOBODY, "/health/ready");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(texts);
  }
}
