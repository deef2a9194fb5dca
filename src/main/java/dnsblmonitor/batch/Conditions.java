package dnsblmonitor.batch;

import dnsblmonitor.domain.AlertRules;
import dnsblmonitor.domain.Malfunction;
import dnsblmonitor.domain.MassListing;
import dnsblmonitor.domain.ZoneHealth;
import dnsblmonitor.history.Condition;
import dnsblmonitor.history.Condition.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a run found that lasts for several runs. */
final class Conditions {

  private Conditions() {}

  /**
   * The conditions by kind. A kind is missing if the run cannot tell: dry and partial runs never
   * can, nor can a restart, which sees the rest of the rows only.
   */
  static Map<Kind, List<Condition>> of(Run run) {
    Map<Kind, List<Condition>> found = new EnumMap<>(Kind.class);
    RunParts parts = run.parts();
    if (parts.scope().isPart() || parts.dryRun() || !run.hasBegunWithFirstRow()) {
      return found;
    }
    if (run.areRowsDone()
        && run.report().totals().lookups() > 0) { // else its lookups were cancelled
      List<ZoneHealth> health = run.health();
      found.put(
          Kind.LIST_BROKEN,
          health.stream()
              .filter(zone -> zone.status() == ZoneHealth.Status.BROKEN)
              .map(Conditions::broken)
              .toList());
      found.put(
          Kind.MALFUNCTION,
          AlertRules.malfunction(parts.scope(), health, parts.malfunctionThreshold()).stream()
              .map(Conditions::malfunction)
              .toList());
    }
    if (run.areRowsDone() && run.notChecked() == 0) {
      found.put(Kind.MASS_LISTING, run.heldBack().stream().map(Conditions::massListing).toList());
    }
    run.exhaustedPools()
        .ifPresent(pools ->
            found.put(
                Kind.POOL_EXHAUSTED,
                pools.addressesByPool().keySet().stream().map(Conditions::exhausted).toList()));
    return found;
  }

  private static Condition broken(ZoneHealth zone) {
    String name = zone.zone().shownName();
    return new Condition(
        Kind.LIST_BROKEN,
        name,
        "%s gave no usable answer to %d lookups (%s)"
            .formatted(name, zone.lookups(), zone.unknownReasons()));
  }

  private static Condition malfunction(Malfunction malfunction) {
    return new Condition(
        Kind.MALFUNCTION,
        "",
        "%d%% of the blocklists gave no usable answer: %s"
            .formatted(malfunction.percent(), String.join(", ", malfunction.shownNames())));
  }

  private static Condition massListing(MassListing listing) {
    return new Condition(
        Kind.MASS_LISTING, listing.zone(), listing + "; these listings are held back");
  }

  private static Condition exhausted(long pool) {
    return new Condition(
        Kind.POOL_EXHAUSTED,
        String.valueOf(pool),
        "every address of pool %d is listed".formatted(pool));
  }
}
