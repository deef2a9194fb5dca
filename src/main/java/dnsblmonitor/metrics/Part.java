package dnsblmonitor.metrics;

import dnsblmonitor.history.Condition;
import dnsblmonitor.history.RunRecord;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Metrics that a run knows all together or not at all. */
enum Part {
  /** The program itself. */
  PROGRAM,
  /** How the run went. */
  RUN,
  /** The answers of the zones. */
  LOOKUPS,
  /** How many addresses are in which state, including those that were not checked. */
  ADDRESSES,
  /** Which zones list which addresses: known if the listed rows were read after the lookups. */
  LISTINGS,
  MASS_LISTING,
  MALFUNCTION,
  POOLS;

  private static final Map<Condition.Kind, Part> CONDITIONS =
      Map.of(
          Condition.Kind.MASS_LISTING, MASS_LISTING,
          Condition.Kind.MALFUNCTION, MALFUNCTION,
          Condition.Kind.POOL_EXHAUSTED, POOLS);

  /** What {@code run} knows. */
  static Set<Part> knownBy(RunRecord run) {
    Set<Part> known = EnumSet.of(PROGRAM, RUN);
    boolean looked = run.findings().conditions().containsKey(Condition.Kind.LIST_BROKEN);
    if (looked) {
      known.add(LOOKUPS); // else there were none, or they were cancelled
    }
    if (run.complete() || (looked && run.findings().notChecked() > 0)) {
      known.add(ADDRESSES);
    }
    if (run.findings().listed().isPresent() && (looked || run.complete())) {
      known.add(LISTINGS);
    }
    CONDITIONS.forEach((kind, part) -> {
      if (run.findings().conditions().containsKey(kind)) {
        known.add(part);
      }
    });
    return known;
  }
}
