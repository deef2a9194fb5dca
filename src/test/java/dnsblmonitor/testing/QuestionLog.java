package dnsblmonitor.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.Type;

/** What a {@link FakeDnsServer} was asked. */
public final class QuestionLog {

  /** A name, exactly as it was asked, with its final dot; and {@code A} or {@code TXT}. */
  public record Asked(String name, String type) {}

  /** So that a long run does not fill the memory; later names are only counted for their zone. */
  private static final int MOST_NAMES = 200_000;

  private final Map<Asked, Integer> counts = new LinkedHashMap<>();
  private final Map<String, Zone> zones = new ConcurrentHashMap<>();

  Zone of(String zone) {
    return zones.computeIfAbsent(zone, _ -> new Zone());
  }

  synchronized void add(String name, int type, Zone zone) {
    zone.total++;
    if (counts.size() < MOST_NAMES) {
      counts.merge(new Asked(name, Type.string(type)), 1, Integer::sum);
    }
  }

  synchronized Map<Asked, Integer> counts() {
    return new LinkedHashMap<>(counts);
  }

  synchronized void clear() {
    counts.clear();
    zones.clear();
  }

  /** How one zone was asked. */
  static final class Zone {
    private volatile int total;
    private int outstanding;
    private int most;

    int total() {
      return total;
    }

    synchronized void came() {
      outstanding++;
      most = Math.max(most, outstanding);
    }

    synchronized void answered() {
      outstanding--;
    }

    synchronized int outstanding() {
      return outstanding;
    }

    synchronized int most() {
      return most;
    }
  }
}
