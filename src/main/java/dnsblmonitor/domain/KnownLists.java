package dnsblmonitor.domain;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What well-known lists publish of themselves: their lookup page, and what their return codes mean
 * (Spamhaus: "Return codes" of its DNSBL usage page). Matched by the end of the zone's name.
 */
final class KnownLists {

  private record KnownList(String suffix, String lookupPage, Map<Integer, String> codeMeanings) {}

  private static final Map<Integer, String> SPAMHAUS_CODES =
      Map.of(
          2, "SBL", 3, "CSS", 4, "XBL", 5, "XBL", 6, "XBL", 7, "XBL", 9, "DROP", 10, "PBL", 11,
          "PBL");

  private static final List<KnownList> LISTS =
      List.of(
          new KnownList(
              "spamhaus.org", "https://check.spamhaus.org/results/?query=%s", SPAMHAUS_CODES),
          new KnownList(
              "dq.spamhaus.net", "https://check.spamhaus.org/results/?query=%s", SPAMHAUS_CODES),
          new KnownList("spamcop.net", "https://www.spamcop.net/bl.shtml?%s", Map.of()),
          new KnownList("surriel.com", "https://psbl.org/listing?ip=%s", Map.of()),
          new KnownList(
              "uceprotect.net", "https://www.uceprotect.net/en/rblcheck.php?ipr=%s", Map.of()),
          new KnownList(
              "barracudacentral.org",
              "https://www.barracudacentral.org/lookups/lookup-reputation?ip_address=%s",
              Map.of()));

  private KnownLists() {}

  /** The page where a person looks {@code address} up, and finds how it gets delisted. */
  static Optional<URI> lookupPage(Zone zone, IpAddress address) {
    return known(zone).map(list -> URI.create(list.lookupPage().formatted(address)));
  }

  /** What the list means by {@code code}. */
  static Optional<String> meaning(Zone zone, Ipv4Address code) {
    return known(zone)
        .filter(_ -> code.octet(1) == 0 && code.octet(2) == 0)
        .map(list -> list.codeMeanings().get(code.octet(3)));
  }

  private static Optional<KnownList> known(Zone zone) {
    String name = "." + zone.shownName();
    return LISTS.stream().filter(list -> name.endsWith("." + list.suffix())).findFirst();
  }
}
