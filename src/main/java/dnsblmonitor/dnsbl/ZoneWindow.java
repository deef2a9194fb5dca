package dnsblmonitor.dnsbl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * The lookups of one zone: so many in flight, the others wait in the order in which they came
 * (R13). A lookup leaves only when it is over, its TXT question and its retries included. Runs on
 * the loop.
 */
final class ZoneWindow {

  private final int size;
  private final Set<Lookup> inFlight = new HashSet<>();
  private final Queue<Lookup> waiting = new ArrayDeque<>();

  /**
   * @param size lookups in flight, at least 1
   */
  ZoneWindow(int size) {
    this.size = size;
  }

  void enter(Lookup lookup) {
    waiting.add(lookup);
    fill();
  }

  private void fill() {
    while (inFlight.size() < size && !waiting.isEmpty()) {
      Lookup next = waiting.remove();
      if (!next.answered().isDone()) {
        inFlight.add(next);
        next.start(() -> leave(next));
      }
    }
  }

  private void leave(Lookup lookup) {
    inFlight.remove(lookup);
    fill();
  }

  /** Cancels what waits and what is in flight; no question is sent for any of it. */
  void cancelAll() {
    List<Lookup> all = new ArrayList<>(waiting);
    waiting.clear();
    all.addAll(inFlight);
    all.forEach(Lookup::cancel);
  }
}
