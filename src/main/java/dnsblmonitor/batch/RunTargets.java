package dnsblmonitor.batch;

import dnsblmonitor.delivery.Deliveries;
import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.history.HistoryWriter;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunNews;
import dnsblmonitor.history.RunRecord;
import dnsblmonitor.metrics.MetricsTargets;
import dnsblmonitor.notify.Notifications;
import dnsblmonitor.report.RunLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What receives a run at its end (R36, R38, R39). A failure is a warning and changes nothing else.
 *
 * @param served adds it to the metrics of the long-running server
 */
public record RunTargets(
    Optional<HistoryWriter> history,
    Optional<MetricsTargets> metrics,
    Optional<Notifications> notifications,
    Optional<Consumer<RunRecord>> served) {

  /** Nothing receives it. */
  public static final RunTargets NONE =
      new RunTargets(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** A run that is stopped must end soon. */
  private static final Duration LIMIT_WHEN_STOPPED = Duration.ofSeconds(5);

  RunTargets onlyHistory() {
    return new RunTargets(history, Optional.empty(), Optional.empty(), Optional.empty());
  }

  boolean isEmpty() {
    return history.isEmpty() && metrics.isEmpty() && notifications.isEmpty() && served.isEmpty();
  }

  /** Before the final event of the run. */
  void record(RunRecord run, RunLog log) {
    served.ifPresent(metricsOfServer -> metricsOfServer.accept(run));
    Optional<RunNews> news = history.flatMap(writer -> write(writer, run, log));
    List<Delivery> toMetrics =
        metrics
            .map(targets -> prepared(() -> targets.deliveries(run), log::metricsFailed))
            .orElse(List.of());
    List<Delivery> all = new ArrayList<>(toMetrics);
    notifications
        .map(targets -> prepared(() -> targets.deliveries(run, news), log::notificationFailed))
        .ifPresent(all::addAll);
    if (all.isEmpty()) {
      return;
    }
    Deliveries.carryOut(
        all,
        run.end().outcome() == RunEnd.Outcome.STOPPED ? LIMIT_WHEN_STOPPED : Deliveries.LIMIT,
        (delivery, reason) -> {
          if (toMetrics.contains(delivery)) {
            log.metricsFailed(delivery.target(), reason);
          } else {
            log.notificationFailed(delivery.target(), reason);
          }
        });
  }

  private static Optional<RunNews> write(HistoryWriter writer, RunRecord run, RunLog log) {
    try {
      return Optional.of(writer.write(run));
    } catch (RuntimeException | Error e) {
      log.historyFailed(writer.target(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static List<Delivery> prepared(
      Supplier<List<Delivery>> deliveries, BiConsumer<String, String> failed) {
    try {
      return deliveries.get();
    } catch (RuntimeException | Error e) {
      failed.accept("all", "unexpected " + e);
      return List.of();
    }
  }
}
