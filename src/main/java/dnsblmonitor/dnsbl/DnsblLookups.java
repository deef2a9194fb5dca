package dnsblmonitor.dnsbl;

import dnsblmonitor.domain.IpAddress;
import dnsblmonitor.domain.Probe;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneLookup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * Queries DNSBLs (RFC 5782 2.1) concurrently, with a window per zone (R13) and a time-out per
 * lookup, retries included (R12). An unresponsive zone costs a few time-outs, not one per address.
 * Thread-safe.
 *
 * <p>Futures complete on the engine's only thread, the loop: dependent actions must not block.
 * Latency is that of the A query after it was sent; waiting for a slot does not count.
 */
public final class DnsblLookups implements ZoneLookup, AutoCloseable {

  /** Lookups in flight in all zones together. */
  static final int MAX_IN_FLIGHT = 4096;

  private final DnsSettings settings;
  private final Duration probeEvery;
  private final Loop loop;
  private final Resolvers resolvers;
  private final Slots slots = new Slots(MAX_IN_FLIGHT);
  private final Map<Zone, ZoneWindow> windows = new HashMap<>();
  private final Map<Zone, Probe> probes = new ConcurrentHashMap<>();
  private volatile boolean resolverFailed;
  private boolean ended;

  public DnsblLookups(DnsSettings settings) {
    this(settings, Breaker.PROBE_EVERY);
  }

  /**
   * @param probeEvery the interval between probes while a circuit breaker is open
   */
  DnsblLookups(DnsSettings settings, Duration probeEvery) {
    this.settings = settings;
    this.probeEvery = probeEvery;
    this.loop = new Loop("dnsbl-lookups", this::tick, this::end);
    this.resolvers = Resolvers.of(settings, loop);
    loop.start();
  }

  /** {@inheritDoc} Cancelling the future frees its slot; after a close, it is cancelled. */
  @Override
  public CompletableFuture<Answered> lookup(Zone zone, IpAddress address) {
    Lookup lookup = new Lookup(zone, address, settings.timeout(), this::cancelled);
    try {
      loop.execute(() -> enter(zone, lookup));
    } catch (RejectedExecutionException _) {
      lookup.answered().cancel(false);
    }
    return lookup.answered();
  }

  /** Starts a probe of each zone and returns immediately; the zone's lookups wait for it (R14). */
  public void probe(Collection<Zone> zones) {
    List<Zone> all = List.copyOf(zones);
    loop.execute(() -> {
      if (!ended) {
        all.forEach(zone -> window(zone).probeFirst());
      }
    });
  }

  /** The results of the zones' probes so far (R14). */
  public Map<Zone, Probe> probes() {
    return Map.copyOf(probes);
  }

  /** Whether the test entries of some zone have been as expected so far (R17). */
  public boolean resolverWorks() {
    return probes.values().stream().anyMatch(Probe::isOk);
  }

  /**
   * Whether the circuit breakers of all zones have been open at the same time, so that the resolver
   * is at fault (R13).
   */
  public boolean resolverFailed() {
    return resolverFailed;
  }

  /** The resolvers for {@code settings}: the configured ones, else the system's. */
  public static List<InetSocketAddress> resolversOf(DnsSettings settings) {
    return Resolvers.addresses(settings);
  }

  /** The resolvers in use, configured or the system's, as {@code host:port}. */
  public List<String> resolvers() {
    return resolvers.names();
  }

  /**
   * Cancels all pending and waiting lookups, for a stop; returns when all are cancelled. Must not
   * be called from an action on a lookup's future, since it waits for the loop.
   */
  public void cancelAll() {
    try {
      CompletableFuture.runAsync(this::cancelPending, loop).join();
    } catch (RejectedExecutionException _) {
      // closed: nothing is pending
    }
  }

  /** Cancels pending lookups and ends the loop. */
  @Override
  public void close() {
    loop.close();
  }

  private void enter(Zone zone, Lookup lookup) {
    if (ended) {
      lookup.cancel();
    } else {
      window(zone).enter(lookup);
    }
  }

  private ZoneWindow window(Zone zone) {
    return windows.computeIfAbsent(zone, this::newWindow);
  }

  private ZoneWindow newWindow(Zone zone) {
    ZoneQuestions questions =
        new ZoneQuestions(zone, resolvers, new RoundTrip(settings.timeout()), loop);
    return new ZoneWindow(zone, settings, new Breaker(probeEvery), slots, questions, this);
  }

  /** Called by a window, on the loop. */
  void probed(Zone zone, Probe probe) {
    probes.put(zone, probe);
  }

  /** Called by a window, on the loop. */
  void breakerOpened() {
    resolverFailed |=
        windows.values().stream()
            .filter(ZoneWindow::isMeaningful)
            .allMatch(ZoneWindow::isBreakerOpen);
  }

  private void cancelled(Lookup lookup) {
    try {
      loop.execute(lookup::cancel);
    } catch (RejectedExecutionException _) {
      // the loop has released it
    }
  }

  private boolean tick(long nowNanos) {
    resolvers.tick(nowNanos);
    Collection<ZoneWindow> all = windows.values();
    all.forEach(window -> window.tick(nowNanos));
    if (all.stream().anyMatch(ZoneWindow::hasLookups)) { // otherwise it is irrelevant
      all.forEach(window -> window.probeIfDue(nowNanos));
    }
    return resolvers.isBusy() || all.stream().anyMatch(ZoneWindow::isBusy);
  }

  private void cancelPending() {
    windows.values().forEach(window -> window.endAll(Lookup::cancel));
  }

  /** Runs at the end of the loop, also after an error, so that no caller is left waiting. */
  private void end(Optional<Throwable> failure) {
    ended = true;
    failure.ifPresentOrElse(
        cause -> {
          RuntimeException engineFailure =
              new IllegalStateException("the DNS engine failed", cause);
          windows.values().forEach(window -> window.endAll(lookup -> lookup.fail(engineFailure)));
        },
        this::cancelPending);
    resolvers.close();
  }
}
