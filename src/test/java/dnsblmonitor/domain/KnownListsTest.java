package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of well-known lists, and what `check` advises by it. */
class KnownListsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hostkarma.junkemailfilter.com                    | such as hostkarma.junkemailfilter.com=127.0.0.2 (",
        "score.senderscore.com                            | such as score.senderscore.com=127.0.4.[0..29] (",
        "rep.mailspike.net                                | such as rep.mailspike.net=127.0.0.[10..12] (",
        "dnsbl.spfbl.net                                  | with a filter",
        "list.dnswl.org                                   | Give it a negative weight",
        "list.dnswl.org=127.0.[2..15].[1..3]*2            | Give it a negative weight",
        "wl.mailspike.net                                 | Give it a negative weight",
        "dbl.spamhaus.org                                 | lists domains, not addresses",
        "multi.uribl.com                                  | lists domains, not addresses",
        "uribl.spameatingmonkey.net                       | lists domains, not addresses",
        "fresh15.spameatingmonkey.net                     | lists domains, not addresses",
        "uribl.swinog.ch                                  | lists domains, not addresses",
        "dbl.suomispam.net                                | lists domains, not addresses",
        "abcdefghijklmnopqrstuvwx.dblack.mail.abusix.zone | lists domains, not addresses",
        "abcdefghijklmnopqrstuvwx.white.mail.abusix.zone  | such as <key>.white.mail.abusix.zone*-1 (",
        "dnsbl.sorbs.net                                  | was shut down (June 2024)",
        "ix.dnsbl.manitu.net                              | was shut down (January 2025)",
      })
  void aZoneThatIsNoBlocklistOfAddressesIsAdvisedAgainst(String spec, String advice) {
    assertThat(KnownLists.advice(zone(spec)).orElseThrow()).contains(advice);
  }

  @ParameterizedTest
  @CsvSource({
    "hostkarma.junkemailfilter.com=127.0.0.2",
    "score.senderscore.com=127.0.4.[0..29]",
    "list.dnswl.org=127.0.[2..15].[1..3]*-2",
    "zen.spamhaus.org",
    "abcdefghijklmnopqrstuvwx.zen.dq.spamhaus.net",
    "bl.mailspike.net",
    "bl.spameatingmonkey.net",
    "dnsrbl.swinog.ch",
    "abcdefghijklmnopqrstuvwx.combined.mail.abusix.zone",
    "abcdefghijklmnopqrstuvwx.white.mail.abusix.zone*-1",
    "notsorbs.example",
    "fakesorbs.net",
  })
  void aZoneThatIsUsedAsItShouldBeIsNot(String spec) {
    assertThat(KnownLists.advice(zone(spec))).isEmpty();
  }

  @Test
  void theLongestNameThatFitsCounts() {
    assertThat(KnownLists.dailyLimit(zone("zen.spamhaus.org"))).hasValue(300_000);
    assertThat(KnownLists.dailyLimit(zone("bl.score.senderscore.com"))).hasValue(333);
    assertThat(KnownLists.dailyLimit(zone("bl.example"))).isEmpty();
    assertThat(KnownLists.meaning(zone("zen.spamhaus.org"), Ipv4Address.of("127.0.0.10")))
        .contains("PBL");
    assertThat(KnownLists.meaning(zone("dbl.spamhaus.org"), Ipv4Address.of("127.0.0.10")))
        .isEmpty();
  }

  private static Zone zone(String spec) {
    return ZoneList.parse("anchor.example," + spec).getLast();
  }
}
