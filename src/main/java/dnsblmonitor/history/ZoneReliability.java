package dnsblmonitor.history;

import dnsblmonitor.domain.ZoneHealth.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The health of a zone over the runs of some time.
 *
 * @param zone its shown name
 * @param median of the medians of the latency of its runs; zero without runs
 * @param latest its health in the latest of these runs; empty without runs
 * @param openListings listings that are open now, whatever their weight
 */
public record ZoneReliability(
    String zone, Counts counts, Duration median, Optional<Latest> latest, long openListings) {

  /** The numbers of runs by status, and of lookups. */
  public record Counts(
      long healthy, long degraded, long failed, long broken, long lookups, long unknownLookups) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    public long runs() {
      return healthy + degraded + failed + broken;
    }
  }

  /**
   * The latest run that queried it.
   *
   * @param run its id in the history
   * @param at its end
   */
  public record Latest(long run, Instant at, Status status) {}

  /** The health of a zone on one day, UTC. */
  public record Day(LocalDate day, Counts counts) {}
}
