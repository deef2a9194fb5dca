package dnsblmonitor.web;

import dnsblmonitor.history.RecordedRun;
import dnsblmonitor.history.RowChange;
import dnsblmonitor.web.Words.When;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first page with a history: what is listed now, what changed, how the lists and the runs are.
 *
 * @param failed the latest run that was not skipped, if it failed or was stopped
 * @param listed the listings that are open: those that count, exceptions, held back, watch only
 * @param moreListed their number if there are more than these
 * @param rowsFailure why Postal's table cannot be read
 * @param counts the changes of the last day and week
 * @param dryRun DRY_RUN: they are changes that runs would make
 */
record OverviewView(
    Frame frame,
    Start start,
    Alive alive,
    Optional<PastRunRow> failed,
    List<ListingRow> listed,
    Optional<Integer> moreListed,
    Optional<String> rowsFailure,
    List<Counts> counts,
    boolean dryRun,
    List<ChangeRow> changes,
    List<ZoneRow> zones,
    List<PastRunRow> runs) {

  /** If the last complete run is older, something is wrong with the schedule or the history. */
  private static final Duration STALE = Duration.ofHours(1);

  /**
   * Whether complete runs are still recorded.
   *
   * @param last the end of the last complete run
   */
  record Alive(boolean stale, Optional<Long> run, Optional<When> last) {

    /**
     * A run is stale after two periods of the schedule, and after an hour at the earliest.
     *
     * @param every the period of the schedule of this server; empty if it has none
     */
    static Alive of(Optional<RecordedRun> last, Optional<Duration> every, Instant now) {
      Duration limit =
          every
              .map(period -> period.multipliedBy(2))
              .filter(twice -> twice.compareTo(STALE) > 0)
              .orElse(STALE);
      return new Alive(
          last.filter(run -> !run.end().at().isBefore(now.minus(limit))).isEmpty(),
          last.map(RecordedRun::id),
          last.map(run -> When.of(run.end().at(), now)));
    }
  }

  /** The numbers of changes of one kind. */
  record Counts(String what, long day, long week) {

    static List<Counts> of(Map<RowChange.Type, Long> day, Map<RowChange.Type, Long> week) {
      return List.of(RowChange.Type.values()).stream()
          .map(type ->
              new Counts(
                  ChangeRow.what(type), day.getOrDefault(type, 0L), week.getOrDefault(type, 0L)))
          .toList();
    }
  }

  boolean hasListed() {
    return !listed.isEmpty();
  }

  /** The lists whose pages have the rest. */
  List<ZoneRow> listing() {
    return zones.stream().filter(zone -> zone.listings() > 0).toList();
  }

  boolean hasChanges() {
    return !changes.isEmpty();
  }

  boolean hasZones() {
    return !zones.isEmpty();
  }

  boolean hasRuns() {
    return !runs.isEmpty();
  }
}
