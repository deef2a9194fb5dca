package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.history.RecordedListing.EndReason;
import dnsblmonitor.history.RunAnswers.AddressInZone;
import dnsblmonitor.history.RunAnswers.Listing;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the open listings in line with what a run found (R36). Level-triggered: what one run could
 * not write, the next one does.
 */
final class ListingIntervals {

  /** Listings that one run opens, or changes in more than their time, so that it ends in time. */
  static final int MAX_WRITES = 20_000;

  private static final String CONFIRM =
      "update listings set last_seen = ? where last_seen < ? and id in (%s)";

  private static final String UPDATE =
      """
      update listings set last_seen = ?, counts_as = ?, weight = ?, return_codes = ?, reason = ?,
        ticket = ?, ticket_url = ? where id = ?
      """;

  private static final String UPDATE_TICKET =
      "update listings set ticket = ?, ticket_url = ? where id = ?";

  private static final String END =
      "update listings set is_open = null, ended_at = ?, end_reason = ? where id in (%s)";

  private static final String OPEN =
      """
      insert into listings (address, zone, is_open, first_seen, last_seen, counts_as, weight,
        return_codes, reason, ticket, ticket_url)
      values (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final HistoryStatements statements;
  private final RunRecord run;
  private final Set<String> configured;
  private final Set<String> queried;
  private int writes;

  ListingIntervals(HistoryStatements statements, RunRecord run) {
    this.statements = statements;
    this.run = run;
    this.configured = names(run.scope().configured());
    this.queried = names(run.scope().zones());
  }

  private static Set<String> names(List<Zone> zones) {
    return zones.stream().map(Zone::shownName).collect(Collectors.toSet());
  }

  /** An open listing as it is in the table. */
  private record Open(
      long id,
      AddressInZone key,
      Instant lastSeen,
      CountsAs countsAs,
      int weight,
      String returnCodes,
      @Nullable String reason,
      @Nullable String ticket,
      @Nullable String ticketUrl) {}

  void write() throws SQLException {
    List<Long> confirmed = new ArrayList<>();
    Map<EndReason, List<Long>> ended = new EnumMap<>(EndReason.class);
    Set<AddressInZone> open = new HashSet<>();
    try (HistoryStatements.Batch update = statements.batch(UPDATE);
        HistoryStatements.Batch updateTicket = statements.batch(UPDATE_TICKET)) {
      for (Open listing : open()) {
        open.add(listing.key());
        @Nullable Listing found = run.answers().listings().get(listing.key());
        Optional<EndReason> end = end(listing);
        if (found != null) {
          if (!update(update, listing, found)) {
            confirmed.add(listing.id());
          }
        } else if (end.isPresent()) {
          ended.computeIfAbsent(end.get(), _ -> new ArrayList<>()).add(listing.id());
        } else {
          updateTicket(updateTicket, listing);
        }
      }
      update.send();
      updateTicket.send();
    }
    statements.execute(CONFIRM, confirmed, run.end().at(), run.end().at());
    for (Map.Entry<EndReason, List<Long>> some : ended.entrySet()) {
      statements.execute(END, some.getValue(), run.end().at(), some.getKey());
    }
    openNew(open);
  }

  private List<Open> open() throws SQLException {
    return new HistoryQuery(
            """
            select id, address, zone, last_seen, counts_as, weight, return_codes, reason, ticket,
              ticket_url
            from listings
            """)
        .where("is_open = 1")
        .list(
            statements.connection(),
            row ->
                new Open(
                    row.getLong("id"),
                    new AddressInZone(
                        Ipv4Address.of(row.getString("address")), row.getString("zone")),
                    HistoryQuery.time(row, "last_seen"),
                    HistoryQuery.constant(CountsAs.class, row.getString("counts_as")),
                    row.getInt("weight"),
                    row.getString("return_codes"),
                    row.getString("reason"),
                    row.getString("ticket"),
                    row.getString("ticket_url")));
  }

  /** Whether more than its time changed, and is written. */
  private boolean update(HistoryStatements.Batch update, Open listing, Listing found)
      throws SQLException {
    Listed listed = found.listed();
    // a reason that could not be fetched this time is kept
    @Nullable String reason = listed.reason().map(statements::text).orElse(listing.reason());
    Optional<Ticket> ticket = ticket(listing.key());
    @Nullable String key = ticket.map(Ticket::key).orElse(listing.ticket());
    @Nullable String page = ticket.isPresent() ? page(ticket) : listing.ticketUrl();
    boolean same =
        listing.countsAs() == found.countsAs()
            && listing.weight() == listed.weight()
            && listing.returnCodes().equals(codes(listed))
            && Objects.equals(listing.reason(), reason)
            && Objects.equals(listing.ticket(), key)
            && Objects.equals(listing.ticketUrl(), page);
    if (same || ++writes > MAX_WRITES) {
      return false;
    }
    Instant end = run.end().at();
    update.add(
        end.isBefore(listing.lastSeen()) ? listing.lastSeen() : end, // clocks differ
        found.countsAs(),
        listed.weight(),
        codes(listed),
        reason,
        key,
        page,
        listing.id());
    return true;
  }

  /** A list that did not answer still lists it, so the ticket may be new. */
  private void updateTicket(HistoryStatements.Batch update, Open listing) throws SQLException {
    Optional<Ticket> ticket = ticket(listing.key());
    if (ticket.isPresent() && !ticket.get().key().equals(listing.ticket())) {
      update.add(ticket.get().key(), page(ticket), listing.id());
    }
  }

  /**
   * Why the listing is over; empty if it is not, or the run cannot tell: another run has confirmed
   * it since this one started.
   */
  private Optional<EndReason> end(Open listing) {
    AddressInZone key = listing.key();
    if (listing.lastSeen().isAfter(run.startedAt())) {
      return Optional.empty();
    }
    if (!configured.contains(key.zone())) {
      return run.endsWhatIsGone() ? Optional.of(EndReason.NOT_MONITORED) : Optional.empty();
    }
    if (!queried.contains(key.zone())) {
      return Optional.empty();
    }
    return switch (run.answers().of(key)) {
      case NOT_LISTED -> Optional.of(EndReason.NOT_LISTED);
      case NOT_CHECKED ->
          run.endsWhatIsGone() && run.complete()
              ? Optional.of(EndReason.NOT_MONITORED)
              : Optional.empty();
      case LISTED, UNKNOWN -> Optional.empty();
    };
  }

  private void openNew(Set<AddressInZone> open) throws SQLException {
    try (HistoryStatements.Batch batch = statements.batch(OPEN)) {
      for (Map.Entry<AddressInZone, Listing> found : run.answers().listings().entrySet()) {
        AddressInZone key = found.getKey();
        if (!open.contains(key) && ++writes <= MAX_WRITES) {
          Listed listed = found.getValue().listed();
          Optional<Ticket> ticket = ticket(key);
          batch.add(
              key.address(),
              new HistoryStatements.Key(key.zone()),
              run.end().at(),
              run.end().at(),
              found.getValue().countsAs(),
              listed.weight(),
              codes(listed),
              listed.reason(),
              ticket.map(Ticket::key),
              page(ticket));
        }
      }
      batch.send();
    }
  }

  private Optional<Ticket> ticket(AddressInZone key) {
    return Optional.ofNullable(run.tickets().get(key.address()));
  }

  private static @Nullable String page(Optional<Ticket> ticket) {
    return ticket.flatMap(Ticket::page).map(Object::toString).orElse(null);
  }

  private static String codes(Listed listed) {
    return listed.answers().stream()
        .map(Ipv4Address::toString)
        .limit(100)
        .collect(Collectors.joining(", "));
  }
}
