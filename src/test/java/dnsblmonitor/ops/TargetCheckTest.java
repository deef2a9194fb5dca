package dnsblmonitor.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.metrics.MetricsSettings;
import dnsblmonitor.notify.NotifySettings;
import dnsblmonitor.notify.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R38, R39 in {@code check}: warnings, and nothing is sent. */
class TargetCheckTest {

  private static final Secret TOKEN = new Secret("canary-token");

  @TempDir Path folder = Path.of("set by JUnit");

  private static List<Finding> check(MetricsSettings metrics) {
    return new TargetCheck(
            Optional.of(metrics), Optional.empty(), false, new Redaction(List.of(TOKEN)))
        .findings();
  }

  private static List<Finding> check(boolean history, Topic... topics) {
    NotifySettings chat =
        new NotifySettings(
            "postal",
            Set.of(topics),
            Optional.empty(),
            Optional.of(endpoint(URI.create("https://chat.example.com/services/canary"))),
            Optional.empty());
    return new TargetCheck(Optional.empty(), Optional.of(chat), history, Redaction.NONE).findings();
  }

  private static HttpEndpoint endpoint(URI url) {
    return new HttpEndpoint(
        url, Optional.of(new Secret("Bearer canary-token")), Optional.empty(), Optional.empty());
  }

  @Test
  void theFolderOfTheTextfileMustBeThere() {
    Path file = folder.resolve("dnsbl.prom");
    Path lost = folder.resolve("none/dnsbl.prom");

    assertThat(check(new MetricsSettings("postal", Optional.of(file), Optional.empty())))
        .containsExactly(new Holds("METRICS_FILE", "the folder of %s is writable".formatted(file)));
    assertThat(check(new MetricsSettings("postal", Optional.of(lost), Optional.empty())))
        .containsExactly(
            new Warns(
                "METRICS_FILE",
                "metrics are not written: the folder of %s does not exist, or this user may not write to it"
                    .formatted(lost)));
  }

  @Test
  void thePushgatewayMustAnswer() throws IOException {
    HttpServer gateway =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/-/ready",
        exchange -> {
          String login = exchange.getRequestHeaders().getFirst("Authorization");
          boolean known = "Bearer canary-token".equals(login);
          byte[] body = "refused %s".formatted(login).getBytes(UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    gateway.start();
    URI url = URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
    HttpEndpoint known = endpoint(url);
    HttpEndpoint unknown =
        new HttpEndpoint(
            url, Optional.of(new Secret("Basic canary-token")), Optional.empty(), Optional.empty());
    try {
      assertThat(check(new MetricsSettings("postal", Optional.empty(), Optional.of(known))))
          .containsExactly(new Holds("METRICS_PUSH_URL", url + " is ready"));
      assertThat(check(new MetricsSettings("postal", Optional.empty(), Optional.of(unknown))))
          .containsExactly(
              new Warns(
                  "METRICS_PUSH_URL",
                  url + ": answered HTTP 401: refused Basic ***. Check the login or the token"));
    } finally {
      gateway.stop(0);
    }
    assertThat(check(new MetricsSettings("postal", Optional.empty(), Optional.of(known))))
        .containsExactly(
            new Warns(
                "METRICS_PUSH_URL",
                url + ": cannot connect; check host, port, firewall and NetworkPolicy"));
  }

  @Test
  void whatNeedsAHistoryIsNamed() {
    String shown =
        "chat https://chat.example.com; to send a test message, run 'dnsbl-monitor notify-test'";

    assertThat(check(true, Topic.values())).containsExactly(new Holds("notifications", shown));
    assertThat(check(false, Topic.LISTED)).containsExactly(new Holds("notifications", shown));
    assertThat(check(false, Topic.LISTED, Topic.MALFUNCTION, Topic.LIST_BROKEN))
        .containsExactly(
            new Warns(
                "notifications",
                shown + ". Not sent without a history (HISTORY_DB_URL): list_broken, malfunction"));
  }
}
