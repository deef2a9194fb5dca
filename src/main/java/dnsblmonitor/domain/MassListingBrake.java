package dnsblmonitor.domain;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Holds back, to the end of the run, each zone that would newly list too many rows at once, since
 * it may have failed after its probe (R14a). For one run; not thread-safe.
 */
public final class MassListingBrake {

  /** The brake does not apply to fewer rows. */
  private static final int MIN_NEWLY_LISTED = 10;

  /** A smaller chunk is judged together with all earlier rows of the run. */
  private static final int MIN_CHUNK = 100;

  private final TransitionRules rules;
  private final int limitPercent;
  private final Map<String, MassListing> heldBack = new LinkedHashMap<>();
  private final Tally run = new Tally();

  /** The number of clean rows, and how many of them each zone newly lists. */
  private static final class Tally {
    private final Map<String, Long> newlyListed = new HashMap<>();
    private long rows;

    private void add(Tally other) {
      rows += other.rows;
      other.newlyListed.forEach((zone, count) -> newlyListed.merge(zone, count, Long::sum));
    }
  }

  /**
   * Creates a brake.
   *
   * @param limitPercent percent of clean rows that a zone may newly list, 1-100; 100 = off
   */
  public MassListingBrake(TransitionRules rules, int limitPercent) {
    this.rules = rules;
    this.limitPercent = limitPercent;
  }

  /**
   * The checks of a chunk, without the answers of zones that are held back.
   *
   * @param listener called once per zone, when it is held back
   */
  public List<IpCheck> apply(List<IpCheck> chunk, Consumer<MassListing> listener) {
    List<IpCheck> checks = braked(chunk);
    Tally tally = tally(checks);
    run.add(tally);
    Tally counted = chunk.size() < MIN_CHUNK ? run : tally;
    boolean more = false;
    for (String zone : new TreeSet<>(tally.newlyListed.keySet())) {
      long newlyListed = counted.newlyListed.getOrDefault(zone, 0L);
      if (newlyListed >= MIN_NEWLY_LISTED && newlyListed * 100 > limitPercent * counted.rows) {
        MassListing held = new MassListing(zone, newlyListed, counted.rows);
        heldBack.put(zone, held);
        listener.accept(held);
        more = true;
      }
    }
    return more ? braked(chunk) : checks;
  }

  private List<IpCheck> braked(List<IpCheck> chunk) {
    Set<String> zones = Set.copyOf(heldBack.keySet());
    return zones.isEmpty() ? chunk : chunk.stream().map(check -> check.holdingBack(zones)).toList();
  }

  private Tally tally(List<IpCheck> checks) {
    Tally tally = new Tally();
    for (IpCheck check : checks) {
      IpState before = check.ip().state();
      if (rules.isClean(before)) {
        tally.rows++;
        check
            .verdict()
            .listingZones(before)
            .forEach(zone -> tally.newlyListed.merge(zone, 1L, Long::sum));
      }
    }
    return tally;
  }

  /** The zones held back so far, in order. */
  public List<MassListing> heldBack() {
    return List.copyOf(heldBack.values());
  }
}
