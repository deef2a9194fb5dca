package dnsblmonitor.web;

import static dnsblmonitor.web.ApiQuery.word;

import dnsblmonitor.domain.IpState;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.history.RecordedChange;
import dnsblmonitor.history.RecordedHealth;
import dnsblmonitor.history.RecordedListing;
import dnsblmonitor.history.RecordedRun;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.Ticket;
import dnsblmonitor.history.ZoneReliability;
import dnsblmonitor.postal.TableRow;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The objects of the API, as {@code openapi.json} describes them. Times are ISO 8601 in UTC. */
final class ApiJson {

  private ApiJson() {}

  static JsonObject row(TableRow row) {
    return switch (row) {
      case TableRow.Valid(var ip, _) -> row(ip);
      case TableRow.Invalid(long id, var value) ->
          Json.createObjectBuilder()
              .add("row_id", id)
              .add("state", "invalid")
              .add("value", text(Optional.ofNullable(value)))
              .build();
    };
  }

  private static JsonObject row(MonitoredIp ip) {
    IpState state = ip.state();
    return Json.createObjectBuilder()
        .add("row_id", ip.rowId())
        .add("state", state instanceof IpState.Clean ? "clean" : "listed")
        .add("address", ip.address().toString())
        .add("hostname", text(ip.hostname()))
        .add("pool_id", number(ip.poolId()))
        .add("priority", state.priority())
        .add("old_priority", number(Optional.ofNullable(ip.values().oldPriority())))
        .add("blocklists", strings(state.listingZones()))
        .add("last_event", text(Optional.ofNullable(ip.values().lastEvent())))
        .build();
  }

  static JsonObject listing(RecordedListing listing) {
    return Json.createObjectBuilder()
        .add("id", listing.id())
        .add("address", listing.address().toString())
        .add("zone", listing.zone())
        .add("first_seen", time(listing.firstSeen()))
        .add("last_seen", time(listing.lastSeen()))
        .add("ended_at", time(listing.end().map(RecordedListing.End::at)))
        .add("end_reason", text(listing.end().map(end -> word(end.why()))))
        .add("counts_as", word(listing.countsAs()))
        .add("weight", listing.weight())
        .add("return_codes", strings(List.of(listing.codes().split(", "))))
        .add("reason", text(listing.reason()))
        .add("ticket", text(listing.ticket().map(Ticket::key)))
        .add("ticket_url", text(listing.ticket().flatMap(Ticket::page).map(Object::toString)))
        .build();
  }

  static JsonObject change(RecordedChange change) {
    return Json.createObjectBuilder()
        .add("id", change.id())
        .add("run_id", change.run())
        .add("changed_at", time(change.at()))
        .add("dry_run", change.dryRun())
        .add("row_id", change.rowId())
        .add("address", change.address().toString())
        .add("type", word(change.type()))
        .add("old_priority", change.oldPriority())
        .add("new_priority", change.newPriority())
        .add("old_blocklists", strings(change.oldBlocklists()))
        .add("new_blocklists", strings(change.newBlocklists()))
        .add("event", change.event())
        .build();
  }

  static JsonObjectBuilder run(RecordedRun run) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", run.id())
            .add("job_run_id", run.runId())
            .add("started_at", time(run.startedAt()))
            .add("ended_at", time(run.end().at()))
            .add("started_by", word(run.startedBy()))
            .add("dry_run", run.dryRun())
            .add("partial", run.partial())
            .add("complete", run.complete())
            .add("outcome", word(run.end().outcome()))
            .add("exit_code", run.end().exitCode())
            .add("message", text(run.end().message()))
            .add("remark", text(run.remark()));
    return totals(json, run.totals())
        .add("tickets_created", run.ticketsCreated())
        .add("tickets_updated", run.ticketsUpdated());
  }

  private static JsonObjectBuilder totals(JsonObjectBuilder json, RunTotals totals) {
    return json.add("rows", totals.rows())
        .add("invalid", totals.invalid())
        .add("listed_now", totals.listedNow())
        .add("newly_listed", totals.newlyListed())
        .add("changed", totals.changed())
        .add("restored", totals.restored())
        .add("conflicts", totals.conflicts())
        .add("drifted", totals.drifted())
        .add("lookups", totals.lookups())
        .add("unknown_lookups", totals.unknownLookups());
  }

  /** A run of this server, of which less is known. */
  static JsonObject run(RunEntry run) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", run.numbers().execution())
            .add("job_run_id", run.runId())
            .add("started_at", time(run.startedAt()))
            .add("ended_at", time(run.end().map(RunEnd::at)))
            .add("dry_run", run.dryRun())
            .add("outcome", Words.outcome(run))
            .add("exit_code", number(run.end().map(RunEnd::exitCode)))
            .add("message", text(run.end().flatMap(RunEnd::message)))
            .add("remark", text(run.remark()));
    run.totals().ifPresent(totals -> totals(json, totals));
    return json.build();
  }

  static JsonObject health(RecordedHealth health) {
    return Json.createObjectBuilder()
        .add("zone", health.zone())
        .add("status", word(health.status()))
        .add("probe", health.probe())
        .add("listed", health.listed())
        .add("not_listed", health.notListed())
        .add("unknown", health.unknown())
        .add("unknown_reasons", health.unknownReasons())
        .add("median_ms", health.median().toMillis())
        .add("p99_ms", health.percentile99().toMillis())
        .build();
  }

  static JsonObjectBuilder zone(ZoneReliability zone) {
    return counts(zone.counts())
        .add("zone", zone.zone())
        .add("median_ms", zone.median().toMillis())
        .add("open_listings", zone.openListings())
        .add("status", text(zone.latest().map(latest -> word(latest.status()))))
        .add("last_queried", time(zone.latest().map(ZoneReliability.Latest::at)));
  }

  static JsonObject day(ZoneReliability.Day day) {
    return counts(day.counts()).add("day", day.day().toString()).build();
  }

  private static JsonObjectBuilder counts(ZoneReliability.Counts counts) {
    return Json.createObjectBuilder()
        .add("runs", counts.runs())
        .add("healthy_runs", counts.healthy())
        .add("degraded_runs", counts.degraded())
        .add("failed_runs", counts.failed())
        .add("broken_runs", counts.broken())
        .add("lookups", counts.lookups())
        .add("unknown_lookups", counts.unknownLookups());
  }

  static <T> JsonArray array(Collection<T> items, Function<T, JsonObject> json) {
    return Json.createArrayBuilder(items.stream().map(json).toList()).build();
  }

  private static JsonArray strings(Collection<String> texts) {
    return Json.createArrayBuilder(texts).build();
  }

  private static JsonValue text(Optional<String> text) {
    return text.<JsonValue>map(Json::createValue).orElse(JsonValue.NULL);
  }

  private static JsonValue number(Optional<? extends Number> number) {
    return number
        .<JsonValue>map(value -> Json.createValue(value.longValue()))
        .orElse(JsonValue.NULL);
  }

  private static JsonValue time(Optional<Instant> time) {
    return text(time.map(ApiJson::time));
  }

  private static String time(Instant time) {
    return time.toString();
  }
}
