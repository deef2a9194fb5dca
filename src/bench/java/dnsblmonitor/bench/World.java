package dnsblmonitor.bench;

import java.time.Duration;

/**
 * What lies between the contenders and the server.
 *
 * @param delay a round trip on top of the server's own
 * @param lossPercent questions and answers lost, both directions together
 * @param deadZones of the ten zones, those that never answer
 */
record World(String name, Duration delay, double lossPercent, int deadZones) {

  static final World DIRECT = new World("0 ms", Duration.ZERO, 0, 0);
  static final World FAR = new World("30 ms", Duration.ofMillis(30), 0, 0);
  static final World LOSSY = new World("30 ms + 1 % loss", Duration.ofMillis(30), 1, 0);
  static final World DEAD = new World("30 ms + 1 % loss + dead zone", Duration.ofMillis(30), 1, 1);

  /** Whether the contenders ask the server itself. */
  boolean isDirect() {
    return delay.isZero() && lossPercent == 0;
  }
}
