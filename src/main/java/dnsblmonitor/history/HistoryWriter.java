package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneHealth;
import dnsblmonitor.history.RunAnswers.AddressInZone;
import dnsblmonitor.history.RunAnswers.Listing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/**
 * Writes runs to the history (R36): each in one transaction, one run at a time, within {@value
 * #LIMIT_SECONDS} s. Listings are level-triggered: what is open is compared with what the run
 * found.
 */
public final class HistoryWriter {

  private static final int LIMIT_SECONDS = 10;

  /** A statement's limit of parameters, with room. */
  private static final int IDS_AT_ONCE = 1_000;

  /** Shorter than MariaDB's {@code text}, 65,535 bytes, in any encoding. */
  private static final int MAX_TEXT = 16_000;

  /** So that a shorter retention does not make one run delete for longer than its limit. */
  private static final int RUNS_DELETED_AT_ONCE = 500;

  private final HistorySettings settings;
  private final Redaction redaction;

  /**
   * @param redaction of secrets that third-party texts may contain (R32)
   */
  public HistoryWriter(HistorySettings settings, Redaction redaction) {
    this.settings = settings;
    this.redaction = redaction;
  }

  /** The database for messages, without a login. */
  public String target() {
    return settings.database().target();
  }

  /**
   * Writes a run.
   *
   * @throws HistoryException if it could not be written; then nothing of it was, except if only the
   *     answer to the commit was lost
   */
  public void write(RunRecord run) {
    try (HistoryDatabase database =
        new HistoryDatabase(settings, Duration.ofSeconds(LIMIT_SECONDS))) {
      database.call(connection -> {
        new Writing(connection, run).write();
        return run;
      });
    }
  }

  /** An open listing as it is in the table. */
  private record Open(
      long id,
      AddressInZone key,
      Instant lastSeen,
      String countsAs,
      int weight,
      String returnCodes,
      @Nullable String reason,
      @Nullable String ticket,
      @Nullable String ticketUrl) {}

  private final class Writing {

    private final Connection connection;
    private final RunRecord run;

    Writing(Connection connection, RunRecord run) {
      this.connection = connection;
      this.run = run;
    }

    void write() throws SQLException {
      lockAndClaim();
      long id = insertRun();
      insertChanges(id);
      insertHealth(id);
      writeListings();
      deleteOld();
    }

    /** Two runs that end at once write one after the other. The first one makes it its own. */
    private void lockAndClaim() throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.executeQuery("select name from deployment where id = 1 for update").close();
      }
      execute(
          "update deployment set name = ? where id = 1 and name is null", settings.deployment());
    }

    private long insertRun() throws SQLException {
      RunTotals totals = run.totals();
      String sql =
          """
          insert into runs (run_id, started_at, ended_at, started_by, dry_run, partial_run, complete,
            outcome, exit_code, message, remark, rows_read, rows_invalid, rows_unchanged,
            rows_protected, listed_now, newly_listed, listing_changed, restored, conflicts, drifted, lookups, unknown_lookups, tickets_created,
            tickets_updated)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """;
      try (PreparedStatement insert = connection.prepareStatement(sql, new String[] {"id"})) {
        set(
            insert,
            run.runId(),
            time(run.startedAt()),
            time(run.end().at()),
            word(run.startedBy()),
            run.dryRun(),
            run.scope().isPart(),
            run.complete(),
            word(run.end().outcome()),
            run.end().exitCode(),
            text(run.end().message()),
            text(run.remark()),
            totals.rows(),
            totals.invalid(),
            totals.unchanged(),
            totals.protectedRows(),
            totals.listedNow(),
            totals.newlyListed(),
            totals.changed(),
            totals.restored(),
            totals.conflicts(),
            totals.drifted(),
            totals.lookups(),
            totals.unknownLookups(),
            run.ticketsCreated(),
            run.ticketsUpdated());
        insert.executeUpdate();
        try (ResultSet keys = insert.getGeneratedKeys()) {
          keys.next();
          return keys.getLong(1);
        }
      }
    }

    private void insertChanges(long id) throws SQLException {
      String sql =
          """
          insert into row_changes (run, row_id, address, change_type, old_priority, new_priority,
            old_blocklists, new_blocklists)
          values (?, ?, ?, ?, ?, ?, ?, ?)
          """;
      try (Batch batch = new Batch(sql)) {
        for (RowChange change : run.changes()) {
          batch.add(
              id,
              change.rowId(),
              change.address().toString(),
              word(change.type()),
              change.before().priority(),
              change.after().priority(),
              names(change.before().listingZones()),
              names(change.after().listingZones()));
        }
        batch.send();
      }
    }

    private void insertHealth(long id) throws SQLException {
      String sql =
          """
          insert into zone_health (run, zone, status, probe, listed, not_listed, unknown_lookups,
            unknown_reasons, median_ms, p99_ms)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """;
      try (Batch batch = new Batch(sql)) {
        for (ZoneHealth zone : run.health()) {
          batch.add(
              id,
              zone.zone().shownName(),
              word(zone.status()),
              zone.probe().label(),
              zone.listed(),
              zone.notListed(),
              zone.unknowns(),
              zone.unknown().entrySet().stream()
                  .map(reason -> reason.getKey().label() + " " + reason.getValue())
                  .collect(Collectors.joining(", ")),
              zone.median().toMillis(),
              zone.percentile99().toMillis());
        }
        batch.send();
      }
    }

    private void writeListings() throws SQLException {
      Set<String> configured = zones(run.scope().configured());
      Set<String> queried = zones(run.scope().zones());
      List<Long> seen = new ArrayList<>();
      Set<AddressInZone> open = new HashSet<>();
      try (Batch update = new Batch(UPDATE);
          Batch end = new Batch(END)) {
        for (Open listing : open()) {
          open.add(listing.key());
          @Nullable Listing found = run.answers().listings().get(listing.key());
          if (found != null) {
            if (!update(update, listing, found)) {
              seen.add(listing.id());
            }
            continue;
          }
          Optional<String> over = over(listing.key(), configured, queried);
          if (over.isPresent()) {
            end.add(later(listing.lastSeen()), over.get(), listing.id());
          } else {
            updateTicket(listing);
          }
        }
        update.send();
        end.send();
      }
      touch(seen);
      insertListings(open);
    }

    private static final String UPDATE =
        """
        update listings set last_seen = ?, counts_as = ?, weight = ?, return_codes = ?, reason = ?,
          ticket = ?, ticket_url = ? where id = ?
        """;

    private static final String END =
        "update listings set is_open = null, ended_at = ?, end_reason = ? where id = ?";

    private List<Open> open() throws SQLException {
      List<Open> open = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  """
                  select id, address, zone, last_seen, counts_as, weight, return_codes, reason,
                    ticket, ticket_url
                  from listings where is_open = 1
                  """)) {
        while (row.next()) {
          open.add(
              new Open(
                  row.getLong(1),
                  new AddressInZone(Ipv4Address.of(row.getString(2)), row.getString(3)),
                  row.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                  row.getString(5),
                  row.getInt(6),
                  row.getString(7),
                  row.getString(8),
                  row.getString(9),
                  row.getString(10)));
        }
      }
      return open;
    }

    /** Whether more than its last time changed. */
    private boolean update(Batch update, Open listing, Listing found) throws SQLException {
      Listed listed = found.listed();
      // a reason that could not be fetched this time is kept
      @Nullable String reason =
          listed.reason().isPresent() ? text(listed.reason()) : listing.reason();
      Optional<Ticket> ticket = ticket(listing.key());
      @Nullable String key = ticket.map(Ticket::key).orElse(listing.ticket());
      @Nullable String page = ticket.isPresent() ? page(ticket) : listing.ticketUrl();
      if (listing.countsAs().equals(found.countsAs().column())
          && listing.weight() == listed.weight()
          && listing.returnCodes().equals(codes(listed))
          && Objects.equals(listing.reason(), reason)
          && Objects.equals(listing.ticket(), key)
          && Objects.equals(listing.ticketUrl(), page)) {
        return false;
      }
      update.add(
          later(listing.lastSeen()),
          found.countsAs().column(),
          listed.weight(),
          codes(listed),
          reason,
          key,
          page,
          listing.id());
      return true;
    }

    /** A list that did not answer still lists it, so the ticket may be new. */
    private void updateTicket(Open listing) throws SQLException {
      Optional<Ticket> ticket = ticket(listing.key());
      if (ticket.isPresent() && !ticket.get().key().equals(listing.ticket())) {
        execute(
            "update listings set ticket = ?, ticket_url = ? where id = ?",
            ticket.get().key(),
            page(ticket),
            listing.id());
      }
    }

    /** Why the listing is over; empty if it is not, or the run cannot tell (R36). */
    private Optional<String> over(AddressInZone key, Set<String> configured, Set<String> queried) {
      if (!configured.contains(key.zone())) {
        return run.endsWhatIsGone() ? Optional.of("not_monitored") : Optional.empty();
      }
      if (!queried.contains(key.zone())) {
        return Optional.empty();
      }
      return switch (run.answers().of(key)) {
        case NOT_LISTED -> Optional.of("not_listed");
        case NOT_CHECKED ->
            run.endsWhatIsGone() && run.complete()
                ? Optional.of("not_monitored")
                : Optional.empty();
        case LISTED, UNKNOWN -> Optional.empty();
      };
    }

    private void touch(List<Long> ids) throws SQLException {
      for (List<Long> some : ids.stream().gather(Gatherers.windowFixed(IDS_AT_ONCE)).toList()) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(time(run.end().at()));
        values.add(time(run.end().at()));
        values.addAll(some);
        execute(
            "update listings set last_seen = ? where last_seen < ? and id in (%s)"
                .formatted(some.stream().map(_ -> "?").collect(Collectors.joining(","))),
            values.toArray());
      }
    }

    private void insertListings(Set<AddressInZone> open) throws SQLException {
      String sql =
          """
          insert into listings (address, zone, is_open, first_seen, last_seen, counts_as, weight,
            return_codes, reason, ticket, ticket_url)
          values (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)
          """;
      try (Batch batch = new Batch(sql)) {
        for (Map.Entry<AddressInZone, Listing> found : run.answers().listings().entrySet()) {
          AddressInZone key = found.getKey();
          if (!open.contains(key)) {
            Listed listed = found.getValue().listed();
            Optional<Ticket> ticket = ticket(key);
            batch.add(
                key.address().toString(),
                key.zone(),
                time(run.end().at()),
                time(run.end().at()),
                found.getValue().countsAs().column(),
                listed.weight(),
                codes(listed),
                text(listed.reason()),
                ticket.map(Ticket::key).orElse(null),
                page(ticket));
          }
        }
        batch.send();
      }
    }

    private Optional<Ticket> ticket(AddressInZone key) {
      return Optional.ofNullable(run.tickets().get(key.address()));
    }

    /** The end of this run; clocks of machines differ. */
    private LocalDateTime later(Instant lastSeen) {
      return time(run.end().at().isBefore(lastSeen) ? lastSeen : run.end().at());
    }

    /** Changes and health of a deleted run are deleted with it. */
    private void deleteOld() throws SQLException {
      LocalDateTime oldest = time(run.end().at().minus(settings.retention()));
      long last;
      try (PreparedStatement query =
          connection.prepareStatement(
              "select max(id) from (select id from runs where started_at < ? order by id limit %d) as old"
                  .formatted(RUNS_DELETED_AT_ONCE))) {
        set(query, oldest);
        try (ResultSet row = query.executeQuery()) {
          row.next();
          last = row.getLong(1);
        }
      }
      if (last > 0) {
        execute("delete from runs where id <= ? and started_at < ?", last, oldest);
      }
      execute("delete from listings where ended_at < ?", oldest);
    }

    private void execute(String sql, @Nullable Object... values) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        set(statement, values);
        statement.executeUpdate();
      }
    }

    /** A statement that is prepared when it is needed first, and sent in portions. */
    private final class Batch implements AutoCloseable {

      private final String sql;
      private @Nullable PreparedStatement statement;
      private int waiting;

      Batch(String sql) {
        this.sql = sql;
      }

      void add(@Nullable Object... values) throws SQLException {
        if (statement == null) {
          statement = connection.prepareStatement(sql);
        }
        set(statement, values);
        statement.addBatch();
        if (++waiting == IDS_AT_ONCE) {
          statement.executeBatch();
          waiting = 0;
        }
      }

      /** Sends the rest. */
      void send() throws SQLException {
        if (statement != null && waiting > 0) {
          statement.executeBatch();
        }
      }

      @Override
      public void close() throws SQLException {
        if (statement != null) {
          statement.close();
        }
      }
    }
  }

  private static void set(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static LocalDateTime time(Instant instant) {
    return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Set<String> zones(List<Zone> zones) {
    return zones.stream().map(Zone::shownName).collect(Collectors.toSet());
  }

  private String names(SortedSet<String> zones) {
    return Objects.requireNonNull(text(Optional.of(String.join(",", zones))));
  }

  private static String codes(Listed listed) {
    return listed.answers().stream()
        .map(Ipv4Address::toString)
        .limit(100)
        .collect(Collectors.joining(", "));
  }

  private static @Nullable String page(Optional<Ticket> ticket) {
    return ticket.flatMap(Ticket::page).map(Object::toString).orElse(null);
  }

  /** Without NUL, which PostgreSQL does not store, and not too long for the column. */
  private @Nullable String text(Optional<String> text) {
    return text.map(redaction::of)
        .map(it -> it.replace('\0', '\uFFFD'))
        .map(it -> it.length() <= MAX_TEXT ? it : it.substring(0, MAX_TEXT))
        .orElse(null);
  }
}
