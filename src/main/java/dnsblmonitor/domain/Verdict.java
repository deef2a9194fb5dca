package dnsblmonitor.domain;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dnsblmonitor.domain.IpState.Clean;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The combined result of all zones for one address.
 *
 * @param results one result for each configured zone
 * @param threshold the score from which the address is listed (R15), at least 1
 * @param resolverWorks whether any zone's probe was Ok in this run: if so, a zone that lists
 *     everything is itself at fault and is dropped (R17)
 * @param heldBack the shown names of zones held back by the brake: their LISTED answer counts as
 *     NOT_LISTED unless the row already names them (R14a)
 * @param excepted the shown names of zones with an exception for this address: neither LISTED nor
 *     UNKNOWN answers add to the score (R20b)
 */
public record Verdict(
    SortedMap<Zone, LookupResult> results,
    int threshold,
    boolean resolverWorks,
    Set<String> heldBack,
    Set<String> excepted) {

  private static final Unknown LEFT_OUT =
      new Unknown(UnknownReason.LEFT_OUT, "not one of the zones of this run");

  public Verdict {
    results = Collections.unmodifiableSortedMap(new TreeMap<>(results));
    heldBack = Set.copyOf(heldBack);
    excepted = Set.copyOf(excepted);
  }

  /** A verdict in which all answers count. */
  public Verdict(SortedMap<Zone, LookupResult> results, int threshold, boolean resolverWorks) {
    this(results, threshold, resolverWorks, Set.of(), Set.of());
  }

  /** The same without the reasons of listings, so that many addresses have an equal one. */
  Verdict withoutReasons() {
    SortedMap<Zone, LookupResult> plain = new TreeMap<>(results);
    plain.replaceAll((_, result) ->
        result instanceof Listed(var codes, int weight, _)
            ? new Listed(codes, weight, Optional.empty())
            : result);
    return new Verdict(plain, threshold, resolverWorks, heldBack, excepted);
  }

  /** The same with these zones held back. */
  public Verdict holdingBack(Set<String> zones) {
    return new Verdict(results, threshold, resolverWorks, zones, excepted);
  }

  /** The same with an exception for each of these zones. */
  public Verdict excepting(Set<String> zones) {
    return new Verdict(results, threshold, resolverWorks, heldBack, zones);
  }

  /**
   * The verdict of these answers. A zone lists the row if it lists either of its addresses
   * (CHECK_IPV6).
   *
   * @param leftOut the zones that a partial run does not query: UNKNOWN (R29a)
   */
  static Verdict of(
      Collection<ZoneAnswer> answers,
      Collection<Zone> leftOut,
      int threshold,
      boolean resolverWorks) {
    SortedMap<Zone, List<LookupResult>> byZone =
        answers.stream()
            .collect(
                groupingBy(ZoneAnswer::zone, TreeMap::new, mapping(ZoneAnswer::result, toList())));
    SortedMap<Zone, LookupResult> results = new TreeMap<>();
    byZone.forEach((zone, ofRow) -> results.put(zone, ReturnCodes.together(zone, ofRow)));
    leftOut.forEach(zone -> results.put(zone, LEFT_OUT));
    return new Verdict(results, threshold, resolverWorks);
  }

  /**
   * The shown names of the zones that list the address now, empty below the threshold (R15). A zone
   * that listed it before and is now Unknown stays; zones that are no longer configured or list
   * everything are dropped (R17).
   */
  public SortedSet<String> listingZones(IpState before) {
    return listingZones(zone -> weight(zone, before));
  }

  /**
   * The same by answers alone: no UNKNOWN one counts, neither as listing nor as allowing. For a
   * throttled row that names no zone (R20c).
   */
  SortedSet<String> answeredListingZones(IpState before) {
    return listingZones(zone -> result(zone) instanceof Unknown ? 0 : weight(zone, before));
  }

  private SortedSet<String> listingZones(ToIntFunction<Zone> weights) {
    SortedSet<String> blocking = new TreeSet<>();
    int score = 0;
    for (Zone zone : results.keySet()) {
      int weight = weights.applyAsInt(zone);
      score += weight;
      if (weight > 0) {
        blocking.add(zone.shownName());
      }
    }
    return score >= threshold ? blocking : new TreeSet<>();
  }

  private int weight(Zone zone, IpState before) {
    int weight = answeredWeight(zone, before);
    return isExcepted(zone) ? Math.min(weight, 0) : weight;
  }

  private int answeredWeight(Zone zone, IpState before) {
    return switch (result(zone)) {
      case Listed(_, int weight, _) -> isHeldBack(zone, before) ? Math.min(weight, 0) : weight;
      case NotListed() -> 0;
      case Unknown _ when keeps(zone, before) -> zone.highestWeight();
      case Unknown _ when before instanceof Clean -> zone.lowestWeight();
      case Unknown _ -> 0;
    };
  }

  private LookupResult result(Zone zone) {
    return Objects.requireNonNull(results.get(zone));
  }

  private boolean keeps(Zone zone, IpState before) {
    return isNamed(zone, before) && !isDropped(zone) && !isExcepted(zone);
  }

  /** The configured ones of these zones, without excepted ones. */
  SortedSet<String> knownAmong(Collection<String> shownNames) {
    return zones(zone -> !isExcepted(zone) && shownNames.contains(zone.shownName()));
  }

  private boolean isExcepted(Zone zone) {
    return excepted.contains(zone.shownName());
  }

  /** Zones that would list the address now without an exception (R20b). */
  public SortedSet<String> exceptedZones(Collection<String> before) {
    return zones(zone ->
        isExcepted(zone)
            && (isListing(zone)
                || (result(zone) instanceof Unknown
                    && zone.blocks()
                    && before.contains(zone.shownName()))));
  }

  private static boolean isNamed(Zone zone, IpState before) {
    return zone.blocks() && before.listingZones().contains(zone.shownName());
  }

  private boolean isHeldBack(Zone zone, IpState before) {
    return heldBack.contains(zone.shownName()) && !isExcepted(zone) && !isNamed(zone, before);
  }

  /** Zones that answered "listed" but do not count because they are held back (R14a). */
  public SortedSet<String> heldBackZones(IpState before) {
    return zones(zone -> isListing(zone) && isHeldBack(zone, before));
  }

  private boolean isListing(Zone zone) {
    return result(zone) instanceof Listed(_, int weight, _) && weight > 0;
  }

  private boolean isDropped(Zone zone) {
    return resolverWorks
        && result(zone) instanceof Unknown(UnknownReason reason, _)
        && reason == UnknownReason.ZONE_LISTS_EVERYTHING;
  }

  /** Zones named in the row that do not count because they list everything (R17). */
  public SortedSet<String> droppedZones(Collection<String> before) {
    return zones(zone -> zone.blocks() && before.contains(zone.shownName()) && isDropped(zone));
  }

  /**
   * The allowlists that keep an address clean only because their answer is UNKNOWN (R17); empty if
   * it would be clean anyway.
   */
  public SortedSet<String> protectingZones(IpState before) {
    SortedSet<String> unknown = zones(zone -> zone.protects() && result(zone) instanceof Unknown);
    boolean protects =
        !unknown.isEmpty() // first, since this runs for every address, and most have none
            && before instanceof Clean
            && listingZones(before).isEmpty()
            && !answeredListingZones(before).isEmpty();
    return protects ? unknown : new TreeSet<>();
  }

  /** Zones of positive weight that answered "listed" now. */
  public SortedSet<String> listedZones() {
    return zones(this::isListing);
  }

  /** Zones that do not answer now and keep their last known answer, "listed" (R17). */
  public SortedSet<String> keptZones(IpState before) {
    return zones(zone -> result(zone) instanceof Unknown && keeps(zone, before));
  }

  /** Zones without a usable answer, or not queried. */
  public SortedSet<String> unknownZones() {
    return zones(zone -> result(zone) instanceof Unknown);
  }

  /** Zones that a partial run did not query (R29a). */
  SortedSet<String> leftOutZones() {
    return zones(zone -> result(zone).equals(LEFT_OUT));
  }

  /** Whether a zone that could list the address gave no usable answer. */
  boolean blockingZoneIsUnknown() {
    return results.keySet().stream()
        .anyMatch(zone ->
            zone.blocks()
                && result(zone) instanceof Unknown
                && !isExcepted(zone)
                && !isDropped(zone));
  }

  private SortedSet<String> zones(Predicate<Zone> wanted) {
    return Zone.shownNames(results.keySet().stream().filter(wanted).toList());
  }
}
