package dnsblmonitor.dnsbl;

import java.time.Duration;

/**
 * When the tries of one lookup go out. A try is given a third of the lookup's time, 0.25 to 1.5 s,
 * before the next one; it is still listened to afterwards, so that a slow answer is not lost.
 *
 * @param perTry how long a silent try is waited for until the next one
 */
record TryTimes(Duration perTry) {

  private static final Duration SHORTEST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofMillis(1500);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);

  static TryTimes within(Duration timeout) {
    Duration third = timeout.dividedBy(3);
    Duration atLeast = third.compareTo(SHORTEST) < 0 ? SHORTEST : third;
    return new TryTimes(atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast);
  }

  /** How long to pause after the {@code faults}-th failed try: doubled each time. */
  Duration pauseAfter(int faults) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(faults - 1, 10));
    return pause.compareTo(perTry) > 0 ? perTry : pause;
  }
}
