package dnsblmonitor.domain;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a verdict changes in a row. */
public sealed interface Transition {

  /** Nothing, so nothing is written (R21). */
  record Unchanged() implements Transition {}

  /** Clean to listed (R18): throttled to {@code priority}; {@code restore} is kept for later. */
  record NewlyListed(int priority, int restore, SortedSet<String> zones) implements Transition {
    public NewlyListed {
      zones = Collections.unmodifiableSortedSet(new TreeSet<>(zones));
    }
  }

  /** Listed by other zones than before (R19). Priorities stay. */
  record ListingChanged(SortedSet<String> zones) implements Transition {
    public ListingChanged {
      zones = Collections.unmodifiableSortedSet(new TreeSet<>(zones));
    }
  }

  /** Listed to clean (R20): {@code priority} is restored. */
  record Delisted(int priority) implements Transition {}
}
