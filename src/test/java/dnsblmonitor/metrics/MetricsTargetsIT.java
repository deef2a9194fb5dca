package dnsblmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.history.Records;
import dnsblmonitor.history.RunRecord;
import dnsblmonitor.testing.NeedsPrometheus;
import dnsblmonitor.testing.NodeExporter;
import dnsblmonitor.testing.Pushgateway;
import dnsblmonitor.testing.TestAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R38: what the real Pushgateway and node_exporter make of the metrics. */
@NeedsPrometheus
class MetricsTargetsIT {

  private static final String AT = "2026-11-30T12:00:00Z";
  private static final String LATER = "2026-11-30T12:15:00Z";

  @TempDir private Path folder;

  /** What a server shows to Prometheus. */
  private static List<String> shown(URI server) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(server.resolve("/metrics")).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .toList();
    }
  }

  private static List<String> shown(Pushgateway gateway, String metric) throws Exception {
    return shown(gateway.url()).stream()
        .filter(line -> line.startsWith("dnsbl_monitor_" + metric + "{"))
        .map(line -> line.replace(",instance=\"\",job=\"dnsbl_monitor\"", ""))
        .toList();
  }

  @Test
  void aPushgatewayKeepsWhatAFailedRunDoesNotKnowAndForgetsWhatIsGone() throws Exception {
    try (Pushgateway gateway = Pushgateway.start()) {
      Runs.push(Runs.endpoint(gateway.url()), Runs.eventful(AT).record());

      assertThat(shown(gateway, "listing")).hasSize(6);
      assertThat(shown(gateway, "run_errors"))
          .containsExactly("dnsbl_monitor_run_errors{deployment=\"prod\",type=\"none\"} 0");

      Runs.push(Runs.endpoint(gateway.url()), Runs.failed(LATER).record());

      assertThat(shown(gateway, "listing")).hasSize(6);
      assertThat(shown(gateway, "pool_exhausted"))
          .containsExactly("dnsbl_monitor_pool_exhausted{deployment=\"prod\",pool=\"7\"} 1");
      assertThat(shown(gateway, "run_errors"))
          .containsExactly(
              "dnsbl_monitor_run_errors{deployment=\"prod\",type=\"DatabaseUnreachable\"} 1");
      assertThat(shown(gateway, "run_end_timestamp_seconds"))
          .containsExactlyInAnyOrder(
              "dnsbl_monitor_run_end_timestamp_seconds{deployment=\"prod\",outcome=\"succeeded\"} 1.796040002e+09",
              "dnsbl_monitor_run_end_timestamp_seconds{deployment=\"prod\",outcome=\"failed\"} 1.796040902e+09");

      // a run that knows the listings, none, but not the pools
      Runs.push(
          Runs.endpoint(gateway.url()),
          Records.at(LATER, Runs.ZONES)
              .failed("DatabaseUnreachable", "no answer")
              .row("192.0.2.1", "NNNN")
              .record());

      assertThat(shown(gateway, "listing"))
          .containsExactly("dnsbl_monitor_listing{deployment=\"prod\"} 0");
      assertThat(shown(gateway, "pool_exhausted")).hasSize(1);

      Runs.push(Runs.endpoint(gateway.url()), Runs.quiet(LATER).record());

      assertThat(shown(gateway, "pool_exhausted"))
          .containsExactly("dnsbl_monitor_pool_exhausted{deployment=\"prod\"} 0");
      assertThat(shown(gateway, "malfunction"))
          .containsExactly("dnsbl_monitor_malfunction{deployment=\"prod\"} 0");
    }
  }

  @Test
  void aPushgatewayWithTlsAndLoginTakesThem() throws Exception {
    TestAuthority authority = TestAuthority.create();
    try (Pushgateway gateway = Pushgateway.withTlsAndLogin(authority)) {
      Secret login =
          new Secret(
              "Basic "
                  + new Secret(Pushgateway.PASSWORD).basicCredential(Pushgateway.USER).reveal());
      RunRecord run = Runs.quiet(AT).record();

      Runs.push(
          new HttpEndpoint(
              gateway.url(),
              Optional.of(login),
              Optional.of(authority.trustStore()),
              Optional.empty()),
          run);
      assertThatThrownBy(() ->
              Runs.push(
                  new HttpEndpoint(
                      gateway.url(),
                      Optional.of(new Secret("Basic eDp5")),
                      Optional.of(authority.trustStore()),
                      Optional.empty()),
                  run))
          .hasMessageContaining("answered HTTP 401")
          .hasMessageContaining("Check the login");
      assertThatThrownBy(() -> Runs.push(Runs.endpoint(gateway.url()), run))
          .hasMessageContaining("TLS failed")
          .hasMessageContaining("TLS_CA_FILE");
    }
  }

  @Test
  void nodeExporterReadsTheFile() throws Exception {
    MetricsSettings settings =
        new MetricsSettings(
            Runs.DEPLOYMENT, Optional.of(folder.resolve("dnsbl_monitor.prom")), Optional.empty());
    try (NodeExporter exporter = NodeExporter.of(folder)) {
      Runs.deliver(settings, Runs.eventful(AT).record());
      Runs.deliver(settings, Runs.failed(LATER).record());

      List<String> shown = shown(exporter.url());
      assertThat(shown)
          .contains(
              "node_textfile_scrape_error 0",
              "dnsbl_monitor_pool_exhausted{deployment=\"prod\",pool=\"7\"} 1",
              "dnsbl_monitor_run_errors{deployment=\"prod\",type=\"DatabaseUnreachable\"} 1");
      assertThat(shown.stream().filter(line -> line.startsWith("# TYPE dnsbl_monitor_")))
          .hasSize(Metric.values().length);
    }
  }
}
