package dnsblmonitor.dnsbl;

import java.time.Duration;

/**
 * The circuit breaker of one zone (R13): opens after so many lookups in a row without an answer, so
 * that the zone is not queried but probed from time to time, and closes when a probe is answered.
 * Knows no clock.
 */
final class Breaker {

  /**
   * Lookups in a row without an answer. Few, as each costs a whole time-out; and more than chance
   * takes: at a tenth of all packets lost, four tries each, once in 10^32.
   */
  static final int SILENCES = 8;

  /** From one probe of an open breaker to the next, while lookups are under way (R13). */
  static final Duration PROBE_EVERY = Duration.ofSeconds(30);

  /**
   * A resolver that needs longer than this to say SERVFAIL has itself waited for the zone in vain;
   * one that says so at once costs nothing.
   */
  static final Duration SLOW_FAILURE = Duration.ofSeconds(1);

  private final Duration probeEvery;
  private int silences;
  private boolean open;
  private long nextProbeNanos;

  Breaker(Duration probeEvery) {
    this.probeEvery = probeEvery;
  }

  /** Counts a lookup that took {@code took}. */
  void count(Outcome outcome, Duration took) {
    silences = isSilence(outcome, took) ? silences + 1 : 0;
  }

  /** Whether it is closed and the lookups counted so far are reason to open it. */
  boolean shouldOpen() {
    return !open && silences >= SILENCES;
  }

  private static boolean isSilence(Outcome outcome, Duration took) {
    return switch (outcome) {
      case Outcome.Answer _ -> outcome.isServerFailure() && took.compareTo(SLOW_FAILURE) > 0;
      case Outcome.Silence _, Outcome.Fault _ -> true;
    };
  }

  void open(long nowNanos) {
    if (!open) {
      open = true;
      probeStarts(nowNanos);
    }
  }

  /** The next one is due when its time has passed, however long this one takes. */
  void probeStarts(long nowNanos) {
    nextProbeNanos = nowNanos + probeEvery.toNanos();
  }

  void close() {
    open = false;
    silences = 0;
  }

  boolean isOpen() {
    return open;
  }

  boolean isProbeDue(long nowNanos) {
    return open && nowNanos - nextProbeNanos >= 0;
  }
}
