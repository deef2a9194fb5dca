package dnsblmonitor.dnsbl;

import java.time.Duration;

/**
 * Whether a zone is still worth asking (R13): given up after so many lookups in a row without an
 * answer, and probed from time to time until it answers again. Knows no clock.
 */
final class Breaker {

  /**
   * Lookups in a row without an answer. Few, as each costs a whole time-out; and more than chance
   * takes: at a tenth of all packets lost, four tries each, once in 10^32.
   */
  static final int SILENCES = 8;

  /** From one probe of a given-up zone to the next, while lookups are under way (R13). */
  static final Duration PROBE_EVERY = Duration.ofSeconds(30);

  /**
   * A resolver that needs longer than this to say SERVFAIL has itself waited for the zone in vain;
   * one that says so at once costs nothing.
   */
  static final Duration SLOW_FAILURE = Duration.ofSeconds(1);

  private final Duration probeEvery;
  private int silences;
  private boolean givenUp;
  private long nextProbeNanos;

  Breaker(Duration probeEvery) {
    this.probeEvery = probeEvery;
  }

  /** Counts a lookup that took {@code took}; {@code true} where the zone is to be given up now. */
  boolean counts(Outcome outcome, Duration took) {
    silences = isSilence(outcome, took) ? silences + 1 : 0;
    return !givenUp && silences >= SILENCES;
  }

  private static boolean isSilence(Outcome outcome, Duration took) {
    return switch (outcome) {
      case Outcome.Answer _ -> outcome.isServerFailure() && took.compareTo(SLOW_FAILURE) > 0;
      case Outcome.Silence _, Outcome.Fault _ -> true;
    };
  }

  void giveUp(long nowNanos) {
    if (!givenUp) {
      givenUp = true;
      probeStarts(nowNanos);
    }
  }

  /** The next one is due when its time has passed, however long this one takes. */
  void probeStarts(long nowNanos) {
    nextProbeNanos = nowNanos + probeEvery.toNanos();
  }

  void takeUp() {
    givenUp = false;
    silences = 0;
  }

  boolean isGivenUp() {
    return givenUp;
  }

  boolean isProbeDue(long nowNanos) {
    return givenUp && nowNanos - nextProbeNanos >= 0;
  }
}
