package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.ZoneHealth;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.SortedSet;

/**
 * Writes runs to the history (R36): each in one transaction, one run at a time, within {@value
 * #LIMIT_SECONDS} s.
 */
public final class HistoryWriter {

  private static final int LIMIT_SECONDS = 10;

  /** So that a shorter retention does not make one run delete for longer than its limit. */
  private static final int RUNS_DELETED_AT_ONCE = 500;

  private static final int LISTINGS_DELETED_AT_ONCE = 10_000;

  /** At most so many messages about an address in this time (R39). */
  private static final int MAX_MESSAGES = 4;

  private static final Duration MESSAGES_WITHIN = Duration.ofHours(24);

  private final HistorySettings settings;
  private final Redaction redaction;
  private final Set<RowChange.Type> announced;

  /**
   * @param redaction of secrets that third-party texts may contain (R32)
   * @param announced the row changes that notifications are about (R39)
   */
  public HistoryWriter(
      HistorySettings settings, Redaction redaction, Set<RowChange.Type> announced) {
    this.settings = settings;
    this.redaction = redaction;
    this.announced = Set.copyOf(announced);
  }

  /** The database for messages, without a login. */
  public String target() {
    return settings.database().target();
  }

  /**
   * Writes a run; returns what is new in it.
   *
   * @throws HistoryException if it could not be written; then nothing of it was, except if only the
   *     answer to the commit was lost
   */
  public RunNews write(RunRecord run) {
    try (HistoryDatabase database =
        new HistoryDatabase(settings, Duration.ofSeconds(LIMIT_SECONDS))) {
      return database.call(connection -> write(new HistoryStatements(connection, redaction), run));
    }
  }

  private RunNews write(HistoryStatements statements, RunRecord run) throws SQLException {
    lockAndClaim(statements);
    Set<Ipv4Address> muted = muted(statements, run.end().at());
    long id = insertRun(statements, run);
    insertChanges(statements, id, run, muted);
    insertHealth(statements, id, run);
    new ListingIntervals(statements, run).write();
    RunNews news = new ConditionIntervals(statements, run).write(muted);
    deleteOld(statements, run);
    return news;
  }

  /** The addresses about which enough messages have been sent (R39). */
  private Set<Ipv4Address> muted(HistoryStatements statements, Instant now) throws SQLException {
    return announced.isEmpty()
        ? Set.of()
        : Set.copyOf(
            new HistoryQuery("select c.address from row_changes c join runs r on r.id = c.run")
                .where("r.ended_at > ?", now.minus(MESSAGES_WITHIN))
                .where("c.announced")
                .then("group by c.address having count(distinct c.run) >= " + MAX_MESSAGES)
                .list(statements.connection(), row -> Ipv4Address.of(row.getString(1))));
  }

  /** Two runs that end at once write one after the other. The first one makes it its own. */
  private void lockAndClaim(HistoryStatements statements) throws SQLException {
    statements.lock("select name from deployment where id = 1 for update");
    statements.execute(
        "update deployment set name = ? where id = 1 and name is null", settings.deployment());
  }

  private static long insertRun(HistoryStatements statements, RunRecord run) throws SQLException {
    RunTotals totals = run.totals();
    return statements.insert(
        """
        insert into runs (run_id, started_at, ended_at, started_by, dry_run, partial_run, complete,
          outcome, exit_code, message, remark, rows_read, rows_invalid, rows_unchanged,
          rows_protected, listed_now, newly_listed, listing_changed, restored, conflicts, drifted,
          lookups, unknown_lookups, tickets_created, tickets_updated)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        run.runId(),
        run.startedAt(),
        run.end().at(),
        run.startedBy(),
        run.dryRun(),
        run.scope().isPart(),
        run.complete(),
        run.end().outcome(),
        run.end().exitCode(),
        run.end().message(),
        run.remark(),
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
  }

  private void insertChanges(
      HistoryStatements statements, long id, RunRecord run, Set<Ipv4Address> muted)
      throws SQLException {
    String sql =
        """
        insert into row_changes (run, row_id, address, change_type, old_priority, new_priority,
          old_blocklists, new_blocklists, event, announced)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (HistoryStatements.Batch batch = statements.batch(sql)) {
      for (RowChange change : run.changes()) {
        batch.add(
            id,
            change.rowId(),
            change.address(),
            change.type(),
            change.before().priority(),
            change.after().priority(),
            names(change.before().listingZones()),
            names(change.after().listingZones()),
            change.event(),
            run.isReported()
                && announced.contains(change.type())
                && !muted.contains(change.address()));
      }
      batch.send();
    }
  }

  private static String names(SortedSet<String> zones) {
    return String.join(",", zones);
  }

  private static void insertHealth(HistoryStatements statements, long id, RunRecord run)
      throws SQLException {
    String sql =
        """
        insert into zone_health (run, zone, status, probe, listed, not_listed, unknown_lookups,
          unknown_reasons, median_ms, p99_ms)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (HistoryStatements.Batch batch = statements.batch(sql)) {
      for (ZoneHealth zone : run.health()) {
        batch.add(
            id,
            new HistoryStatements.Key(zone.zone().shownName()),
            zone.status(),
            zone.probe().label(),
            zone.listed(),
            zone.notListed(),
            zone.unknowns(),
            zone.unknownReasons(),
            zone.median().toMillis(),
            zone.percentile99().toMillis());
      }
      batch.send();
    }
  }

  /** Changes and health of a deleted run are deleted with it. */
  private void deleteOld(HistoryStatements statements, RunRecord run) throws SQLException {
    LocalDateTime oldest = HistoryStatements.time(run.end().at().minus(settings.retention()));
    deleteSome(statements, "runs", "started_at", oldest, RUNS_DELETED_AT_ONCE);
    deleteSome(statements, "listings", "ended_at", oldest, LISTINGS_DELETED_AT_ONCE);
    deleteSome(statements, "conditions", "ended_at", oldest, LISTINGS_DELETED_AT_ONCE);
  }

  /** By two statements, since MariaDB has no LIMIT in the subquery of a DELETE. */
  private static void deleteSome(
      HistoryStatements statements, String table, String column, LocalDateTime oldest, int atOnce)
      throws SQLException {
    String old = "from %s where %s < ?".formatted(table, column);
    long last =
        statements.number(
            "select max(id) from (select id %s order by id limit %d) as old".formatted(old, atOnce),
            oldest);
    if (last > 0) {
      statements.execute("delete %s and id <= ?".formatted(old), oldest, last);
    }
  }
}
