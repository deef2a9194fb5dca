package dnsblmonitor.metrics;

import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.history.Condition;
import dnsblmonitor.history.Condition.Kind;
import dnsblmonitor.history.Records;
import dnsblmonitor.history.RunRecord;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs whose metrics are looked at. */
final class Runs {

  static final String VERSION = "1.2.0";
  static final String DEPLOYMENT = "prod";
  static final String ZONES = "zen.example,bl.example,watch.example*0,allow.example*-1";

  private Runs() {}

  /** A complete run of 7 rows that found something of everything. */
  static Records eventful(String started) {
    Map<String, RowValues> table = new HashMap<>();
    table.put("192.0.2.4", new RowValues(30, 80, "zen.example", null));
    return knowing(started)
        .wrote(2, 1)
        .exceptions(3)
        .invalid()
        .row("192.0.2.1", "NNNN")
        .row("192.0.2.2", "LLLN")
        .row("192.0.2.3", "LNNN", "", Set.of("zen.example"), Set.of())
        .row(table, "192.0.2.4", "UNNN")
        .row("192.0.2.5", "NLNN", "", Set.of(), Set.of("bl.example"))
        .row("192.0.2.6", "NNNL")
        .conditions(
            Kind.MASS_LISTING, new Condition(Kind.MASS_LISTING, "zen.example", "lists too many"))
        .conditions(Kind.MALFUNCTION, new Condition(Kind.MALFUNCTION, "", "many are broken"))
        .conditions(
            Kind.POOL_EXHAUSTED, new Condition(Kind.POOL_EXHAUSTED, "7", "pool 7 is listed"));
  }

  /** A complete run that can tell whether there are conditions; no row yet. */
  static Records knowing(String started) {
    return Records.at(started, ZONES)
        .conditions(Kind.LIST_BROKEN)
        .conditions(Kind.MASS_LISTING)
        .conditions(Kind.MALFUNCTION)
        .conditions(Kind.POOL_EXHAUSTED);
  }

  /** A complete run that found nothing. */
  static Records quiet(String started) {
    return knowing(started).row("192.0.2.1", "NNNN").row("192.0.2.2", "NNNN");
  }

  /** A run that failed before it looked anything up. */
  static Records failed(String started) {
    return Records.at(started, ZONES).early().failed("DatabaseUnreachable", "no answer");
  }

  /** Carries out the deliveries of a run. */
  static void deliver(MetricsSettings settings, RunRecord run) throws Exception {
    for (Delivery delivery : new MetricsTargets(settings, VERSION).deliveries(run)) {
      delivery.attempt();
    }
  }

  /** Pushes the metrics of a run. */
  static void push(HttpEndpoint endpoint, RunRecord run) throws Exception {
    deliver(new MetricsSettings(DEPLOYMENT, Optional.empty(), Optional.of(endpoint)), run);
  }

  /** Without login and TLS. */
  static HttpEndpoint endpoint(URI url) {
    return new HttpEndpoint(url, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
