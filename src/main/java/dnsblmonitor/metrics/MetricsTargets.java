package dnsblmonitor.metrics;

import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.history.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where the metrics of a run go when it ends: a file, a Pushgateway, or both (R38). */
public final class MetricsTargets {

  private final MetricsSettings settings;
  private final String version;

  /**
   * From the settings.
   *
   * @param version of this program
   */
  public MetricsTargets(MetricsSettings settings, String version) {
    this.settings = settings;
    this.version = version;
  }

  /** The deliveries of a run that has ended; none for dry, partial and skipped runs (R39). */
  public List<Delivery> deliveries(RunRecord run) {
    if (!run.isReported()) {
      return List.of();
    }
    String deployment = settings.deployment();
    Map<Metric, String> families = Families.of(run, deployment, version);
    return Stream.<Delivery>concat(
            settings.file().stream().map(file -> new Textfile(file, deployment, families)),
            settings.push().stream()
                .map(to -> new Push(to, deployment, run.end().outcome(), families)))
        .toList();
  }
}
