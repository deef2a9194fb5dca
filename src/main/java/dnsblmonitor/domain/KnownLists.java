package dnsblmonitor.domain;

import static java.util.Map.entry;

import dnsblmonitor.domain.Zone.Weighing;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What well-known lists publish of themselves: lookup page, meaning of return codes, codes that
 * mean "no service", what they are for, and how many lookups a day they permit. A zone is one of
 * theirs if its name ends in theirs; the longest one counts. Each entry names its source.
 */
public final class KnownLists {

  /** What kind of list it is, and so what a configuration must mind. */
  private sealed interface Kind {}

  /** Lists addresses; every code of it is a listing. */
  private record Blocklist() implements Kind {}

  /** Some of its codes are no listings: {@code filter} is an example of those that are. */
  private record NeedsFilter(String filter) implements Kind {}

  /** What it lists is good: {@code example} shows how it is used. */
  private record Allowlist(String example) implements Kind {}

  /** It lists domains; addresses must not be looked up in it. */
  private record DomainList() implements Kind {}

  /** Shut down in {@code since}. */
  private record Dead(String since) implements Kind {}

  /**
   * One list.
   *
   * @param suffix how the names of its zones end
   * @param source where it says so
   * @param lookupPage with {@code %s} for the address
   * @param meanings of 127.0.0.x, by x
   * @param noService codes by which it refuses to serve, besides 127.255.255.0/24
   * @param dailyLimit lookups a day that it permits without a contract, 0 = none published
   */
  private record KnownList(
      String suffix,
      String source,
      Kind kind,
      Optional<String> lookupPage,
      Map<Integer, String> meanings,
      Set<String> noService,
      int dailyLimit) {

    KnownList(String suffix, Kind kind, String source) {
      this(suffix, source, kind, Optional.empty(), Map.of(), Set.of(), 0);
    }

    KnownList page(String page) {
      return new KnownList(
          suffix, source, kind, Optional.of(page), meanings, noService, dailyLimit);
    }

    KnownList means(Map<Integer, String> codes) {
      return new KnownList(suffix, source, kind, lookupPage, codes, noService, dailyLimit);
    }

    KnownList refusesBy(String... codes) {
      return new KnownList(suffix, source, kind, lookupPage, meanings, Set.of(codes), dailyLimit);
    }

    KnownList limit(int lookupsADay) {
      return new KnownList(suffix, source, kind, lookupPage, meanings, noService, lookupsADay);
    }
  }

  private static final Blocklist BLOCKLIST = new Blocklist();
  private static final DomainList DOMAINS = new DomainList();

  private static final String SPAMHAUS = "https://check.spamhaus.org/results/?query=%s";
  private static final String SPAMHAUS_ZONES =
      "https://docs.spamhaus.com/datasets/docs/source/10-data-type-documentation/datasets/040-zones.html";
  private static final Map<Integer, String> SPAMHAUS_CODES =
      Map.ofEntries(
          entry(2, "SBL"),
          entry(3, "CSS"),
          entry(4, "XBL"),
          entry(5, "XBL"),
          entry(6, "XBL"),
          entry(7, "XBL"),
          entry(9, "DROP"),
          entry(10, "PBL"),
          entry(11, "PBL"),
          entry(30, "BCL"));

  private static final String UCEPROTECT = "https://www.uceprotect.net/en/rblcheck.php?ipr=%s";
  private static final String MAILSPIKE = "https://mailspike.org/usage.html";
  private static final String VALIDITY =
      "https://knowledge.validity.com/s/articles/Accessing-Validity-reputation-data-through-DNS";
  private static final int VALIDITY_LIMIT = 333; // 10,000 in 30 days

  private static final List<KnownList> LISTS =
      Stream.of(
              new KnownList("spamhaus.org", BLOCKLIST, SPAMHAUS_ZONES)
                  .page(SPAMHAUS)
                  .means(SPAMHAUS_CODES)
                  .limit(300_000),
              new KnownList("dq.spamhaus.net", BLOCKLIST, SPAMHAUS_ZONES)
                  .page(SPAMHAUS)
                  .means(SPAMHAUS_CODES),
              new KnownList("dbl.spamhaus.org", DOMAINS, SPAMHAUS_ZONES).refusesBy("127.0.1.255"),
              new KnownList("dbl.dq.spamhaus.net", DOMAINS, SPAMHAUS_ZONES)
                  .refusesBy("127.0.1.255"),
              new KnownList(
                      "zrd.dq.spamhaus.net", DOMAINS, "https://github.com/spamhaus/rspamd-dqs")
                  .refusesBy("127.0.2.255"),
              new KnownList("spamcop.net", BLOCKLIST, "https://www.spamcop.net/bl.shtml")
                  .page("https://www.spamcop.net/bl.shtml?%s"),
              new KnownList(
                      "barracudacentral.org", BLOCKLIST, "https://www.barracudacentral.org/rbl")
                  .page("https://www.barracudacentral.org/lookups/lookup-reputation?ip_address=%s"),
              new KnownList("surriel.com", BLOCKLIST, "https://psbl.org/")
                  .page("https://psbl.org/listing?ip=%s"),
              new KnownList(
                      "uceprotect.net",
                      BLOCKLIST,
                      "https://www.uceprotect.net/en/index.php?m=3&s=3")
                  .page(UCEPROTECT),
              new KnownList(
                      "dnswl.org",
                      new Allowlist("list.dnswl.org=127.0.[2..15].[1..3]*-2"),
                      "https://www.dnswl.org/?page_id=15")
                  .refusesBy("127.0.0.255")
                  .limit(100_000),
              new KnownList(
                  "hostkarma.junkemailfilter.com",
                  new NeedsFilter("127.0.0.2"),
                  "https://wiki.junkemailfilter.com/index.php/Spam_DNS_Lists"),
              new KnownList("score.senderscore.com", new NeedsFilter("127.0.4.[0..29]"), VALIDITY)
                  .limit(VALIDITY_LIMIT),
              new KnownList("bl.score.senderscore.com", BLOCKLIST, VALIDITY).limit(VALIDITY_LIMIT),
              new KnownList("rep.mailspike.net", new NeedsFilter("127.0.0.[10..12]"), MAILSPIKE)
                  .limit(100_000),
              new KnownList(
                      "wl.mailspike.net",
                      new Allowlist("wl.mailspike.net=127.0.0.[18..20]*-2"),
                      MAILSPIKE)
                  .limit(100_000),
              new KnownList("mailspike.net", BLOCKLIST, MAILSPIKE)
                  .means(Map.of(2, "zero hour", 10, "L5", 11, "L4", 12, "L3"))
                  .limit(100_000),
              new KnownList("blocklist.de", BLOCKLIST, "https://www.blocklist.de/en/rbldns.html"),
              new KnownList("dronebl.org", BLOCKLIST, "https://dronebl.org/docs/howtouse"),
              new KnownList("s5h.net", BLOCKLIST, "http://www.s5h.net/rblcheck"),
              new KnownList("gbudb.net", BLOCKLIST, "http://www.gbudb.com/truncate/index.jsp"),
              new KnownList(
                  "dnsbl.spfbl.net", new NeedsFilter("127.0.0.2"), "https://spfbl.net/en/dnsbl/"),
              new KnownList(
                  "dnswl.spfbl.net",
                  new Allowlist("dnswl.spfbl.net*-1"),
                  "https://spfbl.net/en/dnswl/"),
              new KnownList(
                      "mail.abusix.zone",
                      BLOCKLIST,
                      "https://docs.abusix.com/docs/guardian-mail/production-zones")
                  .means(
                      Map.of(
                          2,
                          "spam trap",
                          3,
                          "low reputation",
                          4,
                          "exploit",
                          11,
                          "generic rDNS",
                          12,
                          "no rDNS")),
              new KnownList("backscatterer.org", BLOCKLIST, "http://www.backscatterer.org/"),
              new KnownList("spamrats.com", BLOCKLIST, "http://www.spamrats.com/lists.php")
                  .means(Map.of(36, "Dyna", 37, "NoPtr", 38, "Spam", 43, "Auth")),
              new KnownList(
                  "0spam.org",
                  new NeedsFilter("127.0.0.[1..9]"),
                  "https://0spam.org/Why-is-my-IP-listed"),
              new KnownList(
                      "spameatingmonkey.net", BLOCKLIST, "http://spameatingmonkey.com/faq.html")
                  .limit(100_000),
              new KnownList("suomispam.net", BLOCKLIST, "http://suomispam.net/"),
              new KnownList("swinog.ch", BLOCKLIST, "https://antispam.imp.ch/"),
              new KnownList(
                  "efnetrbl.org", new NeedsFilter("127.0.0.[1..5]"), "http://efnetrbl.org/"),
              new KnownList(
                  "isipp.com",
                  new Allowlist("iadb.isipp.com=127.0.0.[1..2]*-1"),
                  "http://www.suretymail.com/codelist.php"),
              new KnownList("uribl.com", DOMAINS, "https://uribl.com/refused.shtml")
                  .refusesBy("127.0.0.1"),
              new KnownList("surbl.org", DOMAINS, "http://www.surbl.org/faq.html")
                  .refusesBy("127.0.0.1"),
              dead("sorbs.net", "June 2024", "https://www.techzine.eu/news/security/120916/"),
              dead("ix.dnsbl.manitu.net", "January 2025", "https://www.nixspam.net/"),
              dead("wpbl.info", "November 2023", "http://wpbl.info/"),
              dead(
                  "njabl.org",
                  "March 2013",
                  "https://en.wikipedia.org/wiki/Not_Just_Another_Bogus_List"),
              dead(
                  "ahbl.org",
                  "January 2015",
                  "http://ahbl.org/content/last-notice-wildcarding-services-jan-1st"),
              dead(
                  "ordb.org",
                  "December 2006",
                  "http://securityandthe.net/2009/03/10/dsbl-blacklist-gone/"),
              dead(
                  "dsbl.org",
                  "May 2008",
                  "http://securityandthe.net/2009/03/10/dsbl-blacklist-gone/"),
              dead("inps.de", "May 2020", "https://www.dnsbl.com/"),
              dead(
                  "emailbasura.org",
                  "October 2019",
                  "https://www.dnsbl.com/2019/10/status-of-blemailbasuraorg-dead.html"),
              dead("unsubscore.com", "2024 or before", "https://www.dnsbl.com/"))
          .sorted(Comparator.comparingInt((KnownList list) -> list.suffix().length()).reversed())
          .toList();

  private static KnownList dead(String suffix, String since, String source) {
    return new KnownList(suffix, new Dead(since), source);
  }

  private KnownLists() {}

  /** The page where a person looks {@code address} up, and finds how it gets delisted. */
  static Optional<URI> lookupPage(Zone zone, IpAddress address) {
    return known(zone)
        .flatMap(KnownList::lookupPage)
        .map(page -> URI.create(page.formatted(address)));
  }

  /** What the list means by {@code code}. */
  static Optional<String> meaning(Zone zone, Ipv4Address code) {
    return known(zone)
        .filter(_ -> code.octet(1) == 0 && code.octet(2) == 0)
        .map(list -> list.meanings().get(code.octet(3)));
  }

  /** Whether the list says by {@code code} that it does not serve the lookup (R11). */
  static boolean isNoService(Zone zone, Ipv4Address code) {
    return known(zone).filter(list -> list.noService().contains(code.toString())).isPresent();
  }

  /** Lookups a day that the list permits without a contract, if it publishes that. */
  public static OptionalInt dailyLimit(Zone zone) {
    int limit = known(zone).map(KnownList::dailyLimit).orElse(0);
    return limit == 0 ? OptionalInt.empty() : OptionalInt.of(limit);
  }

  /** What is wrong with the way in which {@code zone} is configured, and what to do about it. */
  public static List<String> advice(Zone zone) {
    List<String> advice = new ArrayList<>();
    known(zone)
        .ifPresent(list -> {
          switch (list.kind()) {
            case Blocklist _ -> {}
            case NeedsFilter(var filter) when isUnfiltered(zone) ->
                advice.add(
                    "some of its codes are no listings: name those that are by a filter, such as %s=%s (%s)"
                        .formatted(zone, filter, list.source()));
            case NeedsFilter _ -> {}
            case Allowlist(var example) when zone.blocks() ->
                advice.add(
                    "is an allowlist: what it lists would be throttled. Give it a negative weight, such as %s (%s)"
                        .formatted(example, list.source()));
            case Allowlist _ -> {}
            case DomainList _ ->
                advice.add(
                    "lists domains, not addresses: remove it from DNSBL_ZONES (%s)"
                        .formatted(list.source()));
            case Dead(var since) ->
                advice.add(
                    "was shut down (%s): remove it from DNSBL_ZONES (%s)"
                        .formatted(since, list.source()));
          }
        });
    return advice;
  }

  private static boolean isUnfiltered(Zone zone) {
    return zone.weighings().stream().map(Weighing::filter).anyMatch(Optional::isEmpty);
  }

  private static Optional<KnownList> known(Zone zone) {
    String name = "." + zone.shownName();
    return LISTS.stream().filter(list -> name.endsWith("." + list.suffix())).findFirst();
  }
}
