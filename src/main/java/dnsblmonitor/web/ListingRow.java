package dnsblmonitor.web;

import dnsblmonitor.domain.IpState;
import dnsblmonitor.domain.KnownLists;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.history.CountsAs;
import dnsblmonitor.history.RecordedListing;
import dnsblmonitor.history.RecordedListing.EndReason;
import dnsblmonitor.web.Words.When;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A listing on a page.
 *
 * @param since when it was first seen; empty if only Postal's table knows it
 * @param unconfirmed when it was last seen, if a later complete run did not get an answer
 * @param counts how it counts, in words
 * @param lasted for how long, and how it ended
 * @param reason the TXT record
 * @param lookup the page of the list on which its removal is requested
 * @param edited what was edited in the row of the address
 */
record ListingRow(
    String address,
    Optional<String> hostname,
    String pool,
    String zone,
    Optional<When> since,
    Optional<When> unconfirmed,
    String counts,
    String lasted,
    String codes,
    Optional<String> reason,
    Optional<TicketLink> ticket,
    Optional<String> lookup,
    Optional<String> edited) {

  /**
   * What a row is made with.
   *
   * @param lastComplete the end of the last complete run
   * @param listedPriority LISTED_PRIORITY
   */
  record Context(Instant now, Optional<Instant> lastComplete, int listedPriority) {}

  /**
   * A listing of the history.
   *
   * @param rows of the address in Postal's table; none if they were not read or are gone
   */
  static ListingRow of(RecordedListing listing, List<MonitoredIp> rows, Context context) {
    boolean confirmed =
        listing.end().isPresent()
            || context.lastComplete().filter(listing.lastSeen()::isBefore).isEmpty();
    return new ListingRow(
        listing.address().toString(),
        hostname(rows),
        pool(rows),
        listing.zone(),
        Optional.of(When.of(listing.firstSeen(), context.now())),
        confirmed ? Optional.empty() : Optional.of(When.of(listing.lastSeen(), context.now())),
        counts(listing.countsAs(), listing.weight()),
        lasted(listing, context.now()),
        listing.codes(),
        listing.reason(),
        listing.ticket().map(TicketLink::of),
        KnownLists.lookupPage(listing.zone(), listing.address()).map(URI::toString),
        rows.stream()
            .map(row -> edited(row, context.listedPriority()))
            .flatMap(Optional::stream)
            .findFirst());
  }

  /** A listing that only the row knows. */
  static ListingRow unrecorded(MonitoredIp row, String zone, Context context) {
    return new ListingRow(
        row.address().toString(),
        row.hostname(),
        pool(List.of(row)),
        zone,
        Optional.empty(),
        Optional.empty(),
        "only in Postal's table",
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        KnownLists.lookupPage(zone, row.address()).map(URI::toString),
        Optional.of(
            edited(row, context.listedPriority())
                .map(text -> text + "; not recorded by a run")
                .orElse("set by hand, or not recorded by a run yet")));
  }

  /** A CSS class: only what counts stands out. */
  String countsClass() {
    return counts.equals("counts") ? "listed" : "none";
  }

  /** What was edited in a row that the monitor had throttled (R6a); empty if nothing was. */
  static Optional<String> edited(MonitoredIp row, int listedPriority) {
    return switch (row.state()) {
      case IpState.Throttled(int priority, _, _) ->
          priority == listedPriority
              ? Optional.empty()
              : Optional.of("priority %d set by hand".formatted(priority));
      case IpState.Clean(_, var leftOver) -> leftOver.map(_ -> "blockingLists emptied by hand");
    };
  }

  static String counts(CountsAs countsAs, int weight) {
    return switch (countsAs) {
      case COUNTED -> weight < 0 ? "allowlist" : "counts";
      case WATCH_ONLY -> "watch only";
      case HELD_BACK -> "held back";
      case EXCEPTED -> "exception";
    };
  }

  private static String lasted(RecordedListing listing, Instant now) {
    return listing
        .end()
        .map(end ->
            "%s, %s"
                .formatted(
                    Words.lasted(Duration.between(listing.firstSeen(), end.at())),
                    end.why() == EndReason.NOT_LISTED ? "delisted" : "no longer monitored"))
        .orElseGet(() ->
            "%s, still listed".formatted(Words.lasted(Duration.between(listing.firstSeen(), now))));
  }

  private static Optional<String> hostname(List<MonitoredIp> rows) {
    return rows.stream().map(MonitoredIp::hostname).flatMap(Optional::stream).findFirst();
  }

  private static String pool(List<MonitoredIp> rows) {
    return rows.stream()
        .map(MonitoredIp::poolId)
        .flatMap(Optional::stream)
        .findFirst()
        .map(Object::toString)
        .orElse("");
  }
}
