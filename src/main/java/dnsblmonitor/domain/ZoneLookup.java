package dnsblmonitor.domain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Queries one zone for one address. A port: production uses DNS, tests a map. */
@FunctionalInterface
public interface ZoneLookup {

  /** A result and its latency. */
  record Answered(LookupResult result, Duration latency) {}

  /**
   * Starts the lookup and returns immediately. The future never fails: failures are {@link
   * LookupResult.Unknown}. It is cancelled when the lookups are stopped.
   */
  CompletableFuture<Answered> lookup(Zone zone, IpAddress address);
}
