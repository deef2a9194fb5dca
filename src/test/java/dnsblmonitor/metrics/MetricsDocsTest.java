package dnsblmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.ZoneHealth;
import dnsblmonitor.history.CountsAs;
import dnsblmonitor.history.Phase;
import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.DocsPage.Row;
import dnsblmonitor.testing.ProjectFiles;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md and the files for Prometheus say what the code does. */
class MetricsDocsTest {

  private static final DocsPage PAGE = DocsPage.of("docs/metrics.md");
  private static final Path FOLDER = Path.of("src/main/distribution/monitoring");
  private static final String ALERTS = ProjectFiles.read(FOLDER.resolve("alerts.yml"));

  private static List<Row> rows(String heading) {
    return PAGE.section(heading).rows();
  }

  private static List<String> lower(Enum<?>[] values) {
    return Arrays.stream(values).map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
  }

  @Test
  void theMetricsAreThoseOfTheCode() {
    assertThat(rows("## Metrics").stream().map(row -> row.code(0).getFirst()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Metric.values()).map(Metric::fullName).toList());
  }

  @Test
  void theLabelsAreThoseOfTheCode() {
    Set<String> labels =
        Stream.of(Metric.values())
            .flatMap(metric -> metric.labels().stream())
            .collect(Collectors.toSet());

    assertThat(
            rows("## Metrics").stream()
                .collect(
                    Collectors.toMap(
                        row -> row.code(0).getFirst(),
                        row -> row.code(1).stream().filter(labels::contains).toList())))
        .isEqualTo(
            Stream.of(Metric.values()).collect(Collectors.toMap(Metric::fullName, Metric::labels)));
  }

  @Test
  void theValuesOfLabelsAreThoseOfTheCode() {
    Map<String, List<String>> codes =
        rows("## Metrics").stream()
            .collect(Collectors.toMap(row -> row.code(0).getFirst(), row -> row.code(1)));

    assertThat(codes.get(Metric.RUN_DURATION_SECONDS.fullName()))
        .containsAll(lower(Phase.values()));
    assertThat(codes.get(Metric.LISTING.fullName())).containsAll(lower(CountsAs.values()));
    assertThat(codes.get(Metric.ZONE_STATUS.fullName()))
        .containsAll(lower(ZoneHealth.Status.values()));
    assertThat(PAGE.text())
        .contains(String.format(Locale.ROOT, "at most %,d listings", Families.MAX_LISTINGS));
  }

  @Test
  void everyMetricThatAPageNamesIsThere() {
    assertThat(
            DocsPage.all().stream()
                .flatMap(page ->
                    Pattern.compile("\\bdnsbl_monitor_\\w+")
                        .matcher(page.text())
                        .results()
                        .map(MatchResult::group)))
        .isSubsetOf(Stream.of(Metric.values()).map(Metric::fullName).toList());
  }

  @Test
  void theAlertsAndTheirSeveritiesAreThoseOfTheRules() {
    Map<String, String> rules = new TreeMap<>();
    Pattern.compile("- alert: (\\w+)\\n(?:.*\\n)*?\\s+severity: (\\w+)\\n")
        .matcher(ALERTS)
        .results()
        .forEach(rule -> rules.put(rule.group(1), rule.group(2)));

    assertThat(
            rows("## Alerts").stream()
                .collect(
                    Collectors.toMap(row -> row.code(0).getFirst(), row -> row.cells().get(1))))
        .isEqualTo(rules);
  }

  /** One is made of the other: the groups, two spaces further in. */
  @Test
  void thePrometheusRuleHasTheSameGroups() {
    String rule = ProjectFiles.read(FOLDER.resolve("prometheusrule.yaml"));
    String groups = ALERTS.substring(ALERTS.indexOf("groups:\n"));

    assertThat(rule.substring(rule.indexOf("spec:\n") + "spec:\n".length()))
        .isEqualTo(groups.replaceAll("(?m)^(?=.)", "  "));
    assertThat(Path.of("kubernetes/alerts/prometheusrule.yaml"))
        .as("a component can only have files below its own folder")
        .hasContent(rule);
    assertThat(rule)
        .contains("apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n");
  }

  @Test
  void eachAlertSaysWhatToDoAndItsPagesHaveTheirHeadings() {
    List<String> alerts = List.of(ALERTS.split("- alert: ", -1));

    assertThat(alerts.subList(1, alerts.size()))
        .allSatisfy(
            alert -> assertThat(alert).contains("severity: ", "summary: ", "description: >-\n"));
    assertThat(
            Pattern.compile("(docs/[a-z-]+\\.md), \"([^\"]+)\"")
                .matcher(ALERTS.replaceAll("\\s+", " "))
                .results())
        .hasSizeGreaterThan(4)
        .allSatisfy(found ->
            assertThat(DocsPage.of(found.group(1)).lines())
                .anyMatch(line -> line.matches("#+ " + Pattern.quote(found.group(2)))));
  }

  /** Grafana draws on 24 columns and names panels by their ids. */
  @Test
  void theDashboardHasItsRowsAndEachPanelItsPlaceAndDataSource() {
    JsonObject dashboard = ProjectFiles.json(FOLDER.resolve("dashboard.json"));
    List<JsonObject> panels = dashboard.getJsonArray("panels").getValuesAs(JsonObject.class);
    Map<Boolean, List<JsonObject>> byRow =
        panels.stream()
            .collect(Collectors.partitioningBy(panel -> panel.getString("type").equals("row")));

    assertThat(byRow.getOrDefault(true, List.of()).stream().map(row -> row.getString("title")))
        .containsExactly("Is it alive?", "What is listed?", "Blocklists", "Runs");
    assertThat(panels.stream().map(panel -> panel.getInt("id"))).doesNotHaveDuplicates();
    Set<String> cells = new HashSet<>();
    assertThat(panels)
        .allSatisfy(panel -> {
          JsonObject place = panel.getJsonObject("gridPos");
          assertThat(place.getInt("x") + place.getInt("w")).isLessThanOrEqualTo(24);
          for (int x = place.getInt("x"); x < place.getInt("x") + place.getInt("w"); x++) {
            for (int y = place.getInt("y"); y < place.getInt("y") + place.getInt("h"); y++) {
              assertThat(cells.add(x + " " + y)).as(panel.getString("title")).isTrue();
            }
          }
        });
    assertThat(byRow.getOrDefault(false, List.of()))
        .allSatisfy(panel -> {
          assertThat(panel.getString("description")).isNotEmpty();
          assertThat(panel.getJsonArray("targets").getValuesAs(JsonObject.class))
              .allSatisfy(target -> {
                assertThat(target.getJsonObject("datasource").getString("uid"))
                    .isEqualTo("${datasource}");
                assertThat(target.getString("expr")).contains("deployment=~\"$deployment\"");
              });
        });
  }
}
