package dnsblmonitor.domain;

import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.ZoneLookup.Answered;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts the answers of one zone in a run, in constant space (R35). */
final class ZoneTally {

  private final Zone zone;
  private final Map<UnknownReason, Long> unknown = new EnumMap<>(UnknownReason.class);
  private final TreeMap<Long, Long> countByMillis = new TreeMap<>();
  private long listed;
  private long notListed;

  ZoneTally(Zone zone) {
    this.zone = zone;
  }

  void add(Answered answered) {
    switch (answered.result()) {
      case Listed _ -> listed++;
      case NotListed _ -> notListed++;
      case Unknown(var reason, _) -> unknown.merge(reason, 1L, Long::sum);
    }
    if (!wasNotSent(answered.result())) {
      countByMillis.merge(answered.latency().toMillis(), 1L, Long::sum);
    }
  }

  /** A zone that is not queried (R13, R14) has no latency. */
  private static boolean wasNotSent(LookupResult result) {
    return result instanceof Unknown(UnknownReason reason, _)
        && (reason == UnknownReason.ZONE_UNREACHABLE
            || reason == UnknownReason.ZONE_LISTS_EVERYTHING);
  }

  ZoneHealth health(Probe probe) {
    return new ZoneHealth(
        zone, listed, notListed, new TreeMap<>(unknown), percentile(0.5), percentile(0.99), probe);
  }

  /** Nearest rank: the lowest latency that at least {@code share} of the lookups did not exceed. */
  private Duration percentile(double share) {
    long total = countByMillis.values().stream().mapToLong(Long::longValue).sum();
    long rank = (long) Math.ceil(share * total);
    long seen = 0;
    for (Map.Entry<Long, Long> bucket : countByMillis.entrySet()) {
      seen += bucket.getValue();
      if (seen >= rank) {
        return Duration.ofMillis(bucket.getKey());
      }
    }
    return Duration.ZERO;
  }
}
