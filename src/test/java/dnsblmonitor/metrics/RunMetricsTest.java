package dnsblmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RunScope;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.ZoneHealth;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.history.Condition.Kind;
import dnsblmonitor.history.Records;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunRecord;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** R38: the metrics of runs. */
class RunMetricsTest {

  private static final String AT = "2026-11-30T12:00:00Z";
  private static final String LATER = "2026-11-30T12:15:00Z";

  private static RunMetrics after(RunRecord... runs) {
    RunMetrics metrics = new RunMetrics();
    Arrays.stream(runs).forEach(run -> metrics.add(run, Runs.DEPLOYMENT, Runs.VERSION));
    return metrics;
  }

  /** The series of a metric with their values; without its name and the label deployment. */
  private static Map<String, String> series(RunMetrics metrics, String name) {
    return metrics
        .text(Runs.DEPLOYMENT, Runs.VERSION)
        .lines()
        .filter(line -> line.startsWith("dnsbl_monitor_" + name + "{"))
        .map(line -> line.substring(line.indexOf('{') + 1))
        .collect(
            Collectors.toMap(
                line ->
                    line.substring(0, line.lastIndexOf("} "))
                        .replaceFirst("deployment=\"prod\",?", "")
                        .replaceFirst(",$", ""),
                line -> line.substring(line.lastIndexOf("} ") + 2),
                (a, b) -> {
                  throw new AssertionError("twice: " + a);
                },
                TreeMap::new));
  }

  private static List<String> names(RunMetrics metrics) {
    return metrics
        .text(Runs.DEPLOYMENT, Runs.VERSION)
        .lines()
        .filter(line -> line.startsWith("# TYPE dnsbl_monitor_"))
        .map(line -> line.replaceFirst("# TYPE dnsbl_monitor_(\\w+) gauge", "$1"))
        .toList();
  }

  @Test
  void beforeTheFirstRunOnlyTheVersionIsKnown() {
    assertThat(after().text(Runs.DEPLOYMENT, Runs.VERSION))
        .isEqualTo(
            """
            # HELP dnsbl_monitor_build_info Version of the monitor; the value is 1.
            # TYPE dnsbl_monitor_build_info gauge
            dnsbl_monitor_build_info{deployment="prod",version="1.2.0"} 1.0
            """);
  }

  @Test
  void theMediaTypeIsThatOfTheTextFormat() {
    assertThat(RunMetrics.CONTENT_TYPE).isEqualTo(PrometheusTextFormatWriter.CONTENT_TYPE);
  }

  @Test
  void aCompleteRunKnowsAllMetricsAndEachHasTheDeployment() {
    RunMetrics metrics = after(Runs.eventful(AT).record());

    assertThat(names(metrics))
        .containsExactlyElementsOf(
            Arrays.stream(Metric.values())
                .map(metric -> metric.fullName().substring("dnsbl_monitor_".length()))
                .toList());
    assertThat(
            metrics
                .text(Runs.DEPLOYMENT, Runs.VERSION)
                .lines()
                .filter(line -> !line.startsWith("#")))
        .allSatisfy(line -> assertThat(line).contains("deployment=\"prod\""));
  }

  @Test
  void theOutcomeTheTimeAndTheTicketsAreThoseOfTheRun() {
    RunMetrics metrics = after(Runs.eventful(AT).record());

    assertThat(series(metrics, "run_outcome"))
        .isEqualTo(
            Map.of(
                "outcome=\"succeeded\"", "1.0",
                "outcome=\"failed\"", "0.0",
                "outcome=\"stopped\"", "0.0"));
    assertThat(series(metrics, "run_end_timestamp_seconds"))
        .isEqualTo(Map.of("outcome=\"succeeded\"", "1.796040002E9"));
    assertThat(series(metrics, "run_duration_seconds"))
        .isEqualTo(
            Map.of(
                "phase=\"start\"", "0.0",
                "phase=\"prepare\"", "0.2",
                "phase=\"lookups\"", "1.8",
                "phase=\"tickets\"", "0.0"));
    assertThat(series(metrics, "run_errors")).isEqualTo(Map.of("type=\"none\"", "0.0"));
    assertThat(series(metrics, "tickets_written"))
        .isEqualTo(Map.of("action=\"created\"", "2.0", "action=\"updated\"", "1.0"));
  }

  @Test
  void eachAddressIsInOneState() {
    RunMetrics metrics = after(Runs.eventful(AT).record());

    assertThat(series(metrics, "addresses"))
        .isEqualTo(
            Map.of(
                "state=\"clean\"", "4.0",
                "state=\"listed\"", "2.0",
                "state=\"invalid\"", "1.0",
                "state=\"not_checked\"", "0.0"));
    assertThat(series(metrics, "addresses_drifted")).isEqualTo(Map.of("", "1.0"));
    assertThat(series(metrics, "addresses_protected")).isEqualTo(Map.of("", "0.0"));
    assertThat(series(metrics, "addresses_conflicts")).isEqualTo(Map.of("", "0.0"));
    assertThat(series(metrics, "exceptions")).isEqualTo(Map.of("", "3.0"));
  }

  /** 192.0.2.4 is listed by its row; the list does not answer. Allowlists are not there. */
  @Test
  void onlyListedAddressesHaveSeriesOfTheirOwn() {
    assertThat(series(after(Runs.eventful(AT).record()), "listing"))
        .isEqualTo(
            Map.of(
                "address=\"192.0.2.2\",counts_as=\"counted\",zone=\"bl.example\"", "1.0",
                "address=\"192.0.2.2\",counts_as=\"counted\",zone=\"zen.example\"", "1.0",
                "address=\"192.0.2.2\",counts_as=\"watch_only\",zone=\"watch.example\"", "1.0",
                "address=\"192.0.2.3\",counts_as=\"held_back\",zone=\"zen.example\"", "1.0",
                "address=\"192.0.2.4\",counts_as=\"counted\",zone=\"zen.example\"", "1.0",
                "address=\"192.0.2.5\",counts_as=\"excepted\",zone=\"bl.example\"", "1.0"));
  }

  @Test
  void lookupsAreCountedByZoneResultAndReason() {
    RunMetrics metrics = after(Runs.eventful(AT).record());

    assertThat(series(metrics, "lookups"))
        .hasSize(12)
        .containsEntry("result=\"listed\",zone=\"zen.example\"", "2.0")
        .containsEntry("result=\"not_listed\",zone=\"zen.example\"", "3.0")
        .containsEntry("result=\"unknown\",zone=\"zen.example\"", "1.0")
        .containsEntry("result=\"listed\",zone=\"allow.example\"", "1.0");
    assertThat(series(metrics, "lookups_unknown"))
        .isEqualTo(Map.of("reason=\"Timeout\",zone=\"zen.example\"", "1.0"));
    assertThat(series(metrics, "zone_status"))
        .hasSize(16)
        .containsEntry("status=\"degraded\",zone=\"zen.example\"", "1.0")
        .containsEntry("status=\"healthy\",zone=\"zen.example\"", "0.0")
        .containsEntry("status=\"broken\",zone=\"zen.example\"", "0.0")
        .containsEntry("status=\"failed\",zone=\"zen.example\"", "0.0")
        .containsEntry("status=\"healthy\",zone=\"bl.example\"", "1.0");
    assertThat(series(metrics, "zone_latency_median_seconds"))
        .hasSize(4)
        .containsEntry("zone=\"bl.example\"", "0.03");
    assertThat(series(metrics, "zone_latency_p99_seconds"))
        .hasSize(4)
        .containsEntry("zone=\"bl.example\"", "0.03");
  }

  @Test
  void whatNeedsAttentionIsShown() {
    RunMetrics metrics = after(Runs.eventful(AT).record());

    assertThat(series(metrics, "mass_listing_held_back"))
        .hasSize(4)
        .containsEntry("zone=\"zen.example\"", "1.0")
        .containsEntry("zone=\"bl.example\"", "0.0");
    assertThat(series(metrics, "malfunction")).isEqualTo(Map.of("", "1.0"));
    assertThat(series(metrics, "pool_exhausted")).isEqualTo(Map.of("pool=\"7\"", "1.0"));
  }

  /** So that the family replaces an older one, in a file or a Pushgateway. */
  @Test
  void aMetricThatIsKnownToBeEmptyHasOneSeriesOfZero() {
    RunMetrics metrics = after(Runs.eventful(AT).record(), Runs.quiet(LATER).record());

    assertThat(series(metrics, "listing")).isEqualTo(Map.of("", "0.0"));
    assertThat(series(metrics, "lookups_unknown")).isEqualTo(Map.of("", "0.0"));
    assertThat(series(metrics, "pool_exhausted")).isEqualTo(Map.of("", "0.0"));
    assertThat(series(metrics, "malfunction")).isEqualTo(Map.of("", "0.0"));
  }

  @Test
  void aFailedRunHasTheTypeOfItsErrorAndKeepsWhatItDoesNotKnow() {
    RunMetrics metrics = after(Runs.eventful(AT).record(), Runs.failed(LATER).record());

    assertThat(series(metrics, "run_outcome"))
        .containsEntry("outcome=\"failed\"", "1.0")
        .containsEntry("outcome=\"succeeded\"", "0.0");
    assertThat(series(metrics, "run_errors"))
        .isEqualTo(Map.of("type=\"DatabaseUnreachable\"", "1.0"));
    assertThat(series(metrics, "run_end_timestamp_seconds"))
        .isEqualTo(
            Map.of(
                "outcome=\"succeeded\"", "1.796040002E9",
                "outcome=\"failed\"", "1.796040902E9"));
    assertThat(series(metrics, "listing")).hasSize(6);
    assertThat(series(metrics, "addresses")).containsEntry("state=\"listed\"", "2.0");
    assertThat(series(metrics, "pool_exhausted")).isEqualTo(Map.of("pool=\"7\"", "1.0"));
  }

  @Test
  void anErrorWithoutTypeIsUnknown() {
    RunMetrics metrics = after(Runs.knowing(AT).incomplete().ended(1, "skipped").record());

    assertThat(series(metrics, "run_errors")).isEqualTo(Map.of("type=\"unknown\"", "1.0"));
  }

  @Test
  void aStoppedRunHasNotFailed() {
    RunMetrics metrics = after(Runs.knowing(AT).incomplete().ended(143, "stopped").record());

    assertThat(series(metrics, "run_outcome")).containsEntry("outcome=\"stopped\"", "1.0");
    assertThat(series(metrics, "run_errors")).isEqualTo(Map.of("type=\"none\"", "0.0"));
  }

  @Test
  void aRefusedRunKnowsOnlyHowItWent() {
    RunRecord refused =
        RunRecord.refused(
            "run-2",
            Instant.parse(LATER),
            RunRecord.StartedBy.SCHEDULE,
            false,
            new RunEnd(
                Instant.parse(LATER), 1, Optional.of("wrong"), Optional.of("ConfigurationError")),
            RunScope.all(ZoneList.parse(Runs.ZONES)));

    assertThat(names(after(refused)))
        .containsExactly(
            "build_info",
            "run_outcome",
            "run_end_timestamp_seconds",
            "run_duration_seconds",
            "run_errors",
            "tickets_written");
  }

  /** Of a run that ran out of time, the listings of the addresses that it left are not known. */
  @Test
  void aRunThatLeftRowsCountsThemAndShowsWhatTheTableLists() {
    RunMetrics metrics =
        after(
            Runs.eventful(AT).record(),
            Runs.knowing(LATER)
                .incomplete()
                .failed("DeadlineExceeded", "5 rows were not checked")
                .left(5)
                .row("192.0.2.1", "NNNN")
                .row("192.0.2.8", "LNNN")
                .record());

    assertThat(series(metrics, "addresses"))
        .isEqualTo(
            Map.of(
                "state=\"clean\"", "1.0",
                "state=\"listed\"", "1.0",
                "state=\"invalid\"", "0.0",
                "state=\"not_checked\"", "5.0"));
    assertThat(series(metrics, "listing"))
        .isEqualTo(
            Map.of("address=\"192.0.2.8\",counts_as=\"counted\",zone=\"zen.example\"", "1.0"));
    assertThat(series(metrics, "lookups"))
        .containsEntry("result=\"listed\",zone=\"zen.example\"", "1.0");
  }

  /** A run that ended in the middle of the rows cannot say how many are listed. */
  @Test
  void aRunThatBrokeOffKeepsTheAddresses() {
    RunMetrics metrics =
        after(
            Runs.eventful(AT).record(),
            Records.at(LATER, Runs.ZONES)
                .early()
                .failed("LockLost", "lost")
                .row("192.0.2.1", "NNNN")
                .record());

    assertThat(series(metrics, "addresses")).containsEntry("state=\"listed\"", "2.0");
    assertThat(series(metrics, "listing")).hasSize(6);
  }

  @Test
  void anUnknownConditionIsThatOfTheLatestRunThatKnew() {
    RunMetrics metrics =
        after(
            Runs.eventful(AT).record(),
            Records.at(LATER, Runs.ZONES)
                .failed("DatabaseUnreachable", "no answer")
                .conditions(Kind.MASS_LISTING)
                .conditions(Kind.MALFUNCTION)
                .row("192.0.2.1", "NNNN")
                .record());

    assertThat(series(metrics, "pool_exhausted")).isEqualTo(Map.of("pool=\"7\"", "1.0"));
    assertThat(series(metrics, "malfunction")).isEqualTo(Map.of("", "0.0"));
    assertThat(series(metrics, "listing")).isEqualTo(Map.of("", "0.0"));
  }

  @Test
  void dryPartialAndSkippedRunsChangeNothing() {
    RunMetrics metrics = after(Runs.quiet(AT).record());
    String before = metrics.text(Runs.DEPLOYMENT, Runs.VERSION);

    metrics.add(Runs.eventful(LATER).dry().record(), Runs.DEPLOYMENT, Runs.VERSION);
    metrics.add(
        Runs.knowing(LATER)
            .about(Set.of(Ipv4Address.of("192.0.2.2")))
            .row("192.0.2.2", "LLLL")
            .record(),
        Runs.DEPLOYMENT,
        Runs.VERSION);
    metrics.add(
        Runs.knowing(LATER).only(Set.of("zen.example")).row("192.0.2.2", "L").record(),
        Runs.DEPLOYMENT,
        Runs.VERSION);
    metrics.add(
        Runs.knowing(LATER).incomplete().ended(0, "another run").record(),
        Runs.DEPLOYMENT,
        Runs.VERSION);

    assertThat(metrics.text(Runs.DEPLOYMENT, Runs.VERSION)).isEqualTo(before);
  }

  @Test
  void aTableWithoutAddressesIsKnownToBeEmpty() {
    RunMetrics metrics = after(Records.at(AT, Runs.ZONES).conditions(Kind.MASS_LISTING).record());

    assertThat(series(metrics, "addresses")).containsEntry("state=\"clean\"", "0.0");
    assertThat(series(metrics, "listing")).isEqualTo(Map.of("", "0.0"));
    assertThat(names(metrics)).doesNotContain("lookups", "zone_status");
  }

  @Test
  void aZoneToWhichNothingWasSentHasNoLatency() {
    RunRecord run = Runs.quiet(AT).record();
    ZoneHealth health = run.health().getFirst();
    ZoneHealth unsent =
        new ZoneHealth(
            health.zone(),
            0,
            0,
            new TreeMap<>(Map.of(UnknownReason.ZONE_UNREACHABLE, 2L)),
            Duration.ZERO,
            Duration.ZERO,
            health.probe());
    RunMetrics metrics =
        after(
            new RunRecord(
                run.runId(),
                run.startedAt(),
                run.startedBy(),
                false,
                true,
                run.end(),
                run.remark(),
                run.scope(),
                run.totals(),
                0,
                0,
                List.of(unsent),
                run.changes(),
                run.answers(),
                run.tickets(),
                run.findings(),
                run.phases()));

    assertThat(series(metrics, "zone_latency_median_seconds"))
        .isEqualTo(Map.of("zone=\"zen.example\"", "NaN"));
    assertThat(series(metrics, "zone_status"))
        .containsEntry("status=\"broken\",zone=\"zen.example\"", "1.0");
  }

  @Test
  void aLabelsValueIsEscaped() {
    RunRecord odd =
        Runs.knowing(AT).incomplete().failed("a \"quoted\" \\ type\nwith two lines", "x").record();

    assertThat(after(odd).text(Runs.DEPLOYMENT, Runs.VERSION))
        .contains("type=\"a \\\"quoted\\\" \\\\ type\\nwith two lines\"} 1.0\n");
  }

  @Test
  void thereAreAtMostTenThousandListingsAndThoseThatCountComeFirst() {
    Records run =
        Records.at(
            AT,
            IntStream.range(0, 41)
                .mapToObj("list%d.example"::formatted)
                .collect(Collectors.joining(",")));
    Set<String> excepted = Set.of("list0.example", "list1.example");
    IntStream.range(0, 250)
        .forEach(i -> run.row("192.0.2." + i, "L".repeat(41), "", Set.of(), excepted));

    Map<String, String> listings = series(after(run.record()), "listing");

    assertThat(listings).hasSize(Families.MAX_LISTINGS);
    assertThat(listings.keySet().stream().filter(it -> it.contains("excepted"))).hasSize(250);
  }

  /** A key is part of a zone's name (R16). */
  @Test
  void noKeyOfAZoneIsInAnyMetric() {
    String key = "abcdefghijklmnopqrstuvwxyz";
    RunRecord run =
        Records.at(AT, key + ".zen.dq.spamhaus.net")
            .row("192.0.2.1", "L")
            .row("192.0.2.2", "U")
            .record();

    assertThat(after(run).text(Runs.DEPLOYMENT, Runs.VERSION))
        .contains("zone=\"zen.dq.spamhaus.net\"")
        .doesNotContain(key);
  }
}
