package dnsblmonitor.history;

import static dnsblmonitor.history.HistoryQuery.constant;
import static dnsblmonitor.history.HistoryQuery.names;
import static dnsblmonitor.history.HistoryQuery.text;
import static dnsblmonitor.history.HistoryQuery.ticket;
import static dnsblmonitor.history.HistoryQuery.time;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.ZoneHealth.Status;
import dnsblmonitor.history.RecordedListing.End;
import dnsblmonitor.history.RecordedListing.EndReason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the history (R37) for one request. Each method reads in one transaction of at most {@value
 * #LIMIT_SECONDS} s and throws {@link HistoryException} if the history cannot be read; the first
 * one opens the connection. For one thread.
 */
public final class HistoryReader implements AutoCloseable {

  private static final int LIMIT_SECONDS = 5;

  private final HistoryDatabase database;

  public HistoryReader(HistorySettings settings) {
    this.database = new HistoryDatabase(settings, Duration.ofSeconds(LIMIT_SECONDS));
  }

  @Override
  public void close() {
    database.close();
  }

  /** The listings that are open now, the latest first. */
  public Page<RecordedListing> openListings(RecordedListing.Filter filter, Paging paging) {
    return database.call(connection ->
        listings(filter)
            .where("is_open = 1")
            .page(connection, "id", paging, HistoryReader::listing, RecordedListing::id));
  }

  /** The listings that are over, the latest first. */
  public Page<RecordedListing> endedListings(RecordedListing.Filter filter, Paging paging) {
    return database.call(connection ->
        listings(filter)
            .where("is_open is null")
            .page(connection, "id", paging, HistoryReader::listing, RecordedListing::id));
  }

  /** Open and ended listings, the latest first. */
  public Page<RecordedListing> listings(RecordedListing.Filter filter, Paging paging) {
    return database.call(connection ->
        listings(filter)
            .page(connection, "id", paging, HistoryReader::listing, RecordedListing::id));
  }

  private static HistoryQuery listings(RecordedListing.Filter filter) {
    return new HistoryQuery(
            """
            select id, address, zone, first_seen, last_seen, ended_at, end_reason, counts_as, weight,
              return_codes, reason, ticket, ticket_url
            from listings
            """)
        .where("address = ?", filter.address())
        .where("zone = ?", filter.zone())
        .where("counts_as = ?", filter.countsAs())
        .where("weight >= ?", filter.minWeight())
        .where("(ended_at is null or ended_at >= ?)", filter.since())
        .where("first_seen < ?", filter.until());
  }

  private static RecordedListing listing(ResultSet row) throws SQLException {
    Optional<End> end =
        row.getString("end_reason") == null
            ? Optional.empty()
            : Optional.of(
                new End(
                    time(row, "ended_at"), constant(EndReason.class, row.getString("end_reason"))));
    return new RecordedListing(
        row.getLong("id"),
        Ipv4Address.of(row.getString("address")),
        row.getString("zone"),
        time(row, "first_seen"),
        time(row, "last_seen"),
        end,
        constant(CountsAs.class, row.getString("counts_as")),
        row.getInt("weight"),
        row.getString("return_codes"),
        text(row, "reason"),
        ticket(row));
  }

  /** The changes of rows, the latest first. */
  public Page<RecordedChange> changes(RecordedChange.Filter filter, Paging paging) {
    return database.call(connection ->
        where(
                new HistoryQuery(
                    """
                    select c.id, c.run, r.ended_at, r.dry_run, c.row_id, c.address, c.change_type,
                      c.old_priority, c.new_priority, c.old_blocklists, c.new_blocklists, c.event
                    from row_changes c join runs r on r.id = c.run
                    """),
                filter)
            .page(connection, "c.id", paging, HistoryReader::change, RecordedChange::id));
  }

  /** The number of changes by type; types without any are included. */
  public Map<RowChange.Type, Long> changeCounts(RecordedChange.Filter filter) {
    return database.call(connection -> {
      Map<RowChange.Type, Long> counts = new EnumMap<>(RowChange.Type.class);
      for (RowChange.Type type : RowChange.Type.values()) {
        counts.put(type, 0L);
      }
      where(
              new HistoryQuery(
                  "select c.change_type, count(*) from row_changes c join runs r on r.id = c.run"),
              filter)
          .then("group by c.change_type")
          .list(
              connection,
              row -> counts.put(constant(RowChange.Type.class, row.getString(1)), row.getLong(2)));
      return counts;
    });
  }

  private static HistoryQuery where(HistoryQuery changes, RecordedChange.Filter filter) {
    return changes
        .where("c.run = ?", filter.run())
        .where("c.address = ?", filter.address())
        .where("c.change_type = ?", filter.type())
        .where("r.dry_run = ?", filter.dryRun())
        .where("r.ended_at >= ?", filter.since())
        .where("r.ended_at < ?", filter.until());
  }

  private static RecordedChange change(ResultSet row) throws SQLException {
    return new RecordedChange(
        row.getLong("id"),
        row.getLong("run"),
        time(row, "ended_at"),
        row.getBoolean("dry_run"),
        row.getLong("row_id"),
        Ipv4Address.of(row.getString("address")),
        constant(RowChange.Type.class, row.getString("change_type")),
        row.getInt("old_priority"),
        row.getInt("new_priority"),
        names(row, "old_blocklists"),
        names(row, "new_blocklists"),
        row.getString("event"));
  }

  /** The runs, the latest first. */
  public Page<RecordedRun> runs(RecordedRun.Filter filter, Paging paging) {
    return database.call(connection ->
        runs()
            .where("outcome = ?", filter.outcome())
            .where("started_by = ?", filter.startedBy())
            .where("dry_run = ?", filter.dryRun())
            .where("started_at >= ?", filter.since())
            .where("started_at < ?", filter.until())
            .page(connection, "id", paging, HistoryReader::run, RecordedRun::id));
  }

  /** The run with this id in the history; empty if there is none. */
  public Optional<RecordedRun> run(long id) {
    return database.call(
        connection -> runs().where("id = ?", id).first(connection, HistoryReader::run));
  }

  /**
   * The latest run that looked up every address in every zone; empty if there is none.
   *
   * @param countDryRuns whether a dry run is one
   */
  public Optional<RecordedRun> lastComplete(boolean countDryRuns) {
    HistoryQuery query = runs().where("complete = ?", true);
    if (!countDryRuns) {
      query.where("dry_run = ?", false);
    }
    query.then("order by id desc limit 1");
    return database.call(connection -> query.first(connection, HistoryReader::run));
  }

  private static HistoryQuery runs() {
    return new HistoryQuery("select * from runs");
  }

  private static RecordedRun run(ResultSet row) throws SQLException {
    return new RecordedRun(
        row.getLong("id"),
        row.getString("run_id"),
        time(row, "started_at"),
        constant(RunRecord.StartedBy.class, row.getString("started_by")),
        row.getBoolean("dry_run"),
        row.getBoolean("partial_run"),
        row.getBoolean("complete"),
        new RunEnd(time(row, "ended_at"), row.getInt("exit_code"), text(row, "message")),
        text(row, "remark"),
        new RunTotals(
            row.getLong("rows_read"),
            row.getLong("newly_listed"),
            row.getLong("listing_changed"),
            row.getLong("restored"),
            row.getLong("rows_unchanged"),
            row.getLong("listed_now"),
            row.getLong("rows_invalid"),
            row.getLong("conflicts"),
            row.getLong("drifted"),
            row.getLong("rows_protected"),
            row.getLong("unknown_lookups"),
            row.getLong("lookups")),
        row.getInt("tickets_created"),
        row.getInt("tickets_updated"));
  }

  /** The health of each zone that a run queried, by name; empty if there is no such run. */
  public List<RecordedHealth> healthOfRun(long run) {
    return database.call(connection ->
        new HistoryQuery("select * from zone_health")
            .where("run = ?", run)
            .then("order by zone")
            .list(connection, HistoryReader::health));
  }

  private static RecordedHealth health(ResultSet row) throws SQLException {
    return new RecordedHealth(
        row.getString("zone"),
        constant(Status.class, row.getString("status")),
        row.getString("probe"),
        row.getLong("listed"),
        row.getLong("not_listed"),
        row.getLong("unknown_lookups"),
        row.getString("unknown_reasons"),
        Duration.ofMillis(row.getLong("median_ms")),
        Duration.ofMillis(row.getLong("p99_ms")));
  }

  /** The zones that runs queried since then or that have open listings, by name. */
  public List<ZoneReliability> zones(Instant since) {
    return database.call(connection -> zones(connection, since, Optional.empty()));
  }

  /** As {@link #zones}, of one zone. */
  public Optional<ZoneReliability> zone(String name, Instant since) {
    return database.call(
        connection -> zones(connection, since, Optional.of(name)).stream().findFirst());
  }

  private static final String COUNTS =
      """
      sum(case when h.status = 'healthy' then 1 else 0 end) as healthy,
      sum(case when h.status = 'degraded' then 1 else 0 end) as degraded,
      sum(case when h.status = 'failed' then 1 else 0 end) as failed,
      sum(case when h.status = 'broken' then 1 else 0 end) as broken,
      sum(h.listed + h.not_listed + h.unknown_lookups) as lookups,
      sum(h.unknown_lookups) as unknowns
      """;

  private static ZoneReliability.Counts counts(ResultSet row) throws SQLException {
    return new ZoneReliability.Counts(
        row.getLong("healthy"),
        row.getLong("degraded"),
        row.getLong("failed"),
        row.getLong("broken"),
        row.getLong("lookups"),
        row.getLong("unknowns"));
  }

  private static List<ZoneReliability> zones(
      Connection connection, Instant since, Optional<String> name) throws SQLException {
    Map<String, Long> open = new TreeMap<>();
    new HistoryQuery("select zone, count(*) from listings")
        .where("is_open = 1")
        .where("zone = ?", name)
        .then("group by zone")
        .list(connection, row -> open.put(row.getString(1), row.getLong(2)));
    Map<String, ZoneReliability> zones = new TreeMap<>();
    open.forEach((zone, listings) ->
        zones.put(
            zone,
            new ZoneReliability(
                zone, ZoneReliability.Counts.NONE, Duration.ZERO, Optional.empty(), listings)));
    // neither database has the other's function for a median
    new HistoryQuery(
            """
            select zone, %s, max(run) as latest, max(ended_at) as latest_at,
              max(case when newest = 1 then status end) as latest_status,
              max(case when place * 2 in (places, places + 1) then median_ms end) as median
            from (select h.*, r.ended_at,
                row_number() over (partition by zone order by run desc) as newest,
                row_number() over (partition by zone order by median_ms) as place,
                count(*) over (partition by zone) as places
              from zone_health h join runs r on r.id = h.run
            """
                .formatted(COUNTS))
        .where("r.started_at >= ?", since)
        .where("h.zone = ?", name)
        .then(") as h group by zone")
        .list(
            connection,
            row -> {
              String zone = row.getString("zone");
              return zones.put(
                  zone,
                  new ZoneReliability(
                      zone,
                      counts(row),
                      Duration.ofMillis(row.getLong("median")),
                      Optional.of(
                          new ZoneReliability.Latest(
                              row.getLong("latest"),
                              time(row, "latest_at"),
                              constant(Status.class, row.getString("latest_status")))),
                      open.getOrDefault(zone, 0L)));
            });
    return new ArrayList<>(zones.values());
  }

  /** The health of a zone on each day with a run since then, UTC, the oldest first. */
  public List<ZoneReliability.Day> healthByDay(String zone, Instant since) {
    return database.call(connection ->
        new HistoryQuery(
                """
                select cast(r.started_at as date) as run_day, %s
                from zone_health h join runs r on r.id = h.run
                """
                    .formatted(COUNTS))
            .where("h.zone = ?", zone)
            .where("r.started_at >= ?", since)
            .then("group by cast(r.started_at as date) order by run_day")
            .list(
                connection,
                row ->
                    new ZoneReliability.Day(
                        row.getObject("run_day", LocalDate.class), counts(row))));
  }

  /** Whether a list ever listed the address or a run changed its row. */
  public boolean addressExists(Ipv4Address address) {
    return database.call(connection ->
        new HistoryQuery("select 1 from listings").where("address = ?", address).exists(connection)
            || new HistoryQuery("select 1 from row_changes")
                .where("address = ?", address)
                .exists(connection));
  }

  /** Whether a run ever queried the zone. */
  public boolean zoneExists(String name) {
    return database.call(connection ->
        new HistoryQuery("select 1 from zone_health").where("zone = ?", name).exists(connection)
            || new HistoryQuery("select 1 from listings")
                .where("zone = ?", name)
                .exists(connection));
  }
}
