package dnsblmonitor.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a run checks addresses, so that it can still write and ticket what it found (R7b).
 *
 * @param deadline of the whole run, since its start
 * @param zoneRate lookups a second in each zone, 0 = no limit
 */
public record CheckingTime(Duration deadline, int zoneRate) {

  private static final Duration MAX_RESERVE = Duration.ofSeconds(60);

  /** Successive multiples of it modulo 1 spread evenly, however many there are. */
  private static final double GOLDEN_RATIO = 0.618034;

  private static final long QUARTER_HOUR = Duration.ofMinutes(15).toSeconds();

  /** From the start of the run until it stops checking. */
  public Duration end() {
    Duration quarter = deadline.dividedBy(4);
    return deadline.minus(quarter.compareTo(MAX_RESERVE) < 0 ? quarter : MAX_RESERVE);
  }

  /** Of that, what lookups can use: the server starts, and zones are probed, before them. */
  private Duration forLookups() {
    return end().multipliedBy(9).dividedBy(10);
  }

  /** What is wrong and what to do, if so many lookups in each zone do not fit. */
  public Optional<String> shortage(long lookups) {
    if (zoneRate == 0) {
      return Optional.empty();
    }
    Duration needed = Duration.ofSeconds(Math.ceilDiv(lookups, zoneRate));
    return needed.compareTo(forLookups()) <= 0
        ? Optional.empty()
        : Optional.of(
            "%d lookups per zone take %s with DNS_ZONE_RATE=%d, more than the %s that RUN_DEADLINE=%s leaves for them; raise one of the two"
                .formatted(lookups, needed, zoneRate, forLookups(), deadline));
  }

  /**
   * Where a run begins that cannot check all rows: so that, over the runs, each row gets its turn.
   *
   * @param start of the run
   */
  public static long firstId(long lowestId, long highestId, Instant start) {
    long quarterHours = start.getEpochSecond() / QUARTER_HOUR;
    double fraction = quarterHours * GOLDEN_RATIO % 1;
    return lowestId + (long) (fraction * (highestId - lowestId + 1));
  }
}
