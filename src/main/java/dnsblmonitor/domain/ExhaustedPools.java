package dnsblmonitor.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Pools of which every valid address is listed: Postal sends all their mail through a listed one
 * (R22a).
 *
 * @param addressesByPool the addresses of each such pool, by {@code ip_pool_id}
 */
public record ExhaustedPools(SortedMap<Long, SortedSet<Ipv4Address>> addressesByPool) {

  public ExhaustedPools {
    addressesByPool = Collections.unmodifiableSortedMap(new TreeMap<>(addressesByPool));
  }

  /** The exhausted ones among the pools of {@code rows}, which must hold whole pools. */
  public static ExhaustedPools among(Collection<MonitoredIp> rows) {
    SortedMap<Long, SortedSet<Ipv4Address>> exhausted = new TreeMap<>();
    rows.stream()
        .filter(row -> row.poolId().isPresent())
        .collect(Collectors.groupingBy(row -> row.poolId().orElseThrow()))
        .forEach((pool, members) -> {
          if (members.stream().allMatch(row -> row.state() instanceof IpState.Throttled)) {
            exhausted.put(
                pool,
                members.stream()
                    .map(MonitoredIp::address)
                    .collect(Collectors.toCollection(TreeSet::new)));
          }
        });
    return new ExhaustedPools(exhausted);
  }

  public boolean holds(Ipv4Address address) {
    return addressesByPool.values().stream().anyMatch(pool -> pool.contains(address));
  }
}
