package dnsblmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.testing.TestHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A sequence of runs, real, dry, partial, incomplete and failing to write, with zones and rows that
 * come and go; and a model of what the intervals must be.
 */
final class RandomRuns {

  private static final int RUNS = 40;
  private static final List<String> ADDRESSES =
      List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");

  private final long seed;
  private final Random random;
  private final TestHistory history;
  private final List<Zone> zones;
  private Instant now;
  private final Map<String, String> open = new TreeMap<>();
  private final Map<String, Instant> seen = new HashMap<>();
  private final List<String> over = new ArrayList<>();

  RandomRuns(long seed, TestHistory history, List<Zone> zones, Instant start) {
    this.seed = seed;
    this.random = new Random(seed);
    this.history = history;
    this.zones = zones;
    this.now = start;
  }

  void check() {
    for (int i = 0; i < RUNS; i++) {
      now = now.plusSeconds(900);
      run(i);
      assertThat(found()).as("seed %d, run %d", seed, i).isEqualTo(expected());
    }
    assertThat(over).as("seed %d ends something", seed).isNotEmpty();
  }

  private void run(int number) {
    List<Zone> configured = zones.stream().filter(_ -> random.nextInt(6) > 0).toList();
    if (configured.isEmpty()) {
      return;
    }
    // some overlap with those before them
    Duration took = Duration.ofSeconds(random.nextInt(5) == 0 ? 2_000 : 2);
    Instant started = now.plusSeconds(2).minus(took);
    Records records = Records.at(started, configured).took(took).id("run-" + number);
    boolean dry = random.nextInt(4) == 0;
    Set<String> queried = names(configured);
    boolean part = false;
    if (random.nextInt(4) == 0) {
      queried = new TreeSet<>(Set.of(configured.getFirst().shownName()));
      part = queried.size() < configured.size();
      records.only(queried);
    }
    Set<String> table = some(ADDRESSES, 5);
    Set<String> asked = new TreeSet<>(table);
    if (random.nextInt(4) == 0) {
      asked.retainAll(some(ADDRESSES, 2));
      part = true;
      records.about(some(ADDRESSES, 2).stream().map(Ipv4Address::of).collect(Collectors.toSet()));
    }
    boolean incomplete = random.nextInt(5) == 0;
    if (incomplete) {
      asked.retainAll(some(ADDRESSES, 2));
      records.incomplete();
    }
    if (dry) {
      records.dry();
    }
    Map<String, Character> answers = new HashMap<>();
    for (String address : asked) {
      StringBuilder words = new StringBuilder();
      for (Zone zone : configured) {
        if (queried.contains(zone.shownName())) {
          char word = "LNU".charAt(random.nextInt(3));
          words.append(word);
          answers.put(address + "|" + zone.shownName(), word);
        }
      }
      records.row(address, words.toString());
    }
    if (random.nextInt(6) == 0) {
      HistoryWriter failing =
          new HistoryWriter(
              history.settings("other", Duration.ofDays(400)), Redaction.NONE, Set.of());
      if (!history.rows("select name from deployment").equals(List.of("null"))) {
        assertThatThrownBy(() -> failing.write(records.record()))
            .isInstanceOf(HistoryException.class);
        return;
      }
    }
    new HistoryWriter(history.settings(), Redaction.NONE, Set.of()).write(records.record());
    expect(started, configured, queried, asked, answers, !dry && !part, incomplete);
  }

  private Set<String> some(List<String> all, int outOf) {
    return all.stream()
        .filter(_ -> random.nextInt(outOf) > 0)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(List<Zone> zones) {
    return zones.stream().map(Zone::shownName).collect(Collectors.toCollection(TreeSet::new));
  }

  /** What R36 says, in the simplest way. */
  private void expect(
      Instant started,
      List<Zone> configured,
      Set<String> queried,
      Set<String> asked,
      Map<String, Character> answers,
      boolean realAndWhole,
      boolean incomplete) {
    Instant at = now.plusSeconds(2);
    for (String address : ADDRESSES) {
      for (Zone zone : zones) {
        String pair = address + "|" + zone.shownName();
        char answer = answers.getOrDefault(pair, '-');
        if (answer == 'L') {
          open.putIfAbsent(pair, pair + "|" + at);
          seen.put(pair, at);
        } else if (open.containsKey(pair) && !seen.getOrDefault(pair, at).isAfter(started)) {
          boolean zoneGone = !configured.contains(zone);
          boolean rowGone = !asked.contains(address) && !incomplete;
          boolean readRows = !incomplete || !asked.isEmpty();
          if (answer == 'N') {
            over.add(open.remove(pair) + "|" + at + "|not_listed");
          } else if (answer == '-' && realAndWhole && readRows && (zoneGone || rowGone)) {
            over.add(open.remove(pair) + "|" + at + "|not_monitored");
          }
        }
      }
    }
    assertThat(queried).isSubsetOf(names(configured));
  }

  private Set<String> expected() {
    Set<String> expected = new TreeSet<>(over);
    open.values().forEach(interval -> expected.add(interval + "|null|null"));
    return expected;
  }

  private Set<String> found() {
    return history
        .rows("select address, zone, first_seen, ended_at, end_reason from listings")
        .stream()
        .map(row -> row.replaceAll("(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d)[.0]*", "$1T$2Z"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
