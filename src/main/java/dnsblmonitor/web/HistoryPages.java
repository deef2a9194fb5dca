package dnsblmonitor.web;

import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.history.CountsAs;
import dnsblmonitor.history.HistoryReader;
import dnsblmonitor.history.Page;
import dnsblmonitor.history.Paging;
import dnsblmonitor.history.RecordedChange;
import dnsblmonitor.history.RecordedListing;
import dnsblmonitor.history.RecordedRun;
import dnsblmonitor.history.RunEnd.Outcome;
import dnsblmonitor.history.ZoneReliability;
import dnsblmonitor.history.ZoneReliability.Counts;
import dnsblmonitor.postal.DatabaseException;
import dnsblmonitor.postal.IpAddressTable;
import dnsblmonitor.postal.IpAddressTable.RowState;
import dnsblmonitor.web.ListingRow.Context;
import dnsblmonitor.web.PastRunRow.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The content of the pages that show the history. Each throws {@code HistoryException} if the
 * history cannot be read, and {@link PageException} if there is nothing to show.
 *
 * @param history is closed with this
 * @param frame of a page, without its title
 */
record HistoryPages(
    HistoryReader history, IpAddressTable table, Settings settings, Frame frame, Instant now)
    implements AutoCloseable {

  @Override
  public void close() {
    history.close();
  }

  private static final int LISTINGS = 200;
  private static final int WATCHED = 50;
  private static final int CHANGES = 10;
  private static final int RUNS = 10;
  private static final int ROWS_OF_A_PAGE = 50;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MONTH = Duration.ofDays(30);

  /** Rows of Postal's table, or why there are none. */
  private record Rows(List<MonitoredIp> rows, Optional<String> failure) {

    static Rows of(Supplier<List<MonitoredIp>> read) {
      try {
        return new Rows(read.get(), Optional.empty());
      } catch (DatabaseException e) {
        return new Rows(List.of(), Optional.of(failed(e)));
      }
    }

    Map<Ipv4Address, List<MonitoredIp>> byAddress() {
      return rows.stream().collect(Collectors.groupingBy(MonitoredIp::address));
    }
  }

  private static String failed(DatabaseException failure) {
    return "cannot read Postal's table: " + failure.getMessage();
  }

  /**
   * The first page.
   *
   * @param every the period of the schedule of this server; empty if it has none
   */
  OverviewView overview(Start start, Optional<Duration> every) {
    Optional<RecordedRun> complete = lastComplete();
    Context context = context(complete);
    ListedNow listed = listedNow(context);
    List<RecordedRun> runs = history.runs(RecordedRun.Filter.ALL, Paging.first(RUNS)).items();
    RecordedChange.Filter changes = changes();
    return new OverviewView(
        frame.around(listed.addresses() + " listed", Optional.of(Frame.Part.OVERVIEW)),
        start,
        OverviewView.Alive.of(complete, every, now),
        runs.stream()
            .filter(run -> run.end().outcome() != Outcome.SKIPPED)
            .findFirst()
            .filter(PastRunRow::hasFailed)
            .map(run -> PastRunRow.of(run, now)),
        listed.rows(),
        listed.moreThan(),
        listed.failure(),
        OverviewView.Counts.of(
            history.changeCounts(changes.between(since(DAY), Optional.empty())),
            history.changeCounts(changes.between(since(WEEK), Optional.empty()))),
        settings.dryRun(),
        changeRows(history.changes(changes, Paging.first(CHANGES))),
        zoneRows(),
        runs.stream().map(run -> PastRunRow.of(run, now)).toList());
  }

  /**
   * The open listings of the first page, those that count first.
   *
   * @param moreThan the number of rows if there are more
   * @param failure why Postal's table cannot be read
   * @param addresses the number of listed addresses
   */
  private record ListedNow(
      List<ListingRow> rows,
      Optional<Integer> moreThan,
      Optional<String> failure,
      long addresses) {}

  private ListedNow listedNow(Context context) {
    Rows table = Rows.of(this.table::listed);
    // one page each: a mass listing that is held back must not displace what counts
    List<Page<RecordedListing>> pages =
        Stream.of(CountsAs.COUNTED, CountsAs.EXCEPTED, CountsAs.HELD_BACK)
            .map(countsAs -> open(countsAs, 1, Paging.MAX_LIMIT))
            .toList();
    Page<RecordedListing> watched = open(CountsAs.WATCH_ONLY, 0, WATCHED);
    List<RecordedListing> open = pages.stream().flatMap(page -> page.items().stream()).toList();
    boolean all = pages.stream().allMatch(page -> page.next().isEmpty());
    List<ListingRow> unrecorded = all ? unrecorded(table.rows(), open, context) : List.of();
    List<ListingRow> rows = new ArrayList<>();
    unrecorded.stream().limit(LISTINGS).forEach(rows::add);
    rows.addAll(
        withRows(
            Stream.concat(open.stream().limit(LISTINGS), watched.items().stream()).toList(),
            context));
    boolean more =
        !all || Math.max(open.size(), unrecorded.size()) > LISTINGS || watched.next().isPresent();
    return new ListedNow(
        rows,
        Optional.of(rows.size()).filter(_ -> more),
        table.failure(),
        Stream.concat(
                table.rows().stream().map(MonitoredIp::address),
                pages.getFirst().items().stream().map(RecordedListing::address))
            .distinct()
            .count());
  }

  private Page<RecordedListing> open(CountsAs countsAs, int minWeight, int limit) {
    return history.openListings(
        RecordedListing.Filter.ALL.ofWeight(minWeight).counting(countsAs), Paging.first(limit));
  }

  /** A deployment that only ever writes nothing shows what it would change. */
  private RecordedChange.Filter changes() {
    return RecordedChange.Filter.ALL.ofDryRuns(settings.dryRun());
  }

  private Optional<Instant> since(Duration before) {
    return Optional.of(now.minus(before));
  }

  private Optional<RecordedRun> lastComplete() {
    return history.lastComplete(settings.dryRun());
  }

  private Context context(Optional<RecordedRun> complete) {
    return new Context(
        now, complete.map(run -> run.end().at()), settings.transitions().listedPriority());
  }

  /** What rows are throttled for although no open listing says so; one more than is shown. */
  private static List<ListingRow> unrecorded(
      List<MonitoredIp> rows, List<RecordedListing> open, Context context) {
    Set<String> known = new HashSet<>();
    open.forEach(listing -> known.add(listing.address() + " " + listing.zone()));
    return rows.stream()
        .flatMap(row ->
            row.state().listingZones().stream()
                .filter(zone -> !known.contains(row.address() + " " + zone))
                .map(zone -> ListingRow.unrecorded(row, zone, context)))
        .limit(LISTINGS + 1L)
        .toList();
  }

  private List<ListingRow> withRows(List<RecordedListing> listings, Context context) {
    Map<Ipv4Address, List<MonitoredIp>> rows =
        Rows.of(() ->
                table.withAddresses(
                    listings.stream().map(RecordedListing::address).distinct().toList()))
            .byAddress();
    return listings.stream()
        .map(listing ->
            ListingRow.of(listing, rows.getOrDefault(listing.address(), List.of()), context))
        .toList();
  }

  private List<ChangeRow> changeRows(Page<RecordedChange> page) {
    return page.items().stream().map(change -> ChangeRow.of(change, now)).toList();
  }

  private List<ZoneRow> zoneRows() {
    return history.zones(now.minus(MONTH)).stream()
        .map(zone -> ZoneRow.of(zone, settings.zones(), now))
        .toList();
  }

  RowsView rows(RowsQuery query) {
    int listedPriority = settings.transitions().listedPriority();
    RowsQuery.Found found;
    Optional<String> failure = Optional.empty();
    try {
      found = query.in(table, listedPriority);
    } catch (DatabaseException e) {
      found = new RowsQuery.Found(List.of(), Optional.empty());
      failure = Optional.of(failed(e));
    }
    List<RecordedListing> open =
        history.openListings(RecordedListing.Filter.ALL, Paging.first(Paging.MAX_LIMIT)).items();
    return new RowsView(
        frame.around("Addresses", Optional.of(Frame.Part.ADDRESSES)),
        query,
        failure,
        Parameters.choices(RowState.values(), query.state()),
        settings.zones().stream()
            .map(Zone::shownName)
            .map(name ->
                new RowsView.Choice(name, name, query.zone().filter(name::equals).isPresent()))
            .toList(),
        found.rows().stream().map(row -> AddressRow.of(row, listedPriority, open)).toList(),
        found.next().map(query::linkAfter));
  }

  /**
   * An address of a path or field.
   *
   * @throws PageException if it is not one
   */
  static Ipv4Address address(String text) {
    return Ipv4Address.parse(text)
        .orElseThrow(() ->
            PageException.badRequest(
                "“%s” is not an IPv4 address such as 192.0.2.1. Correct it and try again."
                    .formatted(text)));
  }

  AddressView address(String text, Parameters parameters) {
    Ipv4Address address = address(text);
    Rows rows = Rows.of(() -> table.withAddresses(List.of(address)));
    if (rows.rows().isEmpty() && rows.failure().isEmpty() && !history.addressExists(address)) {
      throw PageException.notFound(
          "Unknown address",
          "%s is neither in Postal's table nor in the history. Look for it under Addresses."
              .formatted(address));
    }
    Context context = context(lastComplete());
    RecordedListing.Filter filter = RecordedListing.Filter.ALL.ofAddress(address);
    Optional<Long> before = parameters.number("before");
    Page<RecordedListing> page = history.listings(filter, new Paging(before, ROWS_OF_A_PAGE));
    List<RecordedListing> open =
        history.openListings(filter.ofWeight(0), Paging.first(LISTINGS)).items();
    Page<RecordedChange> changes =
        history.changes(RecordedChange.Filter.ALL.ofAddress(address), Paging.first(ROWS_OF_A_PAGE));
    return new AddressView(
        frame.around(address.toString(), Optional.of(Frame.Part.ADDRESSES)),
        address.toString(),
        rows.failure(),
        rows.rows().stream()
            .map(row -> AddressView.Row.of(row, settings.transitions().listedPriority()))
            .toList(),
        open.stream().map(it -> ListingRow.of(it, rows.rows(), context)).toList(),
        page.items().isEmpty() || before.isPresent()
            ? Optional.empty()
            : Optional.of(Timeline.of(address.toString(), page, now)),
        page.items().stream().map(it -> ListingRow.of(it, rows.rows(), context)).toList(),
        page.next().map(next -> "/addresses/%s?before=%d".formatted(address, next)),
        changeRows(changes),
        changes.next().isPresent(),
        Stream.concat(open.stream(), page.items().stream())
            .map(RecordedListing::ticket)
            .flatMap(Optional::stream)
            .map(TicketLink::of)
            .distinct()
            .toList());
  }

  BlocklistsView blocklists() {
    return new BlocklistsView(
        frame.around("Blocklists", Optional.of(Frame.Part.BLOCKLISTS)), zoneRows());
  }

  BlocklistView blocklist(String text, Parameters parameters) {
    String name = text.toLowerCase(Locale.ROOT);
    Optional<ZoneReliability> zone = history.zone(name, now.minus(MONTH));
    boolean configured = settings.zones().stream().anyMatch(it -> it.shownName().equals(name));
    if (zone.isEmpty() && !configured && !history.zoneExists(name)) {
      throw PageException.notFound(
          "Unknown blocklist",
          "“%s” is neither in DNSBL_ZONES nor in the history. Look for it under Blocklists."
              .formatted(text));
    }
    Context context = context(lastComplete());
    RecordedListing.Filter filter = RecordedListing.Filter.ALL.ofZone(name);
    Page<RecordedListing> open =
        history.openListings(filter, new Paging(parameters.number("listed-before"), LISTINGS));
    Page<RecordedListing> page =
        history.listings(filter, new Paging(parameters.number("before"), ROWS_OF_A_PAGE));
    return new BlocklistView(
        frame.around(name, Optional.of(Frame.Part.BLOCKLISTS)),
        ZoneRow.of(
            zone.orElse(new ZoneReliability(name, Counts.NONE, Duration.ZERO, Optional.empty(), 0)),
            settings.zones(),
            now),
        history.healthByDay(name, now.minus(MONTH)).reversed().stream()
            .map(BlocklistView.Day::of)
            .toList(),
        withRows(open.items(), context),
        open.next().map(before -> "/blocklists/%s?listed-before=%d".formatted(name, before)),
        withRows(page.items(), context),
        page.next().map(before -> "/blocklists/%s?before=%d".formatted(name, before)));
  }

  RunsView runs(Parameters parameters) {
    Optional<Outcome> outcome = parameters.constant("outcome", Outcome.values());
    Optional<Kind> kind = parameters.constant("kind", Kind.values());
    Page<RecordedRun> page =
        history.runs(
            new RecordedRun.Filter(
                outcome,
                kind.flatMap(Kind::startedBy),
                kind.filter(Kind.DRY_RUN::equals).map(_ -> true),
                Optional.empty(),
                Optional.empty()),
            new Paging(parameters.number("before"), ROWS_OF_A_PAGE));
    return new RunsView(
        frame.around("Runs", Optional.of(Frame.Part.RUNS)),
        Parameters.choices(Outcome.values(), outcome),
        Parameters.choices(Kind.values(), kind),
        page.items().stream().map(run -> PastRunRow.of(run, now)).toList(),
        page.next()
            .map(before ->
                "/runs?before="
                    + before
                    + outcome.map(it -> "&outcome=" + Parameters.word(it)).orElse("")
                    + kind.map(it -> "&kind=" + Parameters.word(it)).orElse("")));
  }

  RunView run(String text, Parameters parameters) {
    RecordedRun run =
        AddressQuery.number(text)
            .flatMap(history::run)
            .orElseThrow(() ->
                PageException.notFound(
                    "Unknown run",
                    "The history has no run “%s”. It may be older than HISTORY_RETENTION; look for it under Runs."
                        .formatted(text)));
    Page<RecordedChange> changes =
        history.changes(
            RecordedChange.Filter.ALL.ofRun(run.id()),
            new Paging(parameters.number("before"), LISTINGS));
    return RunView.of(
        frame.around("Run " + run.id(), Optional.of(Frame.Part.RUNS)),
        run,
        changeRows(changes),
        changes.next().map(before -> "/runs/%d?before=%d".formatted(run.id(), before)),
        history.healthOfRun(run.id()),
        now);
  }
}
