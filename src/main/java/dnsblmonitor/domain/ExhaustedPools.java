package dnsblmonitor.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * Pools in which every valid address is listed, so all their mail is sent from listed addresses
 * (R22a).
 *
 * @param addressesByPool the addresses of each such pool, by {@code ip_pool_id}
 */
public record ExhaustedPools(SortedMap<Long, SortedSet<Ipv4Address>> addressesByPool) {

  public ExhaustedPools {
    addressesByPool = Collections.unmodifiableSortedMap(new TreeMap<>(addressesByPool));
  }

  /**
   * The exhausted pools among those of {@code listedRows}.
   *
   * @param listedRows all rows that are listed
   * @param hasCleanRow whether a pool has a valid row that is not listed
   */
  public static ExhaustedPools among(
      Collection<MonitoredIp> listedRows, LongPredicate hasCleanRow) {
    SortedMap<Long, SortedSet<Ipv4Address>> exhausted = new TreeMap<>();
    for (MonitoredIp row : listedRows) {
      row.poolId()
          .ifPresent(
              pool -> exhausted.computeIfAbsent(pool, _ -> new TreeSet<>()).add(row.address()));
    }
    exhausted.keySet().removeIf(hasCleanRow::test);
    return new ExhaustedPools(exhausted);
  }

  public boolean holds(Ipv4Address address) {
    return addressesByPool.values().stream().anyMatch(pool -> pool.contains(address));
  }
}
