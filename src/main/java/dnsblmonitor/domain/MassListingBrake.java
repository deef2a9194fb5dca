package dnsblmonitor.domain;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The brake (R14a): a zone that would newly list too many rows at once is held back to the end of
 * the run, since it may have gone bad after its probe. For one run; used by one thread at a time.
 */
public final class MassListingBrake {

  /** Fewer rows have no brake. */
  private static final int MIN_NEWLY_LISTED = 10;

  /** A smaller chunk is not judged alone: all rows of the run so far are counted. */
  private static final int MIN_CHUNK = 100;

  private final TransitionRules rules;
  private final int limitPercent;
  private final Map<String, MassListing> heldBack = new LinkedHashMap<>();
  private final Tally run = new Tally();

  /** Clean rows, and how many of them each zone newly lists. */
  private static final class Tally {
    private final Map<String, Long> newlyListed = new HashMap<>();
    private long rows;

    private void add(Tally other) {
      rows += other.rows;
      other.newlyListed.forEach((zone, count) -> newlyListed.merge(zone, count, Long::sum));
    }
  }

  /**
   * A brake.
   *
   * @param limitPercent of clean rows that a zone may newly list, 1-100; 100: all
   */
  public MassListingBrake(TransitionRules rules, int limitPercent) {
    this.rules = rules;
    this.limitPercent = limitPercent;
  }

  /**
   * The checks of a chunk, in which the answers of zones that are held back do not count.
   *
   * @param listener receives each zone once, when it is held back
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

  /** The zones that were held back so far, in the order in which that happened. */
  public List<MassListing> heldBack() {
    return List.copyOf(heldBack.values());
  }
}
