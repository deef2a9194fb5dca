package dnsblmonitor.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time in which a run may check addresses, leaving enough to write rows and tickets (R7b).
 *
 * @param deadline of the whole run, since its start
 * @param zoneRate lookups a second in each zone, 0 = no limit
 */
public record CheckingTime(Duration deadline, int zoneRate) {

  private static final Duration MAX_RESERVE = Duration.ofSeconds(60);

  /** The multiples of it modulo 1 are always evenly spread. */
  private static final double GOLDEN_RATIO = 0.618034;

  private static final long QUARTER_HOUR = Duration.ofMinutes(15).toSeconds();

  /** From the start of the run to the end of checking. */
  public Duration end() {
    Duration quarter = deadline.dividedBy(4);
    return deadline.minus(quarter.compareTo(MAX_RESERVE) < 0 ? quarter : MAX_RESERVE);
  }

  /** The part of it available for lookups, after the server's start and the zones' probes. */
  private Duration forLookups() {
    return end().multipliedBy(9).dividedBy(10);
  }

  /** What is wrong and what to do, if that many lookups per zone do not fit. */
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
   * Where a run that cannot check all rows starts, so that over several runs each row is checked.
   *
   * @param start of the run
   */
  public static long firstId(long lowestId, long highestId, Instant start) {
    long quarterHours = start.getEpochSecond() / QUARTER_HOUR;
    double fraction = quarterHours * GOLDEN_RATIO % 1;
    return lowestId + (long) (fraction * (highestId - lowestId + 1));
  }
}
