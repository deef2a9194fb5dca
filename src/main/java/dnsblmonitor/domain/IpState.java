package dnsblmonitor.domain;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The state of an address in its table row: sending as usual, or throttled for a listing. */
public sealed interface IpState {

  /** How often Postal selects the address, 0-100; NULL counts as 100, as in Postal (R7). */
  int priority();

  /** The shown names of the zones that list it according to the row. */
  default SortedSet<String> listingZones() {
    return this instanceof Throttled(_, _, var listing) ? listing : Collections.emptySortedSet();
  }

  /**
   * No zone lists it according to the row.
   *
   * @param leftOver an {@code oldPriority} that is set nevertheless: Postal's UI, saving the row
   *     just as it was throttled, may have emptied its list of zones again (R6a)
   */
  record Clean(int priority, Optional<Integer> leftOver) implements IpState {
    /** A normal row. */
    public Clean(int priority) {
      this(priority, Optional.empty());
    }
  }

  /**
   * Throttled.
   *
   * @param restore the priority to restore, if one was kept ({@code oldPriority})
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
