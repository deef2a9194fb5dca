package dnsblmonitor.domain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks one zone about one address. Port: production asks DNS, tests answer from a map. */
@FunctionalInterface
public interface ZoneLookup {

  /** A result and how long it took to come. */
  record Answered(LookupResult result, Duration latency) {}

  /**
   * Starts the lookup and returns at once. The future never fails: what goes wrong is an {@link
   * LookupResult.Unknown}. It is cancelled when the lookups are stopped.
   */
  CompletableFuture<Answered> lookup(Zone zone, IpAddress address);
}
