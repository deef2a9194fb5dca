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
 * The health of one zone in one run (R33).
 *
 * @param unknown the UNKNOWN lookups by reason
 * @param median of the latency of lookups that were sent; zero if there were none
 * @param percentile99 of the same latency
 */
public record ZoneHealth(
    Zone zone,
    long listed,
    long notListed,
    SortedMap<UnknownReason, Long> unknown,
    Duration median,
    Duration percentile99,
    Probe probe) {

  /** From best to worst. */
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

  /**
   * The reasons of the UNKNOWN lookups with their numbers, such as {@code Timeout 3, REFUSED 1}.
   */
  public String unknownReasons() {
    return unknown.entrySet().stream()
        .map(reason -> reason.getKey().label() + " " + reason.getValue())
        .collect(joining(", "));
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

  /** This zone answered nothing at all. */
  boolean isSilent() {
    return status() == Status.BROKEN
        && unknown.keySet().stream().allMatch(UnknownReason::isSilence);
  }

  /** All zones are unresponsive at the same time, so the resolver is at fault (R13). */
  public static boolean resolverFailed(Collection<ZoneHealth> zones) {
    return !zones.isEmpty() && zones.stream().allMatch(ZoneHealth::isSilent);
  }

  /** At least two zones answered and none lists its test entry: the resolver is at fault (R14). */
  public static boolean resolverHidesTestEntries(Collection<ZoneHealth> zones) {
    List<Probe> probes =
        zones.stream().map(ZoneHealth::probe).filter(probe -> probe != Probe.OFF).toList();
    return probes.size() >= 2
        && probes.stream().allMatch(probe -> probe == Probe.TEST_ENTRY_MISSING);
  }

  /**
   * {@code DNSBL_ZONES} without the broken zones, if some but not all are broken (R33). Zones that
   * were not queried are kept (R29a).
   *
   * @param zones the zones that were queried
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
