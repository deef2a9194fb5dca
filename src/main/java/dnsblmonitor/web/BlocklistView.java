package dnsblmonitor.web;

import dnsblmonitor.history.ZoneReliability;
import java.util.List;
import java.util.Optional;

/**
 * The page of one blocklist.
 *
 * @param zone empty of health if no run of the last 30 days queried it
 * @param days with runs, the latest first
 * @param moreOpen the link to the open listings that are not shown
 * @param more the link to earlier listings
 */
record BlocklistView(
    Frame frame,
    ZoneRow zone,
    List<Day> days,
    List<ListingRow> open,
    Optional<String> moreOpen,
    List<ListingRow> listings,
    Optional<String> more) {

  /** The health of the list on one day, UTC. */
  record Day(String day, ZoneRow.Health health) {

    static Day of(ZoneReliability.Day day) {
      return new Day(day.day().toString(), ZoneRow.Health.of(day.counts()));
    }
  }

  boolean hasDays() {
    return !days.isEmpty();
  }

  boolean hasOpen() {
    return !open.isEmpty();
  }

  boolean hasListings() {
    return !listings.isEmpty();
  }
}
