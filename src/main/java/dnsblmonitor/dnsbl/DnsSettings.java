package dnsblmonitor.dnsbl;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How zones are queried.
 *
 * @param resolvers the resolvers to query, in turn, at most 16; empty: the system's
 * @param timeout of one lookup including retries (R12), 1 ms to 5 min
 * @param concurrencyPerZone lookups in flight for each zone (R13), 1-1000
 * @param ratePerZone lookups a second for each zone, 0-10000, 0 = no limit
 * @param ipv6 whether IPv6 addresses are looked up; if so, zones are also probed for them
 */
public record DnsSettings(
    List<InetSocketAddress> resolvers,
    Duration timeout,
    int concurrencyPerZone,
    int ratePerZone,
    boolean ipv6) {

  /** Limits the number of the engine's sockets. */
  public static final int MAX_RESOLVERS = 16;

  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);
  private static final int MAX_IN_FLIGHT = 1000;
  private static final int MAX_RATE = 10_000;

  /**
   * @throws IllegalArgumentException if a value is out of range or a resolver's name could not be
   *     resolved
   */
  public DnsSettings {
    resolvers = List.copyOf(resolvers);
    if (resolvers.size() > MAX_RESOLVERS) {
      throw new IllegalArgumentException(
          "%d resolvers are too many; the maximum is %d"
              .formatted(resolvers.size(), MAX_RESOLVERS));
    }
    for (InetSocketAddress resolver : resolvers) {
      if (resolver.isUnresolved() || resolver.getPort() == 0) {
        throw new IllegalArgumentException("resolver %s is not an IP address".formatted(resolver));
      }
    }
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "timeout %s is not in 1 ms..%s".formatted(timeout, MAX_TIMEOUT));
    }
    if (concurrencyPerZone < 1 || concurrencyPerZone > MAX_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "concurrency %d is not in 1..%d".formatted(concurrencyPerZone, MAX_IN_FLIGHT));
    }
    if (ratePerZone < 0 || ratePerZone > MAX_RATE) {
      throw new IllegalArgumentException(
          "rate %d is not in 0..%d".formatted(ratePerZone, MAX_RATE));
    }
  }
}
