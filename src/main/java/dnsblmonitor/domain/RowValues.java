package dnsblmonitor.domain;

import dnsblmonitor.domain.Transition.Delisted;
import dnsblmonitor.domain.Transition.ListingChanged;
import dnsblmonitor.domain.Transition.NewlyListed;
import dnsblmonitor.domain.Transition.Unchanged;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a row that the monitor writes, as read: a NULL stays a NULL, since the UPDATE's
 * WHERE clause names the values that were read (R22).
 */
public record RowValues(
    @Nullable Integer priority,
    @Nullable Integer oldPriority,
    @Nullable String blockingLists,
    @Nullable String lastEvent) {

  /** Postal's default for a NULL priority (R7). */
  private static final int DEFAULT_PRIORITY = 100;

  /** The state of these values; NULL and blank {@code blockingLists} are equivalent (R6a). */
  public IpState state() {
    int effective = priority == null ? DEFAULT_PRIORITY : priority;
    SortedSet<String> listing = names(blockingLists);
    return listing.isEmpty()
        ? new IpState.Clean(effective, Optional.ofNullable(oldPriority))
        : new IpState.Throttled(effective, Optional.ofNullable(oldPriority), listing);
  }

  /** The values after {@code transition} (R18-R21). */
  public RowValues after(Transition transition) {
    return switch (transition) {
      case Unchanged() -> this;
      case NewlyListed(int listedPriority, int before, var zones) ->
          new RowValues(
              listedPriority, before, joined(zones), "new block from list(s) " + joined(zones));
      case ListingChanged(var zones) ->
          new RowValues(
              priority, oldPriority, joined(zones), "blocking list change: " + joined(zones));
      case Delisted(int restored) -> new RowValues(restored, null, "", "block removed");
    };
  }

  /**
   * The values of a row restored on request (R42); a priority that was raised manually is kept.
   *
   * @param fallbackPriority for rows without a known old priority, 0-100
   */
  public RowValues restoredByHand(int fallbackPriority) {
    int kept = oldPriority == null ? fallbackPriority : oldPriority;
    return new RowValues(Math.max(state().priority(), kept), null, "", "restored by hand");
  }

  /** The longest values that a row can get, when all blocking zones of {@code zones} list it. */
  public static RowValues longest(Collection<Zone> zones) {
    SortedSet<String> names = Zone.shownNames(zones.stream().filter(Zone::blocks).toList());
    RowValues clean = new RowValues(null, null, null, null);
    return Stream.of(new NewlyListed(0, 0, names), new ListingChanged(names))
        .map(clean::after)
        .max(Comparator.comparingInt(values -> String.valueOf(values.lastEvent()).length()))
        .orElseThrow();
  }

  /** Zone names as in {@code blockingLists} and ticket summaries: joined by "," without blanks. */
  static String joined(Collection<String> sortedNames) {
    return String.join(",", sortedNames);
  }

  static SortedSet<String> names(@Nullable String joined) {
    SortedSet<String> names = new TreeSet<>();
    if (joined != null) {
      Arrays.stream(joined.split(","))
          .map(name -> name.strip().toLowerCase(Locale.ROOT))
          .filter(name -> !name.isEmpty())
          .forEach(names::add);
    }
    return names;
  }
}
