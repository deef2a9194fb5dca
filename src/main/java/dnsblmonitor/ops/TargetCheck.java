package dnsblmonitor.ops;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.config.Settings;
import dnsblmonitor.delivery.DeliveryException;
import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.delivery.HttpSender;
import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.metrics.MetricsSettings;
import dnsblmonitor.notify.NotifySettings;
import dnsblmonitor.notify.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks where metrics and notifications go (R38, R39), without sending any. What is wrong is a
 * warning, since a run works without them.
 */
record TargetCheck(
    Optional<MetricsSettings> metrics,
    Optional<NotifySettings> notifications,
    boolean history,
    Redaction redaction) {

  /** Sent only when they begin and end, which a run knows from the history. */
  private static final Set<Topic> LASTING =
      EnumSet.of(Topic.POOL_EXHAUSTED, Topic.LIST_BROKEN, Topic.MALFUNCTION, Topic.MASS_LISTING);

  static TargetCheck of(Settings settings) {
    return new TargetCheck(
        settings.metrics(),
        settings.notifications(),
        settings.history().isPresent(),
        new Redaction(settings.secrets()));
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    metrics.flatMap(MetricsSettings::file).map(TargetCheck::file).ifPresent(findings::add);
    metrics.flatMap(MetricsSettings::push).map(this::push).ifPresent(findings::add);
    notifications.map(this::notifications).ifPresent(findings::add);
    return findings;
  }

  /** A run writes a new file beside it and renames that. */
  private static Finding file(Path file) {
    Path folder = file.getParent();
    return folder != null && Files.isDirectory(folder) && Files.isWritable(folder)
        ? new Holds("METRICS_FILE", "the folder of %s is writable".formatted(file))
        : new Warns(
            "METRICS_FILE",
            "metrics are not written: the folder of %s does not exist, or this user may not write to it"
                .formatted(file));
  }

  /** By the path that every Pushgateway has for load balancers. */
  private Finding push(HttpEndpoint endpoint) {
    try (HttpSender sender = new HttpSender(endpoint)) {
      sender.send("GET", "/-/ready", Map.of(), "", true);
      return new Holds("METRICS_PUSH_URL", endpoint.target() + " is ready");
    } catch (DeliveryException e) {
      return new Warns(
          "METRICS_PUSH_URL", redaction.of("%s: %s".formatted(endpoint.target(), e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Warns("METRICS_PUSH_URL", "interrupted");
    }
  }

  private Finding notifications(NotifySettings settings) {
    String targets =
        Stream.of(
                settings.webhook().map(it -> "webhook " + it.endpoint().target()),
                settings.chat().map(it -> "chat " + it.target()),
                settings.mail().map(it -> "mail " + it.target()))
            .flatMap(Optional::stream)
            .collect(joining(", "));
    String test = "%s; to send a test message, run 'dnsbl-monitor notify-test'".formatted(targets);
    Set<Topic> unsent = EnumSet.copyOf(LASTING);
    unsent.retainAll(settings.topics());
    return history || unsent.isEmpty()
        ? new Holds("notifications", test)
        : new Warns(
            "notifications",
            "%s. Not sent without a history (HISTORY_DB_URL): %s"
                .formatted(test, unsent.stream().map(Topic::label).collect(joining(", "))));
  }
}
