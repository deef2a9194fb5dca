package dnsblmonitor.domain;

import dnsblmonitor.domain.IpState.Clean;
import dnsblmonitor.domain.IpState.Throttled;
import dnsblmonitor.domain.Transition.Delisted;
import dnsblmonitor.domain.Transition.ListingChanged;
import dnsblmonitor.domain.Transition.NewlyListed;
import dnsblmonitor.domain.Transition.Unchanged;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Decides what a verdict changes. The same state and verdict always give the same transition.
 *
 * @param listedPriority the priority of a listed address, 0-100
 * @param cleanFallbackPriority the priority of a delisted address without a known old one, 0-100
 * @param restoreAfter minimum time between a row's last change and its restoration (R20a)
 */
public record TransitionRules(
    int listedPriority, int cleanFallbackPriority, Duration restoreAfter) {

  /** R18-R21. */
  public Transition decide(IpState before, Verdict verdict) {
    SortedSet<String> now = verdict.listingZones(before);
    return switch (before) {
      case Clean clean when isThrottled(clean) -> listLost(clean, verdict);
      case Clean _ when now.isEmpty() -> new Unchanged();
      case Clean(int priority, _) -> new NewlyListed(listedPriority, priority, now);
      case Throttled(_, var restore, _) when now.isEmpty() ->
          new Delisted(restore.orElse(cleanFallbackPriority));
      case Throttled(_, _, var was) when was.equals(now) -> new Unchanged();
      case Throttled(_, _, var was) -> new ListingChanged(now);
    };
  }

  /**
   * When a delisted row may be restored, if that is later than now; until then it counts as listed
   * by the zones it names (R20a). A row whose zones are all no longer configured does not wait.
   *
   * @param updatedAt of the row; if missing or in the future, it does not delay restoration
   */
  public Optional<Instant> restoreNotBefore(
      IpState before, Verdict verdict, Optional<Instant> updatedAt, Instant now) {
    return updatedAt
        .filter(at -> !at.isAfter(now))
        .map(at -> at.plus(restoreAfter))
        .filter(now::isBefore)
        .filter(_ ->
            !verdict.knownAmong(before.listingZones()).isEmpty()
                && decide(before, verdict) instanceof Delisted);
  }

  /**
   * The change of a row that waits to be restored (R20a): zones that are no longer configured, or
   * excepted, are removed immediately.
   */
  public Transition whileWaiting(IpState before, Verdict verdict) {
    SortedSet<String> was = before.listingZones();
    SortedSet<String> now = verdict.knownAmong(was);
    return now.equals(was) ? new Unchanged() : new ListingChanged(now);
  }

  /** A row that no run has throttled. */
  boolean isClean(IpState state) {
    return state instanceof Clean clean && !isThrottled(clean);
  }

  /**
   * Throttled by a run, although no list is named any more: {@code leftOver} is the old priority
   * (R6a). 0 counts as well, since it may have been {@code LISTED_PRIORITY} then (R20c).
   */
  private boolean isThrottled(Clean clean) {
    return clean.leftOver().isPresent()
        && (clean.priority() == listedPriority || clean.priority() == 0);
  }

  /**
   * The old priority is the kept one; the lists that listed the address are unknown. Since it is
   * throttled, an UNKNOWN allowlist does not clear it (R17).
   */
  private Transition listLost(Clean clean, Verdict verdict) {
    SortedSet<String> now = verdict.answeredListingZones(clean);
    int restore = clean.leftOver().orElse(cleanFallbackPriority);
    if (!now.isEmpty()) {
      return new NewlyListed(listedPriority, restore, now);
    }
    return verdict.blockingZoneIsUnknown() ? new Unchanged() : new Delisted(restore);
  }

  /** Whether someone else changed the priority of a listed address; this is only reported (R6a). */
  public boolean drifted(IpState state) {
    return state instanceof Throttled(int priority, _, _) && priority != listedPriority;
  }
}
