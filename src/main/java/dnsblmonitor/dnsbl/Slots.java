package dnsblmonitor.dnsbl;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/** Caps the concurrent lookups of all zones; waiting zones take turns. Runs on the loop. */
final class Slots {

  /** A user of slots. */
  interface Taker {
    /** Takes as many slots as it needs and gets. */
    void fill();
  }

  private final int most;
  private final SequencedSet<Taker> waiting = new LinkedHashSet<>();
  private int taken;

  Slots(int most) {
    this.most = most;
  }

  /** Takes a slot for {@code taker}; if {@code false}, {@code taker} waits for a released one. */
  boolean take(Taker taker) {
    if (taken == most) {
      waiting.add(taker);
      return false;
    }
    taken++;
    return true;
  }

  void giveBack() {
    taken--;
    if (!waiting.isEmpty()) {
      waiting.removeFirst().fill();
    }
  }
}
