package dnsblmonitor.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.ZoneHealth;
import dnsblmonitor.history.Condition;
import dnsblmonitor.history.CountsAs;
import dnsblmonitor.history.Phase;
import dnsblmonitor.history.RunEnd.Outcome;
import dnsblmonitor.history.RunRecord;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes the metrics of runs: for each metric that is known, its family in the text format. A family
 * is never empty, so that it always replaces an older one: without anything to count it has one
 * series with the label {@code deployment} only, and the value 0.
 */
final class Families {

  /** At most so many series of {@link Metric#LISTING}; those that count come first. */
  static final int MAX_LISTINGS = 10_000;

  private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();

  private static final List<Outcome> OUTCOMES =
      List.of(Outcome.SUCCEEDED, Outcome.FAILED, Outcome.STOPPED);

  private final String deployment;
  private final Map<Metric, List<GaugeDataPointSnapshot>> series = new EnumMap<>(Metric.class);

  private Families(String deployment) {
    this.deployment = deployment;
  }

  /** The text of each metric that {@code run} knows. */
  static Map<Metric, String> of(RunRecord run, String deployment, String version) {
    Families families = new Families(deployment);
    families.add(Metric.BUILD_INFO, 1, version);
    Set<Part> known = Part.knownBy(run);
    known.forEach(part -> families.add(part, run));
    families.add(
        Metric.RUN_END_TIMESTAMP_SECONDS,
        run.end().at().toEpochMilli() / 1000.0,
        label(run.end().outcome()));
    return families.text(known);
  }

  /** The text of the metrics that are known without a run. */
  static Map<Metric, String> ofProgram(String deployment, String version) {
    Families families = new Families(deployment);
    families.add(Metric.BUILD_INFO, 1, version);
    return families.text(EnumSet.of(Part.PROGRAM));
  }

  /** {@code former} metrics with those of a later run in place of them. */
  static Map<Metric, String> merged(Map<Metric, String> former, Map<Metric, String> later) {
    Map<Metric, String> merged = new EnumMap<>(Metric.class);
    merged.putAll(former);
    merged.putAll(later);
    Optional.ofNullable(former.get(Metric.RUN_END_TIMESTAMP_SECONDS))
        .ifPresent(ends ->
            merged.computeIfPresent(
                Metric.RUN_END_TIMESTAMP_SECONDS, (_, own) -> own + otherSeries(ends, own)));
    return merged;
  }

  /** The series of {@code former} that {@code own} does not have. */
  private static String otherSeries(String former, String own) {
    return former
        .lines()
        .filter(line -> !line.startsWith("#"))
        .filter(line -> !own.contains(line.substring(0, line.indexOf("} "))))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private void add(Part part, RunRecord run) {
    switch (part) {
      case PROGRAM -> {}
      case RUN -> addRun(run);
      case LOOKUPS -> run.health().forEach(this::addZone);
      case ADDRESSES -> addAddresses(run);
      case LISTINGS -> addListings(run);
      case MASS_LISTING -> addMassListings(run);
      case MALFUNCTION ->
          add(Metric.MALFUNCTION, number(!conditions(run, Condition.Kind.MALFUNCTION).isEmpty()));
      case POOLS ->
          conditions(run, Condition.Kind.POOL_EXHAUSTED)
              .forEach(pool -> add(Metric.POOL_EXHAUSTED, 1, pool));
    }
  }

  private void addRun(RunRecord run) {
    Outcome ended = run.end().outcome();
    OUTCOMES.forEach(it -> add(Metric.RUN_OUTCOME, number(it == ended), label(it)));
    for (Phase phase : Phase.values()) {
      Duration time = run.phases().getOrDefault(phase, Duration.ZERO);
      add(Metric.RUN_DURATION_SECONDS, seconds(time), label(phase));
    }
    boolean failed = ended == Outcome.FAILED;
    add(
        Metric.RUN_ERRORS,
        number(failed),
        failed ? run.end().errorType().orElse("unknown") : "none");
    count(Metric.TICKETS_WRITTEN, run.ticketsCreated(), "created");
    count(Metric.TICKETS_WRITTEN, run.ticketsUpdated(), "updated");
  }

  private void addZone(ZoneHealth health) {
    String zone = health.zone().shownName();
    count(Metric.LOOKUPS, health.listed(), zone, "listed");
    count(Metric.LOOKUPS, health.notListed(), zone, "not_listed");
    count(Metric.LOOKUPS, health.unknowns(), zone, "unknown");
    health
        .unknown()
        .forEach((reason, lookups) -> count(Metric.LOOKUPS_UNKNOWN, lookups, zone, reason.label()));
    for (ZoneHealth.Status status : ZoneHealth.Status.values()) {
      add(Metric.ZONE_STATUS, number(status == health.status()), zone, label(status));
    }
    add(Metric.ZONE_LATENCY_MEDIAN_SECONDS, latency(health.median()), zone);
    add(Metric.ZONE_LATENCY_P99_SECONDS, latency(health.percentile99()), zone);
  }

  private void addAddresses(RunRecord run) {
    RunTotals totals = run.totals();
    long clean = totals.rows() - totals.invalid() - totals.listedNow();
    count(Metric.ADDRESSES, clean, "clean");
    count(Metric.ADDRESSES, totals.listedNow(), "listed");
    count(Metric.ADDRESSES, totals.invalid(), "invalid");
    count(Metric.ADDRESSES, run.findings().notChecked(), "not_checked");
    count(Metric.ADDRESSES_DRIFTED, totals.drifted());
    count(Metric.ADDRESSES_PROTECTED, totals.protectedRows());
    count(Metric.ADDRESSES_CONFLICTS, totals.conflicts());
    count(Metric.EXCEPTIONS, run.findings().exceptions());
  }

  private void addListings(RunRecord run) {
    run.findings()
        .listed()
        .orElseThrow()
        .forEach((address, zones) ->
            zones.forEach(zone -> addListing(address.toString(), zone, CountsAs.COUNTED)));
    run.answers()
        .uncounted()
        .forEach((address, zones) ->
            zones.forEach((zone, countsAs) -> addListing(address.toString(), zone, countsAs)));
  }

  private void addListing(String address, String zone, CountsAs countsAs) {
    if (series.getOrDefault(Metric.LISTING, List.of()).size() < MAX_LISTINGS) {
      add(Metric.LISTING, 1, address, zone, label(countsAs));
    }
  }

  private void addMassListings(RunRecord run) {
    Set<String> heldBack = conditions(run, Condition.Kind.MASS_LISTING);
    run.scope()
        .zones()
        .forEach(zone ->
            add(
                Metric.MASS_LISTING_HELD_BACK,
                number(heldBack.contains(zone.shownName())),
                zone.shownName()));
  }

  /** The zones or pools of this kind. */
  private static Set<String> conditions(RunRecord run, Condition.Kind kind) {
    return run.findings().conditions().getOrDefault(kind, List.of()).stream()
        .map(Condition::subject)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void count(Metric metric, long number, String... labels) {
    add(metric, (double) number, labels);
  }

  private void add(Metric metric, double value, String... labels) {
    Labels named = Labels.of(metric.labels(), List.of(labels));
    add(metric, value, named.add("deployment", deployment));
  }

  private void add(Metric metric, double value, Labels labels) {
    series
        .computeIfAbsent(metric, _ -> new ArrayList<>())
        .add(new GaugeDataPointSnapshot(value, labels, null));
  }

  private Map<Metric, String> text(Set<Part> known) {
    Map<Metric, String> text = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      if (known.contains(metric.part())) {
        if (!series.containsKey(metric)) {
          add(metric, 0, Labels.of("deployment", deployment));
        }
        text.put(metric, text(metric));
      }
    }
    return text;
  }

  private String text(Metric metric) {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder().name(metric.fullName()).help(metric.help());
    series.getOrDefault(metric, List.of()).forEach(family::dataPoint);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      WRITER.write(text, MetricSnapshots.of(family.build()), EscapingScheme.ALLOW_UTF8);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not from memory
    }
    return text.toString(UTF_8);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static double number(boolean isSo) {
    return isSo ? 1 : 0;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  /** Zero stands for "no lookup was sent" there. */
  private static double latency(Duration time) {
    return time.isZero() ? Double.NaN : seconds(time);
  }
}
