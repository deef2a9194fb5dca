package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.IpState.Clean;
import dnsblmonitor.domain.IpState.Throttled;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R15: score and threshold. R17: UNKNOWN neither throttles nor clears. */
class VerdictTest {

  /** R17: it lies, unless the resolver may be the liar. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // state | zones = answers              | resolver works | listing zones       | dropped
        "a       | a.example !, b.example N      | true           | ''                  | a.example",
        "ab      | a.example !, b.example L      | true           | b.example           | a.example",
        "ab      | a.example !, b.example ?      | true           | b.example           | a.example",
        "ab      | a.example !, b.example !      | true           | ''                  | a.example,b.example",
        "a       | a.example !, b.example N      | false          | a.example           | ''",
        "a       | a.example ?, b.example N      | true           | a.example           | ''",
        "b       | a.example !, b.example L      | true           | b.example           | ''",
        "clean   | a.example !, b.example N      | true           | ''                  | ''",
      })
  void aZoneThatListsEverythingIsDroppedIfTheResolverWorks(
      String state, String answers, boolean resolverWorks, String listing, String dropped) {
    IpState before = Worlds.state(state);
    Verdict verdict = Worlds.verdict(1, answers, resolverWorks);
    SortedSet<String> was = before instanceof IpState.Throttled(_, _, var l) ? l : new TreeSet<>();

    assertThat(RowValues.joined(verdict.listingZones(before))).isEqualTo(listing);
    assertThat(RowValues.joined(verdict.droppedZones(was))).isEqualTo(dropped);
    assertThat(verdict.keptZones(before)).noneMatch(verdict.droppedZones(was)::contains);
  }

  /** R14a: held back is what answered "listed" now and is not named by the row. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // state | zones = answers, all held back        | listing zones | held back
        "clean   | a.example L, b.example N              | ''            | a.example",
        "a       | a.example L, b.example L              | a.example     | b.example",
        "a       | a.example ?, b.example ?              | a.example     | ''",
        "clean   | a.example N, allow.example*-1 L       | ''            | ''",
      })
  void theAnswerOfAZoneThatIsHeldBackDoesNotCount(
      String state, String answers, String listing, String heldBack) {
    IpState before = Worlds.state(state);
    Verdict all = Worlds.verdict(1, answers);
    Verdict verdict = all.holdingBack(Zone.shownNames(all.results().keySet()));

    assertThat(RowValues.joined(verdict.listingZones(before))).isEqualTo(listing);
    assertThat(RowValues.joined(verdict.heldBackZones(before))).isEqualTo(heldBack);
    assertThat(verdict.listedZones()).as("what was answered").isEqualTo(all.listedZones());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // state | answers                                           | threshold | protected by
        "clean   | a.example L, allow.example*-1 ?                    | 1 | allow.example",
        "clean   | a.example L, allow.example*-1 ?, more.example*-2 ? | 1 | allow.example,more.example",
        "clean   | a.example L, allow.example*-1 ?, more.example*-2 L | 1 | ''",
        "clean   | a.example N, allow.example*-1 ?                    | 1 | ''",
        "clean   | a.example*3 L, allow.example*-1 ?                  | 1 | ''",
        "clean   | a.example L, allow.example*-1 ?                    | 2 | ''",
        "clean   | a.example L, allow.example*-1 L                    | 1 | ''",
        "a       | a.example L, allow.example*-1 ?                    | 1 | ''",
      })
  void aCleanAddressMayBeProtectedByAnUnknownAllowlistAlone(
      String state, String answers, int threshold, String protectedBy) {
    Verdict verdict = Worlds.verdict(threshold, answers);

    assertThat(RowValues.joined(verdict.protectingZones(Worlds.state(state))))
        .isEqualTo(protectedBy);
  }

  /** Zones a and b block, w is watch only, allow is an allowlist; L, N and ? are their answers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // state | zones = answers                          | threshold | listing zones
        "clean   | a.example L, b.example N                  | 1 | a.example",
        "clean   | a.example N, b.example N                  | 1 | ''",
        "clean   | b.example L, a.example L                  | 1 | a.example,b.example",
        "clean   | a.example L, b.example N                  | 2 | ''",
        "clean   | a.example L, b.example L                  | 2 | a.example,b.example",
        "clean   | a.example*2 L, b.example N                | 2 | a.example",
        "clean   | a.example*2 L, b.example N                | 3 | ''",
        "clean   | a.example L, w.example*0 L                | 1 | a.example",
        "clean   | a.example N, w.example*0 L                | 1 | ''",
        "clean   | a.example L, allow.example*-1 L           | 1 | ''",
        "clean   | a.example*2 L, allow.example*-1 L         | 1 | a.example",
        "clean   | a.example N, allow.example*-1 L           | 1 | ''",
        // a zone that never listed it and is silent now does not list it
        "clean   | a.example ?, b.example N                  | 1 | ''",
        "clean   | a.example ?, b.example L                  | 2 | ''",
        "b       | a.example ?, b.example L                  | 1 | b.example",
        "b       | a.example ?, b.example N                  | 1 | ''",
        // a zone that listed it and is silent now still does
        "a       | a.example ?, b.example N                  | 1 | a.example",
        "a       | a.example ?, b.example L                  | 1 | a.example,b.example",
        "ab      | a.example ?, b.example ?                  | 2 | a.example,b.example",
        "ab      | a.example ?, b.example N                  | 2 | ''",
        "a       | a.example*3 ?, b.example N                | 3 | a.example",
        // one that is no longer configured is dropped
        "ab      | a.example L                               | 1 | a.example",
        "b       | a.example N                               | 1 | ''",
        "b       | a.example ?                               | 1 | ''",
        // and one that has become watch only or an allowlist
        "ab      | a.example L, b.example*0 ?                | 1 | a.example",
        "b       | a.example N, b.example*0 ?                | 1 | ''",
        // an allowlist that is silent speaks for a clean row, not for a listed one
        "clean   | a.example L, allow.example*-1 ?           | 1 | ''",
        "clean   | a.example*2 L, allow.example*-1 ?         | 1 | a.example",
        "a       | a.example L, allow.example*-1 ?           | 1 | a.example",
        "a       | a.example L, allow.example*-1 L           | 1 | ''",
        "a       | a.example ?, allow.example*-1 L           | 1 | ''",
      })
  void zonesListAnAddress(String state, String answers, int threshold, String listing) {
    Verdict verdict = Worlds.verdict(threshold, answers);

    assertThat(String.join(",", verdict.listingZones(Worlds.state(state)))).isEqualTo(listing);
  }

  @Test
  void zonesAreToldApartByWhatTheySaid() {
    Verdict verdict =
        Worlds.verdict(
            1, "a.example L, b.example ?, c.example ?, w.example*0 L, allow.example*-1 L");
    IpState before = Worlds.state("ab");

    assertThat(verdict.listedZones()).containsExactly("a.example");
    assertThat(verdict.keptZones(before)).containsExactly("b.example");
    assertThat(verdict.unknownZones()).containsExactly("b.example", "c.example");
    assertThat(verdict.listingZones(before)).containsExactly("a.example", "b.example");
  }

  @Test
  void nothingIsKeptForACleanAddress() {
    assertThat(Worlds.verdict(1, "a.example ?").keptZones(new Clean(50))).isEmpty();
  }

  @Test
  void zoneWithKeyIsNamedByItsShownName() {
    Verdict verdict = Worlds.verdict(1, "secret.zen.dq.spamhaus.net L");

    assertThat(verdict.listingZones(new Clean(50))).containsExactly("zen.dq.spamhaus.net");
    assertThat(verdict).asString().doesNotContain("secret");
  }

  @Test
  void silentZoneOfSeveralFiltersKeepsItsPositiveWeights() {
    Verdict verdict =
        Worlds.verdict(5, "a.example=127.0.0.2*2;a.example=127.0.0.3*3;a.example=127.0.0.4*-4 ?");
    IpState before =
        new Throttled(0, Optional.of(50), new java.util.TreeSet<>(java.util.Set.of("a.example")));

    assertThat(verdict.listingZones(before)).containsExactly("a.example");
  }

  @Test
  void silentZoneThatCouldSpeakForACleanAddressDoesNotLetItBeThrottled() {
    Verdict verdict =
        Worlds.verdict(1, "b.example L, h.example=127.0.0.2;h.example=127.0.0.1*-1 ?");

    assertThat(verdict.listingZones(new Clean(50))).isEmpty();
  }

  @Test
  void keyInAZonesOwnTextIsNotShown() {
    Zone keyed = Worlds.zone("secret.zen.dq.spamhaus.net");

    assertThat(keyed.withoutKey("see SECRET.zen.dq.spamhaus.net"))
        .isEqualTo("see <key>.zen.dq.spamhaus.net");
    assertThat(Worlds.zone("zen.example").withoutKey("see zen.example"))
        .isEqualTo("see zen.example");
  }
}
