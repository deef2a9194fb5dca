package dnsblmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the check of the dashboard's and the alerts' expressions finds. */
class PromQlTest {

  private static final Map<String, Set<String>> KNOWN =
      Map.of("dnsbl_monitor_listing", Set.of("deployment", "zone"), "other", Set.of("deployment"));

  @Test
  void namesOfMetricsAndLabelsAreFound() {
    PromQl found =
        PromQl.of(
            "time() - max by (deployment, zone) (last_over_time(a_metric{x=\"y{z}\",deployment=~\"$deployment\"}[7d] offset 1h)) > 3.6e3 unless on (zone) sum(b_metric) without (instance)");

    assertThat(found.selected())
        .isEqualTo(Map.of("a_metric", Set.of("x", "deployment"), "b_metric", Set.of()));
    assertThat(found.grouped()).containsExactlyInAnyOrder("deployment", "zone", "instance");
  }

  @Test
  void aMetricThatDoesNotExistIsAFault() {
    assertThat(
            PromQl.of("max by (zone) (dnsbl_monitor_listing + dnsbl_monitor_lisitng)")
                .faults(KNOWN, Set.of()))
        .containsExactly("no metric dnsbl_monitor_lisitng");
  }

  @Test
  void aLabelThatDoesNotExistIsAFault() {
    assertThat(
            PromQl.of("max by (pool) (dnsbl_monitor_listing{address=\"192.0.2.1\"})")
                .faults(KNOWN, Set.of("pool", "zone")))
        .containsExactly(
            "dnsbl_monitor_listing has no label address",
            "no metric has the label pool",
            "the result has no label zone");
  }
}
