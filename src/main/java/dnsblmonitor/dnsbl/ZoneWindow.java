package dnsblmonitor.dnsbl;

import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.Probe;
import dnsblmonitor.domain.TestEntries;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lookups of one zone: a limited number in flight, the others wait in order (R13). A lookup
 * keeps its place until its TXT query and retries are done. A zone whose breaker is open, or whose
 * listings are ignored, is not queried: its lookups complete immediately. Runs on the loop.
 */
final class ZoneWindow implements Slots.Taker {

  private static final Unknown LISTS_EVERYTHING =
      new Unknown(
          UnknownReason.ZONE_LISTS_EVERYTHING,
          "lists 127.0.0.1, which no list may contain (RFC 5782 5), so its listings are ignored");

  private static final Unknown NEVER_ANSWERED =
      new Unknown(UnknownReason.ZONE_UNREACHABLE, "not queried: its test entries got no answer");

  private static final Unknown WENT_SILENT =
      new Unknown(
          UnknownReason.ZONE_UNREACHABLE,
          "not queried: %d consecutive lookups got no answer".formatted(Breaker.SILENCES));

  private final Zone zone;
  private final DnsSettings settings;
  private final Slots slots;
  private final ZoneQuestions questions;
  private final DnsblLookups engine;
  private final Rate rate;
  private final Breaker breaker;
  private final Set<Lookup> inFlight = new HashSet<>();
  private final Queue<Lookup> waiting = new ArrayDeque<>();
  private boolean isJudgedByProbe;
  private ZoneProbe.Result judgement = ZoneProbe.Result.NONE;
  private @Nullable ZoneProbe probe;
  private @Nullable Unknown refusal;

  /**
   * @param engine notified of the zone's state
   */
  ZoneWindow(
      Zone zone,
      DnsSettings settings,
      Breaker breaker,
      Slots slots,
      ZoneQuestions questions,
      DnsblLookups engine) {
    this.zone = zone;
    this.settings = settings;
    this.breaker = breaker;
    this.slots = slots;
    this.questions = questions;
    this.engine = engine;
    this.rate = new Rate(settings.ratePerZone());
  }

  /** Queries the zone's test entries; its lookups wait for the result (R14). */
  void probeFirst() {
    isJudgedByProbe = true;
    startProbe();
  }

  private void startProbe() {
    if (probe == null) {
      List<TestEntries> entries =
          settings.ipv6() ? List.of(TestEntries.IPV4, TestEntries.IPV6) : List.of(TestEntries.IPV4);
      long now = System.nanoTime();
      breaker.probeStarts(now);
      entries.forEach(_ -> {
        rate.count(now);
        rate.count(now);
      });
      probe = new ZoneProbe(zone, entries, settings.timeout(), this::probed);
      probe.start(questions);
    }
  }

  private void probed(ZoneProbe.Result result) {
    probe = null;
    if (isJudgedByProbe) {
      judgement = result;
      engine.probed(zone, result.probe());
    }
    if (!result.answered()) {
      openBreaker(NEVER_ANSWERED);
    } else {
      breaker.close();
      refusal = null;
      refuse(LISTS_EVERYTHING, this::isMeaningless);
      fill();
    }
  }

  /** Whether the zone lists everything of that address family. */
  private boolean isMeaningless(Lookup lookup) {
    return probe(lookup) == Probe.LISTS_EVERYTHING;
  }

  /** The result of the zone's test entries for such a lookup (R14). */
  Probe probe(Lookup lookup) {
    return judgement.of(lookup.address());
  }

  boolean isBreakerOpen() {
    return breaker.isOpen();
  }

  /** Whether its answers are meaningful, so that their absence is too. */
  boolean isMeaningful() {
    return judgement.ipv4() != Probe.LISTS_EVERYTHING;
  }

  void enter(Lookup lookup) {
    if (probe == null && breaker.isProbeDue(System.nanoTime())) {
      refusal = null; // no lookups were pending when the probe became due: this one waits for it
      startProbe();
    }
    if (refusal == null && probe == null && isMeaningless(lookup)) {
      lookup.refuse(LISTS_EVERYTHING);
    } else {
      waiting.add(lookup);
      fill();
    }
  }

  /** Starts lookups while slots, rate and breaker permit. */
  @Override
  public void fill() {
    if (refusal != null) {
      refuseWaiting(refusal, _ -> true);
      return;
    }
    if (probe != null) {
      return;
    }
    while (inFlight.size() < settings.concurrencyPerZone() && !waiting.isEmpty()) {
      if (waiting.element().answered().isDone()) {
        waiting.remove();
      } else if (!startNext()) {
        return;
      }
    }
  }

  private boolean startNext() {
    long now = System.nanoTime();
    if (!rate.allows(now) || !slots.take(this)) {
      return false;
    }
    rate.count(now);
    Lookup next = waiting.remove();
    inFlight.add(next);
    next.start(questions, this);
    return true;
  }

  /** Records the outcome of the A query. */
  void heard(Outcome outcome, Duration took) {
    breaker.count(outcome, took);
    if (breaker.shouldOpen()) {
      openBreaker(WENT_SILENT);
    }
  }

  /** Frees the slot of a lookup that sends no more queries. */
  void left(Lookup lookup) {
    if (inFlight.remove(lookup)) {
      slots.giveBack();
      fill();
    }
  }

  private void openBreaker(Unknown why) {
    breaker.open(System.nanoTime());
    engine.breakerOpened(); // first, so that it is visible when lookups complete
    refusal = why;
    refuse(why, _ -> true);
  }

  /** Completes lookups in flight and waiting that match {@code which}. */
  private void refuse(Unknown why, Predicate<Lookup> which) {
    inFlight.stream().filter(which).toList().forEach(lookup -> lookup.refuse(why));
    refuseWaiting(why, which);
  }

  private void refuseWaiting(Unknown why, Predicate<Lookup> which) {
    for (int left = waiting.size(); left > 0; left--) {
      Lookup next = waiting.remove();
      if (which.test(next)) {
        next.refuse(why);
      } else {
        waiting.add(next); // to the end: after a full rotation the order is unchanged
      }
    }
  }

  /** Checks the deadlines of pending lookups. */
  void tick(long nowNanos) {
    if (probe != null) {
      probe.tick(nowNanos);
    }
    List.copyOf(inFlight).forEach(lookup -> lookup.tick(nowNanos));
    fill();
  }

  /** Probes a zone whose breaker is open, if a probe is due (R13). */
  void probeIfDue(long nowNanos) {
    if (breaker.isProbeDue(nowNanos)) {
      startProbe();
    }
  }

  /** Whether there is pending work. An open breaker alone is none. */
  boolean isBusy() {
    return probe != null || hasLookups();
  }

  boolean hasLookups() {
    return !inFlight.isEmpty() || !waiting.isEmpty();
  }

  /** Removes all waiting and pending lookups; no more queries are sent for them. */
  void endAll(Consumer<Lookup> how) {
    List<Lookup> all = new ArrayList<>(waiting);
    waiting.clear();
    all.addAll(inFlight);
    all.forEach(how);
  }
}
