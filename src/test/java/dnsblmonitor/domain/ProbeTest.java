package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R14: what a zone's answers to the test entries of RFC 5782 5 say of it. */
class ProbeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // zone              | to 127.0.0.2              | to 127.0.0.1              | probe
        "bl.example          | 127.0.0.2                 | NXDOMAIN                  | OK",
        "bl.example          | 127.0.0.4 127.0.0.10      | NXDOMAIN                  | OK",
        "bl.example          | 127.0.0.1                 | NXDOMAIN                  | OK",
        "bl.example          | 127.0.0.2                 | 127.0.0.1                 | OK",
        "bl.example          | 127.0.0.2                 | NODATA                    | OK",
        "bl.example          | 127.0.0.2                 | SERVFAIL                  | OK",
        "bl.example          | 127.0.0.2                 | SILENCE                   | UNANSWERED",
        // the filter does not count for the entry that should be listed
        "bl.example=127.0.0.9 | 127.0.0.2                | NXDOMAIN                  | OK",
        "bl.example=127.0.0.9 | 127.0.0.2                | 127.0.0.2                 | OK",
        // it does for the one that must not be
        "bl.example          | 127.0.0.2                 | 127.0.0.2                 | LISTS_EVERYTHING",
        "bl.example          | NXDOMAIN                  | 127.0.0.2                 | LISTS_EVERYTHING",
        "bl.example          | SILENCE                   | 127.0.0.2                 | LISTS_EVERYTHING",
        "bl.example=127.0.0.2 | 127.0.0.2                | 127.0.0.2                 | LISTS_EVERYTHING",
        "bl.example=127.0.0.1 | 127.0.0.2                | 127.0.0.1                 | LISTS_EVERYTHING",
        "bl.example*0        | 127.0.0.2                 | 127.0.0.2                 | LISTS_EVERYTHING",
        // by the filters of positive weight: an allowlist that holds loopback condemns nothing
        "k.example=127.0.0.2,k.example=127.0.0.1*-2 | 127.0.0.2 | 127.0.0.1          | OK",
        "k.example=127.0.0.2,k.example=127.0.0.1*-2 | 127.0.0.2 | 127.0.0.2          | LISTS_EVERYTHING",
        "k.example=127.0.0.2,k.example=127.0.0.1*-2 | NXDOMAIN  | 127.0.0.1          | TEST_ENTRY_MISSING",
        // without any, by those there are, unless the answer is 127.0.0.1 itself
        "wl.example*-4       | 127.0.10.0                | 127.0.10.3                | LISTS_EVERYTHING",
        "wl.example=127.0.[0..255].[1..3]*-4 | 127.0.10.0 | 127.0.10.3               | LISTS_EVERYTHING",
        "wl.example=127.0.[0..255].[1..3]*-4 | 127.0.10.0 | NXDOMAIN                 | OK",
        "wl.example=127.0.0.1*-4 | 127.0.0.2             | 127.0.0.1                 | OK",
        "wl.example*-4       | NXDOMAIN                  | NXDOMAIN                  | TEST_ENTRY_MISSING",
        // a code by which a known list refuses service is no listing of either entry
        "list.dnswl.org*-4   | 127.0.0.255               | 127.0.0.255               | TEST_ENTRY_MISSING",
        "list.dnswl.org=127.0.[0..255].[1..3]*-4 | 127.0.0.255 | NXDOMAIN            | TEST_ENTRY_MISSING",
        "multi.uribl.com     | 127.0.0.1                 | 127.0.0.1                 | TEST_ENTRY_MISSING",
        // an answer that lists nothing
        "bl.example          | NXDOMAIN                  | NXDOMAIN                  | TEST_ENTRY_MISSING",
        "bl.example          | NODATA                    | NODATA                    | TEST_ENTRY_MISSING",
        "bl.example          | NXDOMAIN                  | SILENCE                   | UNANSWERED",
        "bl.example          | SILENCE                   | NXDOMAIN                  | UNANSWERED",
        // refused service, and a parked domain: all lookups will say the same
        "bl.example          | 127.255.255.254           | 127.255.255.254           | TEST_ENTRY_MISSING",
        "bl.example          | 192.0.2.1                 | 192.0.2.1                 | TEST_ENTRY_MISSING",
        // an error code is an answer as well
        "bl.example          | SERVFAIL                  | SERVFAIL                  | TEST_ENTRY_MISSING",
        "bl.example          | REFUSED                   | REFUSED                   | TEST_ENTRY_MISSING",
        "bl.example          | SILENCE                   | SERVFAIL                  | UNANSWERED",
        // nothing came of one entry or both
        "bl.example          | SILENCE                   | SILENCE                   | UNANSWERED",
        "bl.example          | FAULT                     | SILENCE                   | UNANSWERED",
        "bl.example          | FAULT                     | FAULT                     | UNANSWERED",
      })
  void answersToTheTestEntriesMean(String spec, String listed, String neverListed, Probe probe) {
    Zone zone = ZoneList.parse("anchor.example," + spec).getLast();

    assertThat(Probe.of(zone, answer(listed), answer(neverListed))).isEqualTo(probe);
  }

  @ParameterizedTest
  @CsvSource({
    "NXDOMAIN, NXDOMAIN, OFF",
    "NODATA, NXDOMAIN, OFF",
    "127.0.0.2, NXDOMAIN, OK",
    "NXDOMAIN, SILENCE, UNANSWERED",
    "NXDOMAIN, 127.0.0.2, LISTS_EVERYTHING",
  })
  void aTestEntryThatIsKnownToBeMissingIsNotMissed(String listed, String neverListed, Probe probe) {
    Zone zone = Worlds.zone("bl.example").withoutTestEntry();

    assertThat(Probe.of(zone, answer(listed), answer(neverListed))).isEqualTo(probe);
  }

  @ParameterizedTest
  @CsvSource({
    // IPv4, IPv6, the zone's
    "OK, OK, OK",
    "OK, OFF, OK",
    "TEST_ENTRY_MISSING, OK, TEST_ENTRY_MISSING",
    "TEST_ENTRY_MISSING, UNANSWERED, UNANSWERED",
    "OK, UNANSWERED, UNANSWERED",
    "UNANSWERED, OK, UNANSWERED",
    "UNANSWERED, LISTS_EVERYTHING, LISTS_EVERYTHING",
    "LISTS_EVERYTHING, OK, LISTS_EVERYTHING",
    // most lists have no IPv6 entry
    "OK, TEST_ENTRY_MISSING, IPV6_TEST_ENTRY_MISSING",
    "TEST_ENTRY_MISSING, TEST_ENTRY_MISSING, TEST_ENTRY_MISSING",
    "UNANSWERED, TEST_ENTRY_MISSING, UNANSWERED",
    "OFF, TEST_ENTRY_MISSING, OFF",
  })
  void theWorseProbeOfTheTwoFamiliesIsTheZones(Probe ipv4, Probe ipv6, Probe both) {
    assertThat(Probe.ofBoth(ipv4, ipv6)).isEqualTo(both);
  }

  private static DnsAnswer answer(String words) {
    return switch (words) {
      case "NXDOMAIN" -> new DnsAnswer.NoSuchName();
      case "NODATA" -> new DnsAnswer.NoData();
      case "SERVFAIL", "REFUSED" -> new DnsAnswer.ErrorCode(words);
      case "SILENCE" -> new DnsAnswer.TimedOut(Duration.ofSeconds(5));
      case "FAULT" -> new DnsAnswer.NetworkFault("port unreachable");
      default -> DnsAnswer.Addresses.of(Stream.of(words.split(" ")).map(Ipv4Address::of).toList());
    };
  }
}
