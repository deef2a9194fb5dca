package dnsblmonitor.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What came to {@link FakeJira}, how much of it at once and how fast. Thread-safe. */
final class FakeJiraTraffic {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** As {@link System#nanoTime} is. */
  private final LongSupplier clock;

  private final List<FakeJiraRequest> requests = new ArrayList<>();
  private final List<String> received = new ArrayList<>();
  private final List<FakeJiraExchange> exchanges = new ArrayList<>();

  /** The clock at the start of each write request, in order. */
  private final List<Long> writeStarts = new ArrayList<>();

  private final Map<String, Integer> writesUnderWay = new HashMap<>();
  private int underWay;
  private int mostAtOnce;
  private int mostWritesAtOncePerIssue;

  FakeJiraTraffic(LongSupplier clock) {
    this.clock = clock;
  }

  synchronized void begins(FakeJiraRequest request, String text) {
    requests.add(request);
    received.add(text);
    mostAtOnce = Math.max(mostAtOnce, ++underWay);
    if (request.isWrite()) {
      writeStarts.add(clock.getAsLong());
      request
          .issueKey()
          .ifPresent(key ->
              mostWritesAtOncePerIssue =
                  Math.max(mostWritesAtOncePerIssue, writesUnderWay.merge(key, 1, Integer::sum)));
    }
  }

  /** To be said before the answer goes out, after which the next request may come. */
  synchronized void ends(FakeJiraRequest request) {
    underWay--;
    if (request.isWrite()) {
      request.issueKey().ifPresent(key -> writesUnderWay.merge(key, -1, Integer::sum));
    }
  }

  /** Forgets what was counted and measured, not what was received. */
  synchronized void reset() {
    writeStarts.clear();
    mostAtOnce = underWay;
    mostWritesAtOncePerIssue = 0;
  }

  synchronized List<FakeJiraRequest> requests() {
    return List.copyOf(requests);
  }

  synchronized void answered(FakeJiraExchange exchange) {
    exchanges.add(exchange);
  }

  synchronized List<FakeJiraExchange> exchanges() {
    return List.copyOf(exchanges);
  }

  synchronized List<String> received() {
    return List.copyOf(received);
  }

  synchronized int mostAtOnce() {
    return mostAtOnce;
  }

  synchronized int mostWritesAtOncePerIssue() {
    return mostWritesAtOncePerIssue;
  }

  synchronized int busiestSecond() {
    int most = 0;
    int first = 0;
    for (int last = 0; last < writeStarts.size(); last++) {
      while (writeStarts.get(last) - writeStarts.get(first) >= SECOND) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
