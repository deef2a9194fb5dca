package dnsblmonitor.domain;

import static java.util.stream.Collectors.toMap;

import dnsblmonitor.domain.Zone.Weighing;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Published facts about well-known lists: lookup page, meaning of return codes, codes that mean "no
 * service", purpose, and permitted lookups per day. A zone belongs to the list with the longest
 * matching name suffix. Each entry names its source.
 */
public final class KnownLists {

  /** What to consider when configuring a list. */
  private enum Kind {
    /** Lists addresses; every return code is a listing. */
    BLOCKLIST,
    /** Some of its return codes are not listings; the example is a filter for those that are. */
    FILTER,
    /** Lists good addresses; the example shows how to use it. */
    ALLOWLIST,
    /** Lists domains; addresses must not be looked up. */
    DOMAINS,
    /** Shut down; the example is the month. */
    DEAD
  }

  /**
   * One list.
   *
   * @param suffix of the names of its zones
   * @param example see {@link Kind}
   * @param dailyLimit lookups a day that it permits without a contract, 0 = none published
   * @param noService the code by which it refuses to serve, besides 127.255.255.0/24
   * @param meanings of 127.0.0.x, by x
   * @param source where it says so
   * @param lookupPage with {@code %s} for the address
   */
  private record KnownList(
      String suffix,
      Kind kind,
      String example,
      int dailyLimit,
      String noService,
      Map<Integer, String> meanings,
      String source,
      Optional<String> lookupPage) {

    /** Parses a line of {@link #TABLE}. */
    static KnownList of(String line) {
      List<String> columns = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
      String[] kind = columns.get(1).split(" ", 2);
      String limit = columns.get(2);
      return new KnownList(
          columns.get(0),
          Kind.valueOf(kind[0].toUpperCase(Locale.ROOT)),
          kind[kind.length - 1],
          limit.isEmpty() ? 0 : Integer.parseInt(limit),
          columns.get(3),
          Stream.of(columns.get(4).split(", "))
              .filter(code -> !code.isEmpty())
              .map(code -> code.split(" ", 2))
              .collect(toMap(code -> Integer.valueOf(code[0]), code -> code[1])),
          columns.get(5),
          Optional.of(columns.get(6)).filter(page -> !page.isEmpty()));
    }
  }

  /**
   * suffix | kind and example | lookups a day | refuses by | meaning of 127.0.0.x | source | lookup
   * page.
   */
  private static final String TABLE =
      """
      spamhaus.org | blocklist | 300000 | | 2 SBL, 3 CSS, 4 XBL, 5 XBL, 6 XBL, 7 XBL, 9 DROP, 10 PBL, 11 PBL, 30 BCL | https://docs.spamhaus.com/datasets/docs/source/10-data-type-documentation/datasets/040-zones.html | https://check.spamhaus.org/results/?query=%s
      dq.spamhaus.net | blocklist | | | 2 SBL, 3 CSS, 4 XBL, 5 XBL, 6 XBL, 7 XBL, 9 DROP, 10 PBL, 11 PBL, 30 BCL | https://docs.spamhaus.com/datasets/docs/source/10-data-type-documentation/datasets/040-zones.html | https://check.spamhaus.org/results/?query=%s
      dbl.spamhaus.org | domains | | 127.0.1.255 | | https://docs.spamhaus.com/datasets/docs/source/10-data-type-documentation/datasets/040-zones.html |
      dbl.dq.spamhaus.net | domains | | 127.0.1.255 | | https://docs.spamhaus.com/datasets/docs/source/10-data-type-documentation/datasets/040-zones.html |
      zrd.dq.spamhaus.net | domains | | 127.0.2.255 | | https://github.com/spamhaus/rspamd-dqs |
      spamcop.net | blocklist | | | | https://www.spamcop.net/bl.shtml | https://www.spamcop.net/bl.shtml?%s
      barracudacentral.org | blocklist | | | | https://www.barracudacentral.org/rbl | https://www.barracudacentral.org/lookups/lookup-reputation?ip_address=%s
      surriel.com | blocklist | | | | https://psbl.org/ | https://psbl.org/listing?ip=%s
      uceprotect.net | blocklist | | | | https://www.uceprotect.net/en/index.php?m=3&s=3 | https://www.uceprotect.net/en/rblcheck.php?ipr=%s
      dnswl.org | allowlist list.dnswl.org=127.0.[2..15].[1..3]*-2 | 100000 | 127.0.0.255 | | https://www.dnswl.org/?page_id=15 |
      hostkarma.junkemailfilter.com | filter 127.0.0.2 | | | | https://wiki.junkemailfilter.com/index.php/Spam_DNS_Lists |
      score.senderscore.com | filter 127.0.4.[0..29] | 333 | | | https://knowledge.validity.com/s/articles/Accessing-Validity-reputation-data-through-DNS |
      bl.score.senderscore.com | blocklist | 333 | | | https://knowledge.validity.com/s/articles/Accessing-Validity-reputation-data-through-DNS |
      rep.mailspike.net | filter 127.0.0.[10..12] | 100000 | | | https://mailspike.org/usage.html |
      wl.mailspike.net | allowlist wl.mailspike.net=127.0.0.[18..20]*-2 | 100000 | | | https://mailspike.org/usage.html |
      mailspike.net | blocklist | 100000 | | 2 zero hour, 10 L5, 11 L4, 12 L3 | https://mailspike.org/usage.html |
      blocklist.de | blocklist | | | | https://www.blocklist.de/en/rbldns.html |
      dronebl.org | blocklist | | | | https://dronebl.org/docs/howtouse |
      s5h.net | blocklist | | | | http://www.s5h.net/rblcheck |
      gbudb.net | blocklist | | | | http://www.gbudb.com/truncate/index.jsp |
      dnsbl.spfbl.net | filter 127.0.0.2 | | | | https://spfbl.net/en/dnsbl/ |
      dnswl.spfbl.net | allowlist dnswl.spfbl.net*-1 | | | | https://spfbl.net/en/dnswl/ |
      mail.abusix.zone | blocklist | | | 2 spam trap, 3 low reputation, 4 exploit, 11 generic rDNS, 12 no rDNS | https://docs.abusix.com/docs/guardian-mail/production-zones |
      dblack.mail.abusix.zone | domains | | | | https://docs.abusix.com/docs/guardian-mail/production-zones |
      white.mail.abusix.zone | allowlist <key>.white.mail.abusix.zone*-1 | | | | https://docs.abusix.com/docs/guardian-mail/production-zones |
      backscatterer.org | blocklist | | | | http://www.backscatterer.org/ |
      spamrats.com | blocklist | | | 36 Dyna, 37 NoPtr, 38 Spam, 43 Auth | http://www.spamrats.com/lists.php |
      0spam.org | filter 127.0.0.[1..9] | | | | https://0spam.org/Why-is-my-IP-listed |
      spameatingmonkey.net | blocklist | 100000 | | | http://spameatingmonkey.com/faq.html |
      uribl.spameatingmonkey.net | domains | | | | http://spameatingmonkey.com/lists.html |
      urired.spameatingmonkey.net | domains | | | | http://spameatingmonkey.com/lists.html |
      fresh.spameatingmonkey.net | domains | | | | http://spameatingmonkey.com/lists.html |
      freshzero.spameatingmonkey.net | domains | | | | http://spameatingmonkey.com/lists.html |
      fresh10.spameatingmonkey.net | domains | | | | http://spameatingmonkey.com/lists.html |
      fresh15.spameatingmonkey.net | domains | | | | http://spameatingmonkey.com/lists.html |
      fresh30.spameatingmonkey.net | domains | | | | http://spameatingmonkey.com/lists.html |
      suomispam.net | blocklist | | | | http://suomispam.net/ |
      dbl.suomispam.net | domains | | | | http://suomispam.net/ |
      swinog.ch | blocklist | | | | https://antispam.imp.ch/ |
      uribl.swinog.ch | domains | | | | https://antispam.imp.ch/ |
      efnetrbl.org | filter 127.0.0.[1..5] | | | | http://efnetrbl.org/ |
      isipp.com | allowlist iadb.isipp.com=127.0.0.[1..2]*-1 | | | | http://www.suretymail.com/codelist.php |
      uribl.com | domains | | 127.0.0.1 | | https://uribl.com/refused.shtml |
      surbl.org | domains | | 127.0.0.1 | | http://www.surbl.org/faq.html |
      sorbs.net | dead June 2024 | | | | https://www.techzine.eu/news/security/120916/ |
      ix.dnsbl.manitu.net | dead January 2025 | | | | https://www.nixspam.net/ |
      wpbl.info | dead November 2023 | | | | http://wpbl.info/ |
      njabl.org | dead March 2013 | | | | https://en.wikipedia.org/wiki/Not_Just_Another_Bogus_List |
      ahbl.org | dead January 2015 | | | | http://ahbl.org/content/last-notice-wildcarding-services-jan-1st |
      ordb.org | dead December 2006 | | | | http://securityandthe.net/2009/03/10/dsbl-blacklist-gone/ |
      dsbl.org | dead May 2008 | | | | http://securityandthe.net/2009/03/10/dsbl-blacklist-gone/ |
      inps.de | dead May 2020 | | | | https://www.dnsbl.com/ |
      emailbasura.org | dead October 2019 | | | | https://www.dnsbl.com/2019/10/status-of-blemailbasuraorg-dead.html |
      unsubscore.com | dead 2024 or before | | | | https://www.dnsbl.com/ |
      """;

  private static final List<KnownList> LISTS =
      TABLE
          .lines()
          .map(KnownList::of)
          .sorted(Comparator.comparingInt((KnownList list) -> list.suffix().length()).reversed())
          .toList();

  private KnownLists() {}

  /** The page to look up {@code address} and request its delisting. */
  static Optional<URI> lookupPage(Zone zone, IpAddress address) {
    return lookupPage(zone.shownName(), address);
  }

  /** The same for a zone by its shown name. */
  public static Optional<URI> lookupPage(String zone, IpAddress address) {
    return known(zone)
        .flatMap(KnownList::lookupPage)
        .map(page -> URI.create(page.formatted(address)));
  }

  /** The list's meaning of {@code code}. */
  static Optional<String> meaning(Zone zone, Ipv4Address code) {
    return known(zone)
        .filter(_ -> code.octet(1) == 0 && code.octet(2) == 0)
        .map(list -> list.meanings().get(code.octet(3)));
  }

  /** Whether {@code code} means that the list refuses service (R11). */
  static boolean isNoService(Zone zone, Ipv4Address code) {
    return known(zone).filter(list -> list.noService().equals(code.toString())).isPresent();
  }

  /** Lookups per day that the list permits without a contract, if published. */
  public static OptionalInt dailyLimit(Zone zone) {
    int limit = known(zone).map(KnownList::dailyLimit).orElse(0);
    return limit == 0 ? OptionalInt.empty() : OptionalInt.of(limit);
  }

  /** What is wrong with the configuration of {@code zone}, and how to fix it. */
  public static Optional<String> advice(Zone zone) {
    return known(zone)
        .flatMap(list -> advice(zone, list).map(text -> "%s (%s)".formatted(text, list.source())));
  }

  private static Optional<String> advice(Zone zone, KnownList list) {
    return switch (list.kind()) {
      case BLOCKLIST -> Optional.empty();
      case FILTER ->
          Optional.of(
                  "some of its return codes are not listings; select those that are with a filter, such as %s=%s"
                      .formatted(zone, list.example()))
              .filter(_ -> isUnfiltered(zone));
      case ALLOWLIST ->
          Optional.of(
                  "is an allowlist, but addresses that it lists would be throttled. Give it a negative weight, such as "
                      + list.example())
              .filter(_ -> zone.blocks());
      case DOMAINS -> Optional.of("lists domains, not addresses; remove it from DNSBL_ZONES");
      case DEAD ->
          Optional.of("was shut down (%s); remove it from DNSBL_ZONES".formatted(list.example()));
    };
  }

  private static boolean isUnfiltered(Zone zone) {
    return zone.weighings().stream().map(Weighing::filter).anyMatch(Optional::isEmpty);
  }

  private static Optional<KnownList> known(Zone zone) {
    return known(zone.shownName());
  }

  private static Optional<KnownList> known(String zone) {
    String name = "." + zone;
    return LISTS.stream().filter(list -> name.endsWith("." + list.suffix())).findFirst();
  }
}
