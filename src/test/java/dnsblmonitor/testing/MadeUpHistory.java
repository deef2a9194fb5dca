package dnsblmonitor.testing;

import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.history.HistorySettings;
import dnsblmonitor.history.HistoryWriter;
import dnsblmonitor.history.Records;
import dnsblmonitor.history.RunRecord.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Thirty made-up days of a deployment with two blocklists, one run an hour, marked as made up. At
 * their end nothing is listed, so that the next run finds what it finds.
 */
public final class MadeUpHistory {

  private static final int DAYS = 30;
  private static final int HOURS_A_DAY = 24;
  private static final String REMARK = "made up for the test environment";
  private static final List<Zone> ZONES = ZoneList.parse("zen.example,bl.example");

  /** A listing from {@code begin} on for {@code hours}; hours since the start. */
  private record Listed(String address, int zone, int begin, int hours) {
    boolean at(int hour) {
      return hour >= begin && hour < begin + hours;
    }
  }

  private static final List<Listed> LISTINGS =
      List.of(
          new Listed("203.0.113.9", 0, day(3), 40),
          new Listed("203.0.113.6", 0, day(11), 7),
          new Listed("203.0.113.7", 1, day(19), 50),
          new Listed("203.0.113.7", 0, day(20), 60),
          new Listed("203.0.113.7", 0, day(26) + 5, 30));

  private static final int SILENT_SINCE = day(14);
  private static final int JIRA_DOWN_SINCE = day(8) + 6;

  private final HistoryWriter writer;
  private final Instant start;
  private final Map<String, RowValues> table = new HashMap<>();

  private MadeUpHistory(HistorySettings settings, Instant now) {
    this.writer = new HistoryWriter(settings, Redaction.NONE, Set.of());
    this.start = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(DAYS));
  }

  /** Writes them, up to an hour ago. */
  public static void write(HistorySettings settings, Instant now) {
    MadeUpHistory made = new MadeUpHistory(settings, now);
    for (int hour = 0; hour < day(DAYS); hour++) {
      made.write(hour);
    }
  }

  private static int day(int number) {
    return number * HOURS_A_DAY;
  }

  private void write(int hour) {
    Instant at = start.plus(Duration.ofHours(hour));
    writer.write(run(at, hour).startedBy(StartedBy.SCHEDULE).record());
    if (hour == day(12) + 9) {
      write(new HashMap<>(table), at, hour, "by hand, to see what it would do");
    }
  }

  /** Somebody's dry run a few minutes later. */
  private void write(Map<String, RowValues> copy, Instant at, int hour, String why) {
    Records dry = Records.at(at.plusSeconds(600), ZONES).dry().startedBy(StartedBy.USER);
    addresses(hour).forEach(address -> dry.row(copy, address, words(address, hour)));
    writer.write(dry.remark(REMARK + "; " + why).record());
  }

  private Records run(Instant at, int hour) {
    Records run = Records.at(at, ZONES).remark(REMARK);
    addresses(hour).forEach(address -> run.row(table, address, words(address, hour)));
    LISTINGS.stream()
        .filter(listed -> listed.at(hour))
        .forEach(listed -> run.ticket(listed.address(), "DEMO-" + (LISTINGS.indexOf(listed) + 1)));
    if (hour >= JIRA_DOWN_SINCE && hour < JIRA_DOWN_SINCE + 3) {
      run.ended(1, "cannot reach Jira: connection refused. Check JIRA_SERVER");
    }
    return run;
  }

  /** One of them was taken out of Postal. */
  private static Set<String> addresses(int hour) {
    return hour < day(10)
        ? Set.of("203.0.113.6", "203.0.113.7", "203.0.113.9")
        : Set.of("203.0.113.6", "203.0.113.7");
  }

  private static String words(String address, int hour) {
    StringBuilder words = new StringBuilder();
    for (int zone = 0; zone < ZONES.size(); zone++) {
      int asked = zone;
      boolean listed =
          LISTINGS.stream()
              .anyMatch(it -> it.address().equals(address) && it.zone() == asked && it.at(hour));
      boolean silent = zone == 1 && hour >= SILENT_SINCE && hour < SILENT_SINCE + HOURS_A_DAY;
      words.append(silent ? 'U' : listed ? 'L' : 'N');
    }
    return words.toString();
  }
}
