package dnsblmonitor.web;

import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.history.CountsAs;
import dnsblmonitor.history.HistoryException;
import dnsblmonitor.history.HistoryReader;
import dnsblmonitor.history.HistorySettings;
import dnsblmonitor.history.Page;
import dnsblmonitor.history.Paging;
import dnsblmonitor.history.RecordedChange;
import dnsblmonitor.history.RecordedListing;
import dnsblmonitor.history.RecordedRun;
import dnsblmonitor.history.RowChange;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.RunRecord;
import dnsblmonitor.history.RunResults;
import dnsblmonitor.postal.DatabaseException;
import dnsblmonitor.postal.IpAddressTable;
import dnsblmonitor.postal.JtaTransactions;
import dnsblmonitor.postal.TableRow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The resources of the API. Addresses are those of Postal's table now; all else comes from the
 * history. Without a history, the runs are those of this server. Made anew for each request.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class ApiResource {

  private static final Duration MONTH = Duration.ofDays(30);
  private static final String NO_HISTORY =
      "This server has no history. Set HISTORY_DB_URL, and see docs/history.md.";

  private final Settings settings;
  private final RunResults results;
  private final JtaTransactions transactions;
  private final Clock clock;

  @Inject
  public ApiResource(CurrentSettings current, RunResults results, JtaTransactions transactions) {
    this.settings = current.get();
    this.results = results;
    this.transactions = transactions;
    this.clock = Clock.systemUTC();
  }

  @GET
  @Path("openapi.json")
  public String description() {
    try (InputStream file =
        Objects.requireNonNull(ApiResource.class.getResourceAsStream("openapi.json"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @GET
  @Path("addresses")
  public String addresses(@Context UriInfo uri) {
    ApiQuery query = new ApiQuery(uri, "after", "listed", "limit");
    long after = query.number("after").orElse(0L);
    int limit = query.limit();
    boolean onlyListed = query.bool("listed").orElse(false);
    RowPage page =
        RowPage.firstOf(
            read(() -> AddressQuery.rows(table(), after, limit + 1, onlyListed)), limit);
    return text(query.page(page.rows(), page.next(), "after", ApiJson::row));
  }

  @GET
  @Path("addresses/{address}")
  public String address(@Context UriInfo uri, @PathParam("address") String text) {
    var _ = new ApiQuery(uri);
    Ipv4Address address =
        Ipv4Address.parse(text)
            .orElseThrow(() ->
                ApiProblem.of(
                    400, "'%s' is not an IPv4 address such as 192.0.2.1.".formatted(text)));
    List<MonitoredIp> rows = read(() -> table().withAddresses(List.of(address)));
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("address", address.toString())
            .add(
                "rows",
                ApiJson.array(rows, row -> ApiJson.row(new TableRow.Valid(row, Optional.empty()))));
    boolean known =
        settings.history().isEmpty()
            ? !rows.isEmpty()
            : fromHistory(history -> {
              json.add(
                  "open_listings",
                  ApiJson.array(
                      history
                          .openListings(
                              RecordedListing.Filter.ALL.ofAddress(address),
                              Paging.first(Paging.MAX_LIMIT))
                          .items(),
                      ApiJson::listing));
              return !rows.isEmpty() || history.addressExists(address);
            });
    if (!known) {
      throw ApiProblem.of(
          404, "%s is neither in Postal's table nor in the history.".formatted(address));
    }
    return text(json);
  }

  @GET
  @Path("listings")
  public String listings(@Context UriInfo uri) {
    ApiQuery query =
        new ApiQuery(
            uri, "address", "zone", "counts_as", "open", "since", "until", "before", "limit");
    RecordedListing.Filter filter =
        new RecordedListing.Filter(
            query.address(),
            query.zone(),
            query.word("counts_as", CountsAs.class),
            Optional.empty(),
            query.time("since"),
            query.time("until"));
    Paging paging = query.paging();
    Optional<Boolean> open = query.bool("open");
    return page(
        query,
        history ->
            open.map(wanted ->
                    wanted
                        ? history.openListings(filter, paging)
                        : history.endedListings(filter, paging))
                .orElseGet(() -> history.listings(filter, paging)),
        ApiJson::listing);
  }

  @GET
  @Path("changes")
  public String changes(@Context UriInfo uri) {
    ApiQuery query =
        new ApiQuery(
            uri, "run_id", "address", "type", "dry_run", "since", "until", "before", "limit");
    RecordedChange.Filter filter =
        new RecordedChange.Filter(
            query.number("run_id"),
            query.address(),
            query.word("type", RowChange.Type.class),
            query.bool("dry_run"),
            query.time("since"),
            query.time("until"));
    Paging paging = query.paging();
    return page(query, history -> history.changes(filter, paging), ApiJson::change);
  }

  @GET
  @Path("runs")
  public String runs(@Context UriInfo uri) {
    ApiQuery query =
        new ApiQuery(uri, "outcome", "started_by", "dry_run", "since", "until", "before", "limit");
    RecordedRun.Filter filter =
        new RecordedRun.Filter(
            query.word("outcome", RunEnd.Outcome.class),
            query.word("started_by", RunRecord.StartedBy.class),
            query.bool("dry_run"),
            query.time("since"),
            query.time("until"));
    Paging paging = query.paging();
    if (settings.history().isEmpty()) {
      return text(
          query
              .page(ownRuns(filter, paging), Optional.empty(), "before", ApiJson::run)
              .add("source", "server"));
    }
    return text(
        query
            .page(
                fromHistory(history -> history.runs(filter, paging)),
                run -> ApiJson.run(run).build())
            .add("source", "history"));
  }

  private List<RunEntry> ownRuns(RecordedRun.Filter filter, Paging paging) {
    return results.runs().stream()
        .filter(run ->
            filter.outcome().isEmpty() || filter.outcome().equals(run.end().map(RunEnd::outcome)))
        .filter(run -> filter.dryRun().map(dry -> dry == run.dryRun()).orElse(true))
        .filter(run -> filter.since().map(it -> !run.startedAt().isBefore(it)).orElse(true))
        .filter(run -> filter.until().map(run.startedAt()::isBefore).orElse(true))
        .limit(paging.limit())
        .toList();
  }

  @GET
  @Path("runs/{id}")
  public String run(@Context UriInfo uri, @PathParam("id") String text) {
    var _ = new ApiQuery(uri);
    long id =
        AddressQuery.number(text)
            .orElseThrow(() -> ApiProblem.of(400, "'%s' is not the id of a run.".formatted(text)));
    if (settings.history().isEmpty()) {
      return text(
          Json.createObjectBuilder(
              results.runs().stream()
                  .filter(run -> run.numbers().execution() == id)
                  .findFirst()
                  .map(ApiJson::run)
                  .orElseThrow(() -> noRun(id))));
    }
    return text(
        fromHistory(history ->
            ApiJson.run(history.run(id).orElseThrow(() -> noRun(id)))
                .add("health", ApiJson.array(history.healthOfRun(id), ApiJson::health))));
  }

  private static RuntimeException noRun(long id) {
    return ApiProblem.of(404, "There is no run %d.".formatted(id));
  }

  @GET
  @Path("zones")
  public String zones(@Context UriInfo uri) {
    ApiQuery query = new ApiQuery(uri, "since");
    Instant since = since(query);
    return text(
        query.page(
            new Page<>(fromHistory(history -> history.zones(since)), Optional.empty()),
            zone -> ApiJson.zone(zone).build()));
  }

  @GET
  @Path("zones/{zone}")
  public String zone(@Context UriInfo uri, @PathParam("zone") String text) {
    ApiQuery query = new ApiQuery(uri, "since");
    Instant since = since(query);
    String name = text.toLowerCase(Locale.ROOT);
    return text(
        fromHistory(history ->
            history
                .zone(name, since)
                .map(ApiJson::zone)
                .orElseThrow(() ->
                    ApiProblem.of(
                        404,
                        "No run has queried '%s' since %s. See /api/v1/zones."
                            .formatted(name, since)))
                .add("days", ApiJson.array(history.healthByDay(name, since), ApiJson::day))));
  }

  private Instant since(ApiQuery query) {
    return query.time("since").orElseGet(() -> clock.instant().minus(MONTH));
  }

  private <T> String page(
      ApiQuery query, Function<HistoryReader, Page<T>> items, Function<T, JsonObject> json) {
    return text(query.page(fromHistory(items), json));
  }

  private <T> T fromHistory(Function<HistoryReader, T> reading) {
    HistorySettings history = settings.history().orElseThrow(() -> ApiProblem.of(404, NO_HISTORY));
    return read(() -> {
      try (HistoryReader reader = new HistoryReader(history)) {
        return reading.apply(reader);
      }
    });
  }

  private IpAddressTable table() {
    return IpAddressTable.in(transactions, settings.database(), clock, settings.dns().ipv6());
  }

  /** A database that cannot be read is not the caller's fault. */
  private static <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (HistoryException | DatabaseException e) {
      throw ApiProblem.of(503, String.valueOf(e.getMessage()));
    }
  }

  /** Secrets that third-party texts may contain are replaced (R32). */
  private String text(JsonObjectBuilder json) {
    return new Redaction(settings.secrets()).of(json.build().toString());
  }
}
