package dnsblmonitor.ops;

import dnsblmonitor.dnsbl.DnsSettings;
import dnsblmonitor.dnsbl.DnsblLookups;
import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.domain.KnownLists;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.Probe;
import dnsblmonitor.domain.TestEntries;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneAnswer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Queries each zone for its test entries as a run does (R14), regardless of {@code ZONE_PROBE}, and
 * looks one of them up, since every address would get a similar result.
 */
final class ZoneCheck {

  private final DnsSettings settings;
  private final List<Zone> zones;

  ZoneCheck(DnsSettings settings, List<Zone> zones) {
    this.settings = settings;
    this.zones = zones;
  }

  List<Finding> findings() {
    try (DnsblLookups lookups = new DnsblLookups(settings)) {
      lookups.probe(zones);
      List<CompletableFuture<ZoneAnswer>> lookedUp =
          zones.stream()
              .map(zone ->
                  lookups
                      .lookup(zone, TestEntries.IPV4.listed())
                      .thenApply(
                          answered -> new ZoneAnswer(zone, TestEntries.IPV4.listed(), answered)))
              .toList();
      // a lookup waits for its zone's probe
      List<ZoneAnswer> answers = lookedUp.stream().map(CompletableFuture::join).toList();
      Map<Zone, Probe> probes = lookups.probes();
      return answers.stream()
          .flatMap(answer ->
              Stream.concat(
                  Stream.of(judge(answer, probes.getOrDefault(answer.zone(), Probe.UNANSWERED))),
                  advice(answer.zone())))
          .toList();
    }
  }

  /** Advice on well-known lists, independent of their current answers. */
  private static Stream<Finding> advice(Zone zone) {
    return KnownLists.advice(zone).stream().map(text -> new Warns(tried(zone), text));
  }

  private static String tried(Zone zone) {
    return "zone " + zone.shownName();
  }

  private Finding judge(ZoneAnswer answer, Probe probe) {
    String tried = tried(answer.zone());
    return switch (probe) {
      case LISTS_EVERYTHING ->
          new Fails(
              tried,
              "lists 127.0.0.1, which no list may contain, so its listings are ignored. Remove it from DNSBL_ZONES, or select its return codes with a filter");
      case UNANSWERED ->
          new Fails(
              tried,
              "no answer for the test entries within %d s. Check the name of the zone, and that the list still exists"
                  .formatted(settings.timeout().toSeconds()));
      case OFF, OK, IPV6_TEST_ENTRY_MISSING, TEST_ENTRY_MISSING ->
          switch (answer.result()) {
            case Unknown(var reason, _) when reason == UnknownReason.TEST_ENTRY_MISSING ->
                usable(answer.zone(), probe);
            case Unknown unknown -> new Fails(tried, unusable(unknown));
            case Listed _, NotListed _ -> usable(answer.zone(), probe);
          };
    };
  }

  private static Finding usable(Zone zone, Probe probe) {
    String tried = tried(zone);
    return switch (probe) {
      case OK -> new Holds(tried, "lists 127.0.0.2, does not list 127.0.0.1");
      case IPV6_TEST_ENTRY_MISSING ->
          new Holds(tried, "lists 127.0.0.2, does not list 127.0.0.1; has no IPv6 test entry");
      case OFF ->
          new Holds(
              tried,
              "does not list 127.0.0.1; has no test entry 127.0.0.2 (ZONES_WITHOUT_TEST_ENTRY)");
      case TEST_ENTRY_MISSING, UNANSWERED, LISTS_EVERYTHING ->
          new Warns(
              tried,
              "answers, but does not list 127.0.0.2, as every list should (RFC 5782 5)%s. Check the name of the zone, and that the list still exists. If it has no test entry, add it to ZONES_WITHOUT_TEST_ENTRY"
                  .formatted(
                      zone.blocks() ? ", so its \"not listed\" answers are not trusted" : ""));
    };
  }

  private static String unusable(Unknown unknown) {
    String advice =
        switch (unknown.reason()) {
          case ZONE_REFUSES_SERVICE ->
              "the list refuses to serve this resolver. Use a resolver of your own (DNS_RESOLVERS), and check the list's terms of use";
          case INVALID_RESPONSE ->
              "not an answer from a blocklist: the domain may be parked, or the resolver rewrites answers";
          case NO_ANSWER ->
              "\"not listed\" would be UNKNOWN in this zone. Check its name; if it has no test entry, add it to ZONES_WITHOUT_TEST_ENTRY";
          default -> "every address would be UNKNOWN in this zone";
        };
    return "%s (%s): %s".formatted(unknown.reason().label(), unknown.message(), advice);
  }
}
