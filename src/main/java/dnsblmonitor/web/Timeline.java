package dnsblmonitor.web;

import dnsblmonitor.history.Page;
import dnsblmonitor.history.RecordedListing;
import dnsblmonitor.web.Words.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A picture of listings over time: a lane for each list, a bar for each listing. In pixels of a
 * picture {@value #WIDTH} wide.
 *
 * @param summary the picture in words
 * @param latest the number of listings that it shows if there are earlier ones
 */
record Timeline(
    String summary,
    Optional<Integer> latest,
    int height,
    String from,
    String until,
    List<Lane> lanes) {

  private static final int WIDTH = 800;
  private static final int LANE = 34;
  private static final int TEXT = 12;
  private static final int BAR = 16;
  private static final Duration SHORTEST = Duration.ofDays(30);

  /** A list's part of the picture. */
  record Lane(String label, int textY, int barY, List<Bar> bars) {}

  /** A listing; {@code open} if it is not over. */
  record Bar(long x, long width, boolean open, String words) {}

  /** A picture of some listings; of the latest, if the page has a next one. */
  static Timeline of(String address, Page<RecordedListing> page, Instant now) {
    List<RecordedListing> listings = page.items();
    Instant from =
        listings.stream()
            .map(RecordedListing::firstSeen)
            .min(Instant::compareTo)
            .filter(first -> first.isBefore(now.minus(SHORTEST)))
            .orElse(now.minus(SHORTEST));
    Map<String, List<RecordedListing>> byZone = new TreeMap<>();
    listings.forEach(
        listing -> byZone.computeIfAbsent(label(listing), _ -> new ArrayList<>()).add(listing));
    List<Lane> lanes = new ArrayList<>();
    byZone.forEach((zone, some) ->
        lanes.add(
            new Lane(
                zone,
                lanes.size() * LANE + TEXT,
                lanes.size() * LANE + BAR,
                some.stream().map(listing -> bar(listing, from, now)).toList())));
    long open = listings.stream().filter(listing -> listing.end().isEmpty()).count();
    return new Timeline(
        "%s of %s from %s to %s: %d on %d %s, of which %d %s still open. The table below has each one."
            .formatted(
                page.next().isPresent() ? "Latest listings" : "Listings",
                address,
                day(from),
                day(now),
                listings.size(),
                byZone.size(),
                byZone.size() == 1 ? "list" : "lists",
                open,
                open == 1 ? "is" : "are"),
        page.next().map(_ -> listings.size()),
        byZone.size() * LANE + LANE,
        day(from),
        day(now),
        lanes);
  }

  /** The y of the line under the lanes, and of its labels. */
  int axisY() {
    return height - LANE + BAR / 2;
  }

  int labelY() {
    return height - BAR / 2;
  }

  private static String label(RecordedListing listing) {
    return listing.weight() < 0 ? listing.zone() + " (allowlist)" : listing.zone();
  }

  private static Bar bar(RecordedListing listing, Instant from, Instant now) {
    Instant end = listing.end().map(RecordedListing.End::at).orElse(now);
    double pixel = WIDTH / (double) Math.max(1, Duration.between(from, now).toMillis());
    long x = Math.round(Duration.between(from, listing.firstSeen()).toMillis() * pixel);
    long width = Math.round(Duration.between(listing.firstSeen(), end).toMillis() * pixel);
    return new Bar(
        Math.clamp(x, 0, WIDTH - 2),
        Math.clamp(width, 2, WIDTH),
        listing.end().isEmpty(),
        "%s: from %s %s"
            .formatted(
                listing.zone(),
                Moment.of(listing.firstSeen()).text(),
                listing
                    .end()
                    .map(over -> "to " + Moment.of(over.at()).text())
                    .orElse("until now")));
  }

  private static String day(Instant time) {
    return Moment.of(time).machine().substring(0, 10);
  }
}
