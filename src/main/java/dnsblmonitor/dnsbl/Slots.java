package dnsblmonitor.dnsbl;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The cap on the lookups in flight in all zones together; zones that came too late are served in
 * turn. Runs on the loop.
 */
final class Slots {

  /** Who wants slots. */
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

  /** A slot for {@code taker}, or {@code false}: then it is its turn when one is given back. */
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
