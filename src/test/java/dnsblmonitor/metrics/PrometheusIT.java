package dnsblmonitor.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import dnsblmonitor.history.RunRecord;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.NeedsPrometheus;
import dnsblmonitor.testing.NodeExporter;
import dnsblmonitor.testing.ProjectFiles;
import dnsblmonitor.testing.Prometheus;
import dnsblmonitor.testing.Pushgateway;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R38: metrics, alert rules and dashboard with the real Prometheus and promtool. */
@NeedsPrometheus
class PrometheusIT {

  private static final String AT = "2026-11-30T12:00:00Z";
  private static final String LATER = "2026-11-30T12:15:00Z";
  private static final Path ALERTS = Path.of("src/main/distribution/monitoring/alerts.yml");
  private static final Path ALERTS_TEST = Path.of("src/test/resources/monitoring/alerts-test.yml");
  private static final Path DASHBOARD = Path.of("src/main/distribution/monitoring/dashboard.json");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final Pattern OF_ALERT = Pattern.compile("\\$labels\\.(\\w+)");

  /** The user of the role monitor of a made-up serve. */
  private static final String PASSWORD = "another made-up password";

  @TempDir private Path folder;

  @Test
  void promtoolAcceptsTheRulesAndTheirTests() {
    assertThat(Prometheus.promtool("check", "rules", ALERTS.toString())).contains("8 rules");
    assertThat(Prometheus.promtool("test", "rules", ALERTS_TEST.toString())).contains("SUCCESS");
  }

  @Test
  void eachAlertIsTestedFiringAndNotFiring() {
    Pattern eval = Pattern.compile("alertname: (\\w+)\\n( +exp_alerts)?");
    Map<String, Set<Boolean>> tested = new HashMap<>();
    eval.matcher(ProjectFiles.read(ALERTS_TEST))
        .results()
        .forEach(it ->
            tested.computeIfAbsent(it.group(1), _ -> new TreeSet<>()).add(it.group(2) != null));

    assertThat(tested.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Pattern.compile("- alert: (\\w+)")
                .matcher(ProjectFiles.read(ALERTS))
                .results()
                .map(it -> it.group(1))
                .toList());
    assertThat(tested.values()).allSatisfy(both -> assertThat(both).containsExactly(false, true));
  }

  @Test
  void promtoolHasNothingAgainstTheMetrics() throws Exception {
    RunMetrics metrics = new RunMetrics();
    metrics.add(Runs.eventful(AT).record(), Runs.DEPLOYMENT, Runs.VERSION);
    metrics.add(Runs.failed(LATER).record(), Runs.DEPLOYMENT, Runs.VERSION);
    Path text =
        Files.writeString(folder.resolve("scraped"), metrics.text(Runs.DEPLOYMENT, Runs.VERSION));

    MetricsSettings settings = file(Runs.DEPLOYMENT);
    for (RunRecord run : List.of(Runs.eventful(AT).record(), Runs.failed(LATER).record())) {
      Runs.deliver(settings, run);
    }

    assertThat(Prometheus.promtool(text, "check", "metrics")).isEmpty();
    assertThat(Prometheus.promtool(settings.file().orElseThrow(), "check", "metrics")).isEmpty();
  }

  @Test
  void promtoolAcceptsTheScrapeConfigurationsOfTheDocs() throws IOException {
    List<String> blocks =
        Pattern.compile("(?s)```yaml\\n(.*?)```")
            .matcher(DocsPage.of("docs/metrics.md").text())
            .results()
            .map(block -> block.group(1))
            .toList();

    assertThat(blocks).hasSize(3);
    for (String block : blocks) {
      Path file = Files.writeString(folder.resolve("prometheus.yml"), block);
      assertThat(Prometheus.promtool("check", "config", "--syntax-only", file.toString()))
          .contains("SUCCESS");
    }
  }

  /** A made-up serve: /metrics for the user of the role monitor. */
  private static HttpServer serve(String text) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server
        .createContext(
            "/metrics",
            exchange -> {
              byte[] body = text.getBytes(UTF_8);
              exchange.getResponseHeaders().set("Content-Type", RunMetrics.CONTENT_TYPE);
              exchange.sendResponseHeaders(200, body.length);
              try (var out = exchange.getResponseBody()) {
                out.write(body);
              }
            })
        .setAuthenticator(
            new BasicAuthenticator("serve") {
              @Override
              public boolean checkCredentials(String user, String password) {
                return user.equals("monitor") && password.equals(PASSWORD);
              }
            });
    server.start();
    return server;
  }

  private MetricsSettings file(String deployment) {
    return new MetricsSettings(
        deployment, Optional.of(folder.resolve("dnsbl_monitor.prom")), Optional.empty());
  }

  private static String configuration(URI gateway, URI exporter, int serve) {
    return """
    global:
      scrape_interval: 1s
      evaluation_interval: 1s
    rule_files:
      - %s
    scrape_configs:
      - job_name: pushgateway
        honor_labels: true
        static_configs:
          - targets: [%s]
      - job_name: node
        static_configs:
          - targets: [%s]
      - job_name: dnsbl-monitor
        basic_auth:
          username: monitor
          password: %s
        static_configs:
          - targets: [127.0.0.1:%d]
    """
        .formatted(
            ALERTS.toAbsolutePath(),
            gateway.getAuthority(),
            exporter.getAuthority(),
            PASSWORD,
            serve);
  }

  @Test
  void anAddressThatIsListedRaisesItsAlertAndAllExpressionsHaveTheirSeries() throws Exception {
    RunMetrics served = new RunMetrics();
    served.add(Runs.eventful(AT).record(), "served", Runs.VERSION);
    HttpServer serve = serve(served.text("served", Runs.VERSION));
    try (Pushgateway gateway = Pushgateway.start();
        NodeExporter exporter = NodeExporter.of(folder);
        Prometheus prometheus =
            Prometheus.start(
                configuration(gateway.url(), exporter.url(), serve.getAddress().getPort()))) {
      Runs.push(Runs.endpoint(gateway.url()), Runs.eventful(AT).record());
      Runs.deliver(file("filed"), Runs.eventful(AT).record());

      for (String deployment : List.of(Runs.DEPLOYMENT, "served", "filed")) {
        Await.until(
            "the alert of " + deployment,
            () ->
                alerts(prometheus)
                    .contains(
                        "DnsblMonitorAddressListed firing %s 192.0.2.2 zen.example"
                            .formatted(deployment)));
      }
      assertThat(alerts(prometheus).stream().filter(alert -> alert.contains(" prod ")))
          .contains(
              "DnsblMonitorPoolExhausted firing prod  ",
              "DnsblMonitorMassListing firing prod  zen.example",
              "DnsblMonitorDrift firing prod  ",
              "DnsblMonitorMalfunction pending prod  ")
          .noneMatch(alert -> alert.contains("RunFailed"))
          .noneMatch(alert -> alert.contains("BlocklistBroken"));
      Await.until("all series", () -> scraped(prometheus).size() == Metric.values().length);
      Map<String, Set<String>> scraped = scraped(prometheus);
      assertThat(scraped.keySet())
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(Metric.values()).map(Metric::fullName).toList());
      assertThat(faultsOfAlerts(prometheus, scraped)).isEmpty();
      assertThat(faultsOfDashboard(prometheus, scraped)).isEmpty();
    } finally {
      serve.stop(0);
    }
  }

  /** Each as alert, state, deployment, address and zone. */
  private static List<String> alerts(Prometheus prometheus) {
    return prometheus.api("alerts").asJsonObject().getJsonArray("alerts").stream()
        .map(JsonValue::asJsonObject)
        .map(alert -> {
          JsonObject labels = alert.getJsonObject("labels");
          return "%s %s %s %s %s"
              .formatted(
                  labels.getString("alertname"),
                  alert.getString("state"),
                  labels.getString("deployment", ""),
                  labels.getString("address", ""),
                  labels.getString("zone", ""));
        })
        .toList();
  }

  /** The labels of each metric that has been scraped. */
  private static Map<String, Set<String>> scraped(Prometheus prometheus) {
    Map<String, Set<String>> labels = new HashMap<>();
    prometheus
        .api("series", "match[]", "{__name__=~\"dnsbl_monitor_.+\"}")
        .asJsonArray()
        .forEach(series ->
            labels
                .computeIfAbsent(series.asJsonObject().getString("__name__"), _ -> new TreeSet<>())
                .addAll(series.asJsonObject().keySet()));
    return labels;
  }

  private static Set<String> named(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(it -> it.group(1)).collect(Collectors.toSet());
  }

  private static List<String> faultsOfAlerts(
      Prometheus prometheus, Map<String, Set<String>> scraped) {
    JsonArray groups = prometheus.api("rules").asJsonObject().getJsonArray("groups");
    assertThat(groups).hasSize(1);
    String texts = ProjectFiles.read(ALERTS);
    List<String> faults = new ArrayList<>();
    for (JsonValue rule : groups.getJsonObject(0).getJsonArray("rules")) {
      String name = rule.asJsonObject().getString("name");
      String text =
          texts
              .substring(texts.indexOf("alert: " + name))
              .lines()
              .skip(1)
              .takeWhile(line -> !line.contains("- alert:"))
              .collect(Collectors.joining("\n"));
      PromQl.of(rule.asJsonObject().getString("query"))
          .faults(scraped, named(OF_ALERT, text))
          .forEach(fault -> faults.add(name + ": " + fault));
      assertThat(rule.asJsonObject().getString("health")).as(name).isEqualTo("ok");
    }
    return faults;
  }

  private static List<String> faultsOfDashboard(
      Prometheus prometheus, Map<String, Set<String>> scraped) {
    JsonObject dashboard;
    try (JsonReader reader = Json.createReader(new StringReader(ProjectFiles.read(DASHBOARD)))) {
      dashboard = reader.readObject();
    }
    List<String> faults = new ArrayList<>();
    for (JsonObject panel : dashboard.getJsonArray("panels").getValuesAs(JsonObject.class)) {
      if (panel.getString("type").equals("row")) {
        continue;
      }
      for (JsonObject target : panel.getJsonArray("targets").getValuesAs(JsonObject.class)) {
        String expression = target.getString("expr");
        String title = panel.getString("title");
        PromQl.of(expression)
            .faults(scraped, named(LEGEND, target.getString("legendFormat", "")))
            .forEach(fault -> faults.add(title + ": " + fault));
        JsonArray result =
            prometheus
                .api("query", "query", expression.replace("$deployment", "prod|served|filed"))
                .asJsonObject()
                .getJsonArray("result");
        if (result.isEmpty()) {
          faults.add(title + ": no data");
        }
      }
    }
    JsonObject variable =
        dashboard.getJsonObject("templating").getJsonArray("list").getJsonObject(1);
    MatchResult values =
        Pattern.compile("label_values\\((\\w+), (\\w+)\\)")
            .matcher(variable.getString("definition"))
            .results()
            .findFirst()
            .orElseThrow();
    if (!scraped.getOrDefault(values.group(1), Set.of()).contains(values.group(2))) {
      faults.add("the variable has no values");
    }
    return faults;
  }
}
