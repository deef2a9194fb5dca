package dnsblmonitor.dnsbl;

import dnsblmonitor.domain.IpAddress;
import dnsblmonitor.domain.Probe;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneLookup;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/**
 * Asks DNSBLs (RFC 5782 2.1), many at a time: a window for each zone (R13), each lookup within its
 * time-out, retries included (R12). Safe for use by any thread.
 *
 * <p>Futures complete on the one thread of this engine, the loop: what depends on them must not
 * block. Latency is that of the A question, from its sending; waiting for a slot does not count.
 */
public final class DnsblLookups implements ZoneLookup, AutoCloseable {

  private final DnsSettings settings;
  private final TryTimes times;
  private final Resolvers resolvers;
  private final ScheduledThreadPoolExecutor loop;
  private final Map<Zone, ZoneWindow> windows = new HashMap<>();
  private volatile boolean closed;

  public DnsblLookups(DnsSettings settings) {
    this.settings = settings;
    this.times = TryTimes.within(settings.timeout());
    this.resolvers = Resolvers.of(settings);
    this.loop =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("dnsbl-lookups").factory());
    loop.setRemoveOnCancelPolicy(true);
  }

  /**
   * {@inheritDoc} Cancelling the future gives its slot to the next; after a close it is cancelled.
   */
  @Override
  public CompletableFuture<Answered> lookup(Zone zone, IpAddress address) {
    Lookup lookup = new Lookup(zone, name(zone, address), settings.timeout(), this::ask);
    CompletableFuture<Answered> answered = lookup.answered();
    try {
      loop.execute(() -> enter(zone, lookup));
    } catch (RejectedExecutionException _) {
      answered.cancel(false);
      return answered;
    }
    var _ =
        answered.whenComplete((_, _) -> {
          if (answered.isCancelled() && !loop.isShutdown()) {
            loop.execute(lookup::cancel);
          }
        });
    return answered;
  }

  /** Starts a probe of each zone and returns at once; the zone's lookups wait for it (R14). */
  public void probe(Collection<Zone> zones) {}

  /** What the probes of the zones brought, so far (R14). */
  public Map<Zone, Probe> probes() {
    return Map.of();
  }

  /**
   * Whether, at some moment, all zones were given up together: the fault is the resolver's (R13).
   */
  public boolean resolverFailed() {
    return false;
  }

  private void enter(Zone zone, Lookup lookup) {
    if (closed) {
      lookup.cancel();
    } else {
      windows
          .computeIfAbsent(zone, _ -> new ZoneWindow(settings.concurrencyPerZone()))
          .enter(lookup);
    }
  }

  private Question ask(Record record, long deadlineNanos, Consumer<Outcome> tell) {
    Question question = new Question(record, resolvers, loop, times, deadlineNanos, tell);
    question.ask();
    return question;
  }

  /** Absolute, so that no search list is tried. */
  private static Name name(Zone zone, IpAddress address) {
    try {
      return Name.fromString(address.reversed() + "." + zone.queryName() + ".");
    } catch (TextParseException _) { // its text holds the name, which may be a key
      throw new IllegalArgumentException("zone '%s' makes no DNS name".formatted(zone.shownName()));
    }
  }

  /** Cancels every lookup that is in flight or waits; returns when all are. For a stop. */
  public void cancelAll() {
    if (!loop.isShutdown()) {
      CompletableFuture.runAsync(this::cancelPending, loop).join();
    }
  }

  private void cancelPending() {
    windows.values().forEach(ZoneWindow::cancelAll);
  }

  /** Cancels what is pending and ends the loop. */
  @Override
  public void close() {
    closed = true;
    cancelAll();
    loop.shutdown();
    try {
      loop.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
