package dnsblmonitor.web;

import dnsblmonitor.domain.Zone;
import dnsblmonitor.history.ZoneReliability;
import dnsblmonitor.history.ZoneReliability.Counts;
import dnsblmonitor.web.Words.When;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The reliability of a blocklist on a page.
 *
 * @param note its role, and whether it is no longer configured
 * @param status in the latest run
 */
record ZoneRow(
    String zone,
    Optional<String> note,
    Health health,
    String median,
    Optional<When> latest,
    String status,
    long listings) {

  /**
   * The health over some runs.
   *
   * @param barWidth the share of healthy runs, 0-100
   * @param summary the runs, with those that were not healthy
   */
  record Health(long runs, long barWidth, String healthy, String summary, String unknown) {

    static Health of(Counts counts) {
      return new Health(
          counts.runs(),
          counts.runs() == 0 ? 0 : 100 * counts.healthy() / counts.runs(),
          Words.percent(counts.healthy(), counts.runs()),
          summary(counts),
          Words.percent(counts.unknownLookups(), counts.lookups()));
    }

    private static String summary(Counts counts) {
      StringBuilder summary = new StringBuilder("%d runs".formatted(counts.runs()));
      append(summary, counts.degraded(), "degraded");
      append(summary, counts.failed(), "failed");
      append(summary, counts.broken(), "broken");
      return summary.toString();
    }

    private static void append(StringBuilder summary, long number, String word) {
      if (number > 0) {
        summary.append(", ").append(number).append(' ').append(word);
      }
    }
  }

  static ZoneRow of(ZoneReliability zone, List<Zone> configured, Instant now) {
    return new ZoneRow(
        zone.zone(),
        note(zone.zone(), configured),
        Health.of(zone.counts()),
        zone.counts().runs() == 0 ? "-" : Words.millis(zone.median()),
        zone.latest().map(latest -> When.of(latest.at(), now)),
        zone.latest().map(latest -> Words.word(latest.status())).orElse("none"),
        zone.openListings());
  }

  /** The role of a list; says so if the settings do not have it. */
  static Optional<String> note(String name, List<Zone> configured) {
    return configured.stream()
        .filter(zone -> zone.shownName().equals(name))
        .findFirst()
        .map(Words::role)
        .orElse(Optional.of("no longer in DNSBL_ZONES"));
  }
}
