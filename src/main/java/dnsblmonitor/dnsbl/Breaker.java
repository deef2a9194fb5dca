package dnsblmonitor.dnsbl;

import java.time.Duration;

/**
 * The circuit breaker of one zone (R13): opens after several consecutive lookups without an answer,
 * so that the zone is no longer queried but only probed from time to time, and closes when a probe
 * is answered. Has no clock of its own.
 */
final class Breaker {

  /**
   * Consecutive lookups without an answer. Low, since each costs a whole time-out, but too high to
   * occur by chance: with 10 % packet loss and four tries each, once in 10^32.
   */
  static final int SILENCES = 8;

  /** The interval between probes while the breaker is open and lookups are pending (R13). */
  static final Duration PROBE_EVERY = Duration.ofSeconds(30);

  /**
   * A SERVFAIL that takes longer than this means that the resolver waited for the zone in vain; a
   * faster one costs nothing.
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

  /** Whether it is closed and the lookups so far are reason to open it. */
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

  /** The next probe is due after the interval, however long this one takes. */
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
