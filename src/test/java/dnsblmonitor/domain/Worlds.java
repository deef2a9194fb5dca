package dnsblmonitor.domain;

import dnsblmonitor.domain.IpState.Clean;
import dnsblmonitor.domain.IpState.Throttled;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.ZoneLookup.Answered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Small worlds for the tests of the rules, written in few words. */
public final class Worlds {

  static final Instant NOW = Instant.parse("2026-03-01T10:15:00Z");
  static final RunFacts RUN = new RunFacts("run-7", NOW.plusNanos(123_456_789));

  private Worlds() {}

  public static Zone zone(String specs) {
    return ZoneList.parse("anchor.example," + specs).getLast();
  }

  /**
   * {@code "a.example L, b.example*2 N, c.example ?"}; {@code ;} joins filters of one zone, {@code
   * !} is a zone that lists everything.
   */
  public static Verdict verdict(int threshold, String answers) {
    return verdict(threshold, answers, false);
  }

  public static Verdict verdict(int threshold, String answers, boolean resolverWorks) {
    SortedMap<Zone, LookupResult> results = new TreeMap<>();
    for (String entry : answers.split(",", -1)) {
      List<String> parts = List.of(entry.strip().split(" "));
      Zone zone = zone(parts.getFirst().replace(';', ','));
      results.put(zone, result(zone, parts.getLast()));
    }
    return new Verdict(results, threshold, resolverWorks);
  }

  static LookupResult result(Zone zone, String word) {
    return switch (word) {
      case "L" -> listed(zone);
      case "N" -> new NotListed();
      case "!" -> new Unknown(UnknownReason.ZONE_LISTS_EVERYTHING, "lists 127.0.0.1");
      case "?" -> new Unknown(UnknownReason.TIMEOUT, "no answer within 5.0 s");
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static Listed listed(Zone zone) {
    SortedSet<Ipv4Address> codes = new TreeSet<>(List.of(Ipv4Address.of("127.0.0.2")));
    int weight = zone.weighings().stream().mapToInt(Zone.Weighing::weight).sum();
    return new Listed(codes, weight, Optional.empty());
  }

  /** {@code clean}, or the letters of the zones that list it: {@code ab}. */
  public static IpState state(String word) {
    if (word.equals("clean")) {
      return new Clean(50);
    }
    SortedSet<String> listing = new TreeSet<>();
    word.chars().forEach(letter -> listing.add((char) letter + ".example"));
    return new Throttled(0, Optional.of(50), listing);
  }

  public static MonitoredIp row(long id, @Nullable Long pool, String address, RowValues values) {
    return new MonitoredIp(
        id,
        Ipv4Address.of(address),
        Optional.empty(),
        Optional.ofNullable(pool),
        Optional.of("mta.example"),
        values);
  }

  public static RowValues cleanRow() {
    return new RowValues(50, null, "", null);
  }

  public static RowValues listedRow(String zones) {
    return new RowValues(0, 50, zones, "new block from list(s) " + zones);
  }

  static ListedAddress listed(String address, Collection<String> zones) {
    SortedSet<String> sorted = new TreeSet<>(zones);
    MonitoredIp row = row(1, 7L, address, listedRow(String.join(",", sorted)));
    return new ListedAddress(row, sorted, Optional.empty(), false);
  }

  static ListedAddress listed(String address, String... zones) {
    return listed(address, List.of(zones));
  }

  static ListedAddress listed(String address, Collection<String> zones, Verdict verdict) {
    ListedAddress listed = listed(address, zones);
    IpCheck check = check(listed.row(), verdict);
    return new ListedAddress(listed.row(), listed.zones(), Optional.of(check), false);
  }

  /** The check that found {@code verdict} about the row's one address. */
  public static IpCheck check(MonitoredIp row, Verdict verdict) {
    List<ZoneAnswer> answers = new ArrayList<>();
    verdict.results().forEach((zone, result) -> answers.add(answer(zone, row.address(), result)));
    return IpCheck.of(row, answers, List.of(), verdict.threshold(), verdict.resolverWorks());
  }

  static ZoneAnswer answer(Zone zone, IpAddress address, LookupResult result) {
    return new ZoneAnswer(zone, address, new Answered(result, Duration.ofMillis(30)));
  }
}
