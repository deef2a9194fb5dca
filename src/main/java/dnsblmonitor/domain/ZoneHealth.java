package dnsblmonitor.domain;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one zone answered in one run (R33).
 *
 * @param unknown the UNKNOWN lookups by reason
 * @param median half of the lookups that were sent took at most this long; zero without any
 * @param percentile99 99 % of them did
 */
public record ZoneHealth(
    Zone zone,
    long listed,
    long notListed,
    SortedMap<UnknownReason, Long> unknown,
    Duration median,
    Duration percentile99,
    Probe probe) {

  /** From no trouble to nothing but trouble. */
  public enum Status {
    HEALTHY,
    DEGRADED,
    FAILED,
    BROKEN
  }

  public ZoneHealth {
    unknown = Collections.unmodifiableSortedMap(new TreeMap<>(unknown));
  }

  public long unknowns() {
    return unknown.values().stream().mapToLong(Long::longValue).sum();
  }

  public long lookups() {
    return listed + notListed + unknowns();
  }

  public Status status() {
    long unknowns = unknowns();
    if (unknowns > 0 && unknowns == lookups()) {
      return Status.BROKEN;
    }
    if (hasFailed() || probe == Probe.TEST_ENTRY_MISSING) {
      return Status.FAILED;
    }
    return unknowns == 0 ? Status.HEALTHY : Status.DEGRADED;
  }

  /** More than half of its lookups were UNKNOWN (R28). */
  public boolean hasFailed() {
    return unknowns() * 2 > lookups();
  }

  /** Nothing at all came back from this zone. */
  boolean isSilent() {
    return status() == Status.BROKEN
        && unknown.keySet().stream().allMatch(UnknownReason::isSilence);
  }

  /** All zones silent together: the fault is the resolver's, not theirs (R13). */
  public static boolean resolverFailed(Collection<ZoneHealth> zones) {
    return !zones.isEmpty() && zones.stream().allMatch(ZoneHealth::isSilent);
  }

  /**
   * Two zones or more were probed and answered, and none lists its test entry: they are not all
   * dead, the resolver hides their answers (R14).
   */
  public static boolean resolverHidesTestEntries(Collection<ZoneHealth> zones) {
    List<Probe> probes =
        zones.stream().map(ZoneHealth::probe).filter(probe -> probe != Probe.OFF).toList();
    return probes.size() >= 2
        && probes.stream().allMatch(probe -> probe == Probe.TEST_ENTRY_MISSING);
  }

  /**
   * {@code DNSBL_ZONES} without the broken zones, where some but not all are broken (R33). What a
   * run did not ask it does not judge: that stays (R29a).
   *
   * @param zones the zones that were asked
   * @param configured all of {@code DNSBL_ZONES}, in its order
   */
  public static Optional<String> suggestedZones(List<ZoneHealth> zones, List<Zone> configured) {
    List<Zone> broken =
        zones.stream()
            .filter(zone -> zone.status() == Status.BROKEN)
            .map(ZoneHealth::zone)
            .toList();
    return broken.isEmpty() || broken.size() == zones.size()
        ? Optional.empty()
        : Optional.of(
            configured.stream()
                .filter(zone -> !broken.contains(zone))
                .map(Zone::asConfigured)
                .collect(joining(",")));
  }
}
