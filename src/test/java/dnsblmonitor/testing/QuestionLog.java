package dnsblmonitor.testing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.Type;

/** What a {@link FakeDnsServer} was asked. */
public final class QuestionLog {

  /** A name, exactly as it was asked, with its final dot; and {@code A} or {@code TXT}. */
  public record Asked(String name, String type) {}

  /** So that a long run does not fill the memory; later names are only counted for their zone. */
  private static final int MAX_NAMES = 200_000;

  private final Map<Asked, Integer> counts = new LinkedHashMap<>();
  private final Map<String, Zone> zones = new ConcurrentHashMap<>();

  Zone of(String zone) {
    return zones.computeIfAbsent(zone, _ -> new Zone());
  }

  synchronized Asked add(String name, int type, Zone zone) {
    zone.total++;
    Asked question = new Asked(name, Type.string(type));
    if (counts.size() < MAX_NAMES) {
      counts.merge(question, 1, Integer::sum);
    }
    return question;
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
    private final Map<Asked, Integer> outstanding = new HashMap<>();
    private int most;

    int total() {
      return total;
    }

    /** A question that is asked again before it is answered is outstanding once. */
    synchronized void came(Asked question) {
      outstanding.merge(question, 1, Integer::sum);
      most = Math.max(most, outstanding.size());
    }

    synchronized void answered(Asked question) {
      outstanding.computeIfPresent(question, (_, count) -> count == 1 ? null : count - 1);
    }

    synchronized int most() {
      return most;
    }
  }
}
