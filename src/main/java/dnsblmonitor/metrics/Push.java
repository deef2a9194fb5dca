package dnsblmonitor.metrics;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.delivery.DeliveryException;
import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.delivery.HttpSender;
import dnsblmonitor.history.RunEnd;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Pushes the metrics of a run to a Pushgateway. A run that knows all of them replaces the
 * deployment's group (PUT); another one replaces the metrics that it knows (POST). The end of the
 * latest run with each outcome is in a group of its own, so that a failed run does not remove the
 * time of the last success.
 *
 * @param families the text of each metric that the run knows
 * @see <a href="https://github.com/prometheus/pushgateway#api">API of the Pushgateway</a>
 */
record Push(
    HttpEndpoint endpoint, String deployment, RunEnd.Outcome outcome, Map<Metric, String> families)
    implements Delivery {

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", RunMetrics.CONTENT_TYPE);

  @Override
  public String target() {
    return endpoint.target();
  }

  @Override
  public void attempt() throws DeliveryException, InterruptedException {
    String group = "/metrics/job/dnsbl_monitor/deployment/" + deployment; // needs no escapes
    String ofOutcome = group + "/outcome/" + outcome.name().toLowerCase(Locale.ROOT);
    boolean isAll = families.size() == Metric.values().length;
    Map<Metric, String> rest = new EnumMap<>(families);
    String end = Objects.requireNonNull(rest.remove(Metric.RUN_END_TIMESTAMP_SECONDS));
    try (HttpSender sender = new HttpSender(endpoint)) {
      String body = rest.values().stream().collect(joining());
      sender.send(isAll ? "PUT" : "POST", group, HEADERS, body, true);
      sender.send("PUT", ofOutcome, HEADERS, end, true);
    }
  }
}
