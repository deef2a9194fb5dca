package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dnsblmonitor.domain.ZoneList.InvalidZonesException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R15: {@code zone[=filter][*weight]}. R16: a zone's key is never shown. */
class ZoneListTest {

  private static final String KEY = "k3yk3yk3yk3yk3yk3yk3y";

  @Test
  void zoneAloneWeighsOneAndHasNoFilter() {
    Zone zone = only("bl.example");

    assertThat(zone.highestWeight()).isEqualTo(1);
    assertThat(zone.blocks()).isTrue();
    assertThat(zone.weighings()).singleElement().satisfies(w -> assertThat(w.filter()).isEmpty());
  }

  @Test
  void zonesKeepTheirOrderAndBlanksAroundThemDoNotCount() {
    assertThat(ZoneList.parse(" zen.example ,\n bl.example.org"))
        .extracting(Zone::queryName)
        .containsExactly("zen.example", "bl.example.org");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BL.Example", "bl.example.", "Bl.EXAMPLE."})
  void nameIsLowerCaseWithoutItsFinalDot(String spec) {
    assertThat(only(spec).queryName()).isEqualTo("bl.example");
  }

  @Test
  void filteredEntriesOfOneZoneAreOneZoneOfSeveralWeighings() {
    Zone zone = only("bl.example=127.0.0.2*3, bl.example=127.0.0.[4..7]*2, BL.example*-1");

    assertThat(zone.weighings()).hasSize(3);
    assertThat(zone.highestWeight()).isEqualTo(5);
    assertThat(zone.lowestWeight()).isEqualTo(-1);
    assertThat(zone.asConfigured())
        .isEqualTo("bl.example=127.0.0.2*3,bl.example=127.0.0.[4..7]*2,bl.example*-1");
  }

  @ParameterizedTest
  @CsvSource({
    "'bl.example*127', 127, true, false",
    "'bl.example*0', 0, false, false",
    "'bl.example*-127', 0, false, true",
    "'bl.example=127.0.0.2*2', 2, true, false",
    "'bl.example=127.0.0.2*2,bl.example=127.0.0.3*-2', 2, true, true",
  })
  void weightSaysWhetherZoneBlocksOrAllows(
      String specs, int highest, boolean blocks, boolean speaksForAddresses) {
    Zone zone = ZoneList.parse("other.example," + specs).getLast();

    assertThat(zone.highestWeight()).isEqualTo(highest);
    assertThat(zone.blocks()).isEqualTo(blocks);
    assertThat(zone.lowestWeight() < 0).isEqualTo(speaksForAddresses);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                              | an entry is empty",
        "bl.example,,zen.example         | an entry is empty",
        "bl.example,                     | an entry is empty",
        "=127.0.0.2                      | is not zone[=filter][*weight]",
        "*2                              | is not zone[=filter][*weight]",
        "bl.example*128                  | weight '128' is not in -127..127",
        "bl.example*-128                 | weight '-128' is not in -127..127",
        "bl.example*                     | weight '' is not in -127..127",
        "bl.example*+1                   | weight '+1' is not in -127..127",
        "bl.example*1*2                  | weight '1*2' is not in -127..127",
        "bl.example*9999999999           | is not in -127..127",
        "bl.example=                     | filter '' is not of the form",
        "bl.example=127.0.0.2=127.0.0.3  | is not of the form",
        "bl.example zen.example          | blank inside a name",
        "bl..example                     | not a DNS name",
        ".bl.example                     | not a DNS name",
        "-bl.example                     | not a DNS name",
        "http://bl.example               | not a DNS name",
        "192.0.2.1                       | an address, not a zone name",
        "bl.example*0                    | no zone has a positive weight",
        "bl.example*-1                   | no zone has a positive weight",
        "bl.example,bl.example           | is given twice with the same filter",
        "bl.example,BL.example.*2        | is given twice with the same filter",
        "bl.example=127.0.0.[2..3],bl.example=127.0.0.[2;3]*2 | is given twice with the same filter",
      })
  void unusableListIsRefusedSayingWhy(String specs, String why) {
    assertThat(faults(specs)).singleElement().asString().contains(why);
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    assertThat(faults("bl.example*200,http://zen.example,x.example=127")).hasSize(3);
  }

  @Test
  void nameMustLeaveRoomForTheReversedAddress() {
    String label = "a234567890".repeat(6);

    assertThat(only(label + "." + label + "." + label).queryName()).hasSize(182);
    assertThat(faults(label + "." + label + "." + label + ".example"))
        .singleElement()
        .asString()
        .contains("longer than 189 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "short.zen.dq.spamhaus.net, zen.dq.spamhaus.net",
    "short.combined.mail.abusix.zone, combined.mail.abusix.zone",
    KEY + ".bl.example, bl.example",
    "zen.example, zen.example",
    "nineteen0characters.bl.example, nineteen0characters.bl.example",
  })
  void keyIsNoPartOfTheShownName(String name, String shown) {
    Zone zone = only(name);

    assertThat(zone.queryName()).isEqualTo(name);
    assertThat(zone.shownName()).isEqualTo(shown);
    assertThat(zone).hasToString(shown);
    assertThat(zone.asConfigured()).isEqualTo(name.equals(shown) ? name : "<key>." + shown);
    assertThat(zone.key().map(key -> key.reveal() + "." + shown).orElse(shown)).isEqualTo(name);
    assertThat(zone.key()).as("is a secret").asString().doesNotContain("short", KEY);
  }

  @Test
  void keyIsReplacedInTheZoneAsConfigured() {
    Zone zone = only("secret.zen.dq.spamhaus.net=127.0.0.[2..11]*2,secret.zen.dq.spamhaus.net");

    assertThat(zone.asConfigured())
        .isEqualTo("<key>.zen.dq.spamhaus.net=127.0.0.[2..11]*2,<key>.zen.dq.spamhaus.net");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SECRET.zen.dq.spamhaus.net*999",
        "SECRET.zen.dq.spamhaus.net.*999",
        "SECRET.zen.dq.spamhaus.net.=127",
        "SECRET.zen.dq.spamhaus.net=127.0.0",
        "SECRET.combined.mail.abusix.zone=",
        "SECRET.zen.dq.spamhaus.net SECRET.dbl.dq.spamhaus.net",
        "SECRET.zen.dq.spamhaus.net,SECRET.zen.dq.spamhaus.net",
        "bl.example;SECRET.zen.dq.spamhaus.net",
        "http://SECRET.zen.dq.spamhaus.net",
        "bl.example=SECRET.zen.dq.spamhaus.net",
        "bl.example*SECRET.zen.dq.spamhaus.net",
        "=SECRET.zen.dq.spamhaus.net",
        "SECRET_.zen.dq.spamhaus.net..",
        "k3yk3yk3yk3ySECRETk3yk3y.bl.example*200",
        "k3yk3yk3yk3ySECRETk3yk3y",
        "one.k3yk3yk3yk3ySECRETk3yk3y.example=1",
        "SECRET.zen.dq.spamhaus.net,OTHER.zen.dq.spamhaus.net",
      })
  void faultHoldsNoKey(String specs) {
    InvalidZonesException refusal = refusal("good.example," + specs + ",*");

    assertThat(refusal.getMessage()).doesNotContainIgnoringCase("secret");
    assertThat(String.join(" ", refusal.faults())).doesNotContainIgnoringCase("secret");
    assertThat(refusal).hasNoCause();
  }

  @Test
  void twoZonesOfOneShownNameAreRefused() {
    assertThat(faults("one.zen.dq.spamhaus.net,two.zen.dq.spamhaus.net"))
        .containsExactly("two zones have the same shown name, 'zen.dq.spamhaus.net'");
  }

  @Test
  void zonesAreEqualAndOrderedByTheirShownName() {
    Zone keyed = only("one.zen.dq.spamhaus.net");

    assertThat(keyed).isEqualTo(only("two.zen.dq.spamhaus.net")).isNotEqualTo(only("zen.example"));
    assertThat(keyed).isGreaterThan(only("bl.example")).isGreaterThan(only("one.example"));
  }

  private static Zone only(String specs) {
    List<Zone> zones = ZoneList.parse(specs);
    assertThat(zones).hasSize(1);
    return zones.getFirst();
  }

  private static List<String> faults(String specs) {
    return refusal(specs).faults();
  }

  private static InvalidZonesException refusal(String specs) {
    InvalidZonesException refusal =
        catchThrowableOfType(InvalidZonesException.class, () -> ZoneList.parse(specs));
    assertThat(refusal).as(specs).isNotNull();
    return refusal;
  }
}
