package dnsblmonitor.domain;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a row of the table says of its address: sending as usual, or throttled for a listing. */
public sealed interface IpState {

  /** How often Postal picks the address, 0-100. A NULL counts as Postal counts it: 100 (R7). */
  int priority();

  /** The shown names of the zones that are said to list it. */
  default SortedSet<String> listingZones() {
    return this instanceof Throttled(_, _, var listing) ? listing : Collections.emptySortedSet();
  }

  /**
   * No zone is said to list it.
   *
   * @param leftOver an {@code oldPriority} that stands there nevertheless: Postal's UI, saving the
   *     row in the moment in which it was throttled, may have emptied the list of zones again (R6a)
   */
  record Clean(int priority, Optional<Integer> leftOver) implements IpState {
    /** A row as it should be. */
    public Clean(int priority) {
      this(priority, Optional.empty());
    }
  }

  /**
   * Throttled.
   *
   * @param restore the priority to give back, where one was kept ({@code oldPriority})
   * @param listing the shown names of the zones that list it ({@code blockingLists}), never empty
   */
  record Throttled(int priority, Optional<Integer> restore, SortedSet<String> listing)
      implements IpState {
    public Throttled {
      listing = Collections.unmodifiableSortedSet(new TreeSet<>(listing));
      if (listing.isEmpty()) {
        throw new IllegalArgumentException("throttled by no zone");
      }
    }
  }
}
