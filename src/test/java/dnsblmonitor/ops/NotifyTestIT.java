package dnsblmonitor.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeReceiver;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.NotificationSchema;
import dnsblmonitor.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R39: the distribution's {@code notify-test}, as a process; its own variables are enough. */
class NotifyTestIT {

  private static final String TOKEN = "canary-token-1234567890";

  private final FakeReceiver receiver = FakeReceiver.start();

  @AfterEach
  void endReceiver() {
    receiver.close();
  }

  private static CommandProcess.Ended notifyTest(Map<String, String> variables) {
    CommandProcess.Ended ended = CommandProcess.run("notify-test", variables);
    assertThat(ended.all()).doesNotContain("canary", "Exception", "\tat ");
    return ended;
  }

  @Test
  void everyTargetGetsAMarkedMessage() {
    CommandProcess.Ended ended =
        notifyTest(
            Map.of(
                "NOTIFY_WEBHOOK_URL", receiver.url("/in/" + TOKEN).toString(),
                "NOTIFY_WEBHOOK_SECRET", "canary-key",
                "NOTIFY_SLACK_URL", receiver.url("/chat/" + TOKEN).toString(),
                "NOTIFY_ON", "run_failed",
                "DEPLOYMENT_NAME", "mx-1",
                "DRY_RUN", "true"));

    assertThat(ended.exitCode()).as(ended.all()).isZero();
    String target = "http://127.0.0.1:" + receiver.address().getPort();
    assertThat(ended.table())
        .containsExactly(
            target + "  ok       delivered",
            target + "  ok       delivered",
            "2 checks: 2 ok, 0 warnings, 0 failed");
    assertThat(receiver.requests()).hasSize(2);
    FakeReceiver.Request event =
        receiver.requests().stream()
            .filter(request -> request.path().startsWith("/in/"))
            .findFirst()
            .orElseThrow();
    assertThat(event.header("webhook-signature")).startsWith("v1,");
    assertThat(NotificationSchema.event(event.body()).getJsonObject("data").getBoolean("test"))
        .isTrue();
    assertThat(receiver.requests())
        .allMatch(request -> request.body().contains("This is a test: nothing to do"))
        .allMatch(request -> request.body().contains("mx-1"));
  }

  @Test
  void aTargetThatRefusesIsNamed() {
    receiver.answers(404, "no hook " + TOKEN);

    CommandProcess.Ended ended =
        notifyTest(Map.of("NOTIFY_SLACK_URL", receiver.url("/chat/" + TOKEN).toString()));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.table().getFirst())
        .endsWith("  FAILED   answered HTTP 404: no hook ***. Check the URL");
  }

  @Test
  void aPrivateAuthorityIsTrustedIfGiven() {
    TestAuthority authority = TestAuthority.create();
    try (FakeReceiver secure = FakeReceiver.overTls(authority)) {
      String url = secure.url("/hooks/" + TOKEN).toString();

      CommandProcess.Ended untrusting = notifyTest(Map.of("NOTIFY_WEBHOOK_URL", url));
      CommandProcess.Ended trusting =
          notifyTest(Map.of("NOTIFY_WEBHOOK_URL", url, "TLS_CA_FILE", authority.pem().toString()));

      assertThat(untrusting.exitCode()).isEqualTo(1);
      assertThat(untrusting.table().getFirst()).contains("TLS failed", "TLS_CA_FILE");
      assertThat(trusting.exitCode()).as(trusting.all()).isZero();
    }
  }

  @Test
  void withoutATargetItSaysWhatToSet() {
    CommandProcess.Ended ended = notifyTest(Map.of());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.table()).isEmpty();
    assertThat(ended.standardError())
        .startsWith("dnsbl-monitor notify-test: no target is configured. Set NOTIFY_WEBHOOK_URL");
  }

  /** Without mail, nothing of its library is loaded: here it is not even there. */
  @Test
  void withoutMailItsLibraryIsNotNeeded(@TempDir Path home) throws IOException {
    Path distribution = MonitorProcess.distribution();
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.copy(
        distribution.resolve("bin/dnsbl-monitor"),
        home.resolve("bin/dnsbl-monitor"),
        COPY_ATTRIBUTES);
    try (var jars = Files.newDirectoryStream(distribution.resolve("lib"), "*.jar")) {
      for (Path jar : jars) {
        Files.createSymbolicLink(home.resolve("lib").resolve(jar.getFileName()), jar);
      }
    }

    Process process =
        MonitorProcess.command(
                home, Map.of("NOTIFY_SLACK_URL", receiver.url("/").toString()), "notify-test")
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .endsWith("1 checks: 1 ok, 0 warnings, 0 failed\n");
    assertThat(receiver.requests()).hasSize(1);
  }
}
