package dnsblmonitor.metrics;

import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the metrics of a run go (R38).
 *
 * @param deployment the value of the label {@code deployment} of every series
 * @param file for node_exporter's textfile collector; its name ends in {@code .prom}
 * @param push the base URL of a Pushgateway
 */
public record MetricsSettings(String deployment, Optional<Path> file, Optional<HttpEndpoint> push) {

  /** The login of the Pushgateway, which must not be shown (R32). */
  public List<Secret> secrets() {
    return push.map(HttpEndpoint::credentials).orElse(List.of());
  }
}
