package dnsblmonitor.domain;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.Zone.Weighing;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Interprets a DNS answer (R11): a listing is a return code in 127.0.0.0/8 (RFC 5782 2.1), lists
 * use 127.255.255.0/24 to refuse service, and anything outside 127.0.0.0/8 comes from a resolver
 * that rewrites answers or from a parked domain.
 */
public final class ReturnCodes {

  private static final Ipv4Address NOT_LISTED_ENTRY = Ipv4Address.of("127.0.0.1");

  private static final Unknown TEST_ENTRY_MISSING =
      new Unknown(
          UnknownReason.TEST_ENTRY_MISSING,
          "not listed, but neither is the test entry 127.0.0.2 (RFC 5782 5): the list may be dead");

  private ReturnCodes() {}

  /**
   * The result of {@code answer} from {@code zone} for the address that was looked up.
   *
   * @param probe the result of the zone's test entries of that address family in this run (R14)
   */
  public static LookupResult classify(Zone zone, DnsAnswer answer, Probe probe) {
    LookupResult result = classify(zone, answer, probe.isOk() || !zone.hasTestEntry());
    return result instanceof NotListed && probe == Probe.TEST_ENTRY_MISSING && zone.blocks()
        ? TEST_ENTRY_MISSING
        : result;
  }

  /**
   * By RFC 8904 2, NOERROR without an A record means "none", as NXDOMAIN does; some list servers
   * answer this way (rbldnsd issue 17). A faulty resolver may also answer this to everything.
   */
  private static LookupResult classify(Zone zone, DnsAnswer answer, boolean noDataIsNotListed) {
    return switch (answer) {
      case DnsAnswer.Addresses(var addresses) -> classify(zone, addresses);
      case DnsAnswer.NoSuchName() -> new NotListed();
      case DnsAnswer.NoData() when noDataIsNotListed -> new NotListed();
      case DnsAnswer.NoData() ->
          new Unknown(UnknownReason.NO_ANSWER, "NOERROR without an A record");
      case DnsAnswer.ErrorCode(String rcode) -> new Unknown(reasonFor(rcode), "rcode " + rcode);
      case DnsAnswer.TimedOut(var limit) ->
          new Unknown(
              UnknownReason.TIMEOUT,
              "no answer within %.1f s".formatted(limit.toMillis() / 1000.0));
      case DnsAnswer.NetworkFault(String message) ->
          new Unknown(UnknownReason.NETWORK_ERROR, message);
    };
  }

  /**
   * The result of {@code zone} for a row, from the results for its addresses (CHECK_IPV6): listed
   * if one is listed, else UNKNOWN if one is UNKNOWN. A weight counts once, even if it applies to
   * several addresses.
   */
  static LookupResult together(Zone zone, List<LookupResult> results) {
    List<Listed> listings = only(Listed.class, results).toList();
    return switch (listings.size()) {
      case 0 ->
          only(Unknown.class, results)
              .findFirst()
              .map(LookupResult.class::cast)
              .orElse(new NotListed());
      case 1 -> listings.getFirst();
      default -> {
        SortedSet<Ipv4Address> answers = new TreeSet<>();
        listings.forEach(listing -> answers.addAll(listing.answers()));
        yield new Listed(
            answers,
            weight(accepting(zone, answers)),
            listings.stream().flatMap(listing -> listing.reason().stream()).findFirst());
      }
    };
  }

  private static <T extends LookupResult> Stream<T> only(
      Class<T> kind, List<LookupResult> results) {
    return results.stream().filter(kind::isInstance).map(kind::cast);
  }

  private static UnknownReason reasonFor(String rcode) {
    return switch (rcode) {
      case "SERVFAIL" -> UnknownReason.SERVFAIL;
      case "REFUSED" -> UnknownReason.REFUSED;
      default -> UnknownReason.OTHER_RCODE;
    };
  }

  /**
   * Whether {@code zone} lists 127.0.0.1, judged by its answer and its filters of positive weight,
   * since an allowlist may contain loopback. A zone without positive weight lists everything if its
   * filters accept the answer and the answer is not 127.0.0.1 itself (R14).
   */
  static boolean listsLoopback(Zone zone, DnsAnswer answer) {
    if (!(answer instanceof DnsAnswer.Addresses(var codes)) || isNoService(zone, codes)) {
      return false;
    }
    return zone.weighings().stream()
        .filter(weighing -> weighing.weight() > 0 || !zone.blocks())
        .anyMatch(weighing ->
            codes.stream()
                .filter(code -> zone.blocks() || !code.equals(NOT_LISTED_ENTRY))
                .anyMatch(code -> accepts(weighing, code)));
  }

  /** Whether {@code zone} lists 127.0.0.2, judged by its answer regardless of filters (R14). */
  static boolean listsTestEntry(Zone zone, DnsAnswer answer) {
    return answer instanceof DnsAnswer.Addresses(var codes)
        && !isNoService(zone, codes)
        && codes.stream().anyMatch(ReturnCodes::canMeanListed);
  }

  private static boolean isNoService(Zone zone, SortedSet<Ipv4Address> answers) {
    return answers.stream().anyMatch(answer -> KnownLists.isNoService(zone, answer));
  }

  private static LookupResult classify(Zone zone, SortedSet<Ipv4Address> answers) {
    if (isNoService(zone, answers)) {
      return unknown(
          UnknownReason.ZONE_REFUSES_SERVICE,
          answers,
          answer -> KnownLists.isNoService(zone, answer));
    }
    List<Weighing> accepting = accepting(zone, answers);
    if (!accepting.isEmpty()) {
      return new Listed(answers, weight(accepting), Optional.empty());
    }
    if (answers.stream().anyMatch(ReturnCodes::refusesService)) {
      return unknown(UnknownReason.ZONE_REFUSES_SERVICE, answers, ReturnCodes::refusesService);
    }
    if (answers.stream().anyMatch(ReturnCodes::isOutside)) {
      return unknown(UnknownReason.INVALID_RESPONSE, answers, ReturnCodes::isOutside);
    }
    if (zone.weighings().stream().allMatch(weighing -> weighing.filter().isPresent())) {
      return new NotListed();
    }
    return unknown(UnknownReason.ZONE_REFUSES_SERVICE, answers, _ -> true);
  }

  private static List<Weighing> accepting(Zone zone, SortedSet<Ipv4Address> answers) {
    return zone.weighings().stream()
        .filter(weighing -> answers.stream().anyMatch(answer -> accepts(weighing, answer)))
        .toList();
  }

  private static int weight(List<Weighing> weighings) {
    return weighings.stream().mapToInt(Weighing::weight).sum();
  }

  private static boolean accepts(Weighing weighing, Ipv4Address answer) {
    return weighing
        .filter()
        .map(filter -> filter.accepts(answer))
        .orElse(canMeanListed(answer) && !answer.equals(NOT_LISTED_ENTRY));
  }

  /** In 127.0.0.0/8 and not an error code. */
  static boolean canMeanListed(Ipv4Address answer) {
    return !isOutside(answer) && !refusesService(answer);
  }

  private static boolean refusesService(Ipv4Address answer) {
    return answer.octet(0) == 127 && answer.octet(1) == 255 && answer.octet(2) == 255;
  }

  private static boolean isOutside(Ipv4Address answer) {
    return answer.octet(0) != 127;
  }

  private static Unknown unknown(
      UnknownReason reason, SortedSet<Ipv4Address> answers, Predicate<Ipv4Address> named) {
    String codes = answers.stream().filter(named).map(Ipv4Address::toString).collect(joining(", "));
    return new Unknown(reason, "answered " + codes);
  }
}
