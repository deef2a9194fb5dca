package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.TicketAction.CommentOnTicket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R20b: listings that people accept. */
class ExceptionsTest {

  private static final List<Zone> ZONES = ZoneList.parse("a.example,b.example,w.example*0");
  private static final Ipv4Address IP = Ipv4Address.of("203.0.113.4");
  private static final Ipv4Address OTHER = Ipv4Address.of("203.0.113.5");
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // exceptions                                        | of the address      | of another
        "203.0.113.4@a.example                               | a.example           | ''",
        "203.0.113.4                                         | a.example,b.example,w.example | ''",
        "*@a.example                                         | a.example           | a.example",
        "*@A.example , 203.0.113.4@b.example                 | a.example,b.example | a.example",
        "203.0.113.4@a.example/2026-03-01                    | a.example           | ''",
        "203.0.113.4@a.example/2026-02-28                    | ''                  | ''",
        "203.0.113.4@a.example/2026-02-28,*@a.example        | a.example           | a.example",
      })
  void anEntryHoldsForItsAddressAndZoneToTheEndOfItsDay(
      String exceptions, String ofAddress, String ofOther) {
    Exceptions parsed = parsed(exceptions);

    assertThat(String.join(",", parsed.on(TODAY).zones(IP, ZONES))).isEqualTo(ofAddress);
    assertThat(String.join(",", parsed.on(TODAY).zones(OTHER, ZONES))).isEqualTo(ofOther);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.4@none.example     | not in DNSBL_ZONES (a.example, b.example, w.example)",
        "2001:db8::4                  | IPv6 address; use the row's ipv4",
        "203.0.113.0/24               | it is a network; write one entry for each address",
        "203.0.113.4@a.example/24     | it is a network",
        "*                            | add a zone, as in *@a.example",
        "*/2026-12-31                 | add a zone",
        "203.0.113.4/2026-02-30       | '2026-02-30' is not a date such as 2026-12-31",
        "203.0.113.4@a.example/       | '' is not a date",
        "203.0.113.04                 | it is not an IPv4 address",
        "@a.example                   | it is not an IPv4 address",
        "203.0.113.4@a.example@b.example | not in DNSBL_ZONES",
      })
  void badEntriesAreNamedAllAtOnce(String entry, String fault) {
    assertThatThrownBy(() -> parsed("192.0.2.999," + entry))
        .hasMessageContaining("'192.0.2.999': ")
        .hasMessageContaining("'%s': ".formatted(entry))
        .hasMessageContaining(fault);
  }

  @Test
  void aKeyInAZoneIsNotShown() {
    assertThatThrownBy(() -> parsed("203.0.113.4@s3cr3ts3cr3ts3cr3ts3cr3t.a.example"))
        .hasMessageContaining("<key>")
        .hasMessageNotContaining("s3cr3t");
  }

  /** The date and the zone are swapped, or the zone is behind a network. */
  @ParameterizedTest
  @CsvSource({
    "203.0.113.4/2026-12-31@s3cr3ts3cr3ts3cr3ts3cr3t.zen.dq.spamhaus.net, is not a date",
    "203.0.113.0/24@s3cr3t.zen.dq.spamhaus.net, it is a network",
    "203.0.113.4@s3cr3t.mail.abusix.zone, 203.0.113.4@<key>.mail.abusix.zone",
    "203.0.113.4@a.example/2026-13-01, 203.0.113.4@a.example/2026-13-01",
  })
  void noFaultShowsAKey(String entry, String fault) {
    assertThatThrownBy(() -> parsed(entry))
        .hasMessageContaining(fault)
        .hasMessageNotContaining("s3cr3t");
  }

  /** R6a, R20b: nothing but the excepted zone is silent. */
  @Test
  void aThrottledRowWithoutListsIsRestoredIfOnlyAnExceptedOrLyingZoneIsUnknown() {
    TransitionRules rules = new TransitionRules(0, 50, Duration.ZERO);
    IpState lost = new RowValues(0, 70, null, "new block").state();

    assertThat(rules.decide(lost, Worlds.verdict(1, "a.example ?, b.example N")))
        .isInstanceOf(Transition.Unchanged.class);
    assertThat(
            rules.decide(
                lost, Worlds.verdict(1, "a.example ?, b.example N").excepting(Set.of("a.example"))))
        .isEqualTo(new Transition.Delisted(70));
    assertThat(rules.decide(lost, Worlds.verdict(1, "a.example !, b.example N", true)))
        .isEqualTo(new Transition.Delisted(70));
  }

  /** R20a, R20b: b waits to be restored, a does not. */
  @Test
  void anExceptedZoneLeavesARowThatWaits() {
    TransitionRules rules = new TransitionRules(0, 50, Duration.ofHours(6));
    Verdict verdict = Worlds.verdict(1, "a.example L, b.example N").excepting(Set.of("a.example"));

    assertThat(rules.whileWaiting(Worlds.state("ab"), verdict))
        .isInstanceOfSatisfying(
            Transition.ListingChanged.class,
            change -> assertThat(change.zones()).containsExactly("b.example"));
    assertThat(rules.whileWaiting(Worlds.state("b"), verdict))
        .isInstanceOf(Transition.Unchanged.class);
    assertThat(rules.whileWaiting(Worlds.state("bo"), verdict))
        .as("o.example is no longer configured")
        .isInstanceOf(Transition.ListingChanged.class);
  }

  @Test
  void anEntryPastItsDateIsToldAsItWasWritten() {
    Exceptions exceptions = parsed("203.0.113.4/2026-02-28,*@a.example/2026-03-01,203.0.113.5");

    assertThat(exceptions.expired(TODAY)).hasToString("[203.0.113.4/2026-02-28]");
    assertThat(exceptions).hasToString("203.0.113.4/2026-02-28,*@a.example/2026-03-01,203.0.113.5");
  }

  /** a is excepted; allow is an allowlist of two weights. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // state | zones = answers                          | listing zones | kept      | excepted
        "clean   | a.example L, b.example N                 | ''            | ''        | a.example",
        "clean   | a.example L, b.example L                 | b.example     | ''        | a.example",
        "a       | a.example L, b.example N                 | ''            | ''        | a.example",
        "a       | a.example ?, b.example N                 | ''            | ''        | a.example",
        "ab      | a.example ?, b.example ?                 | b.example     | b.example | a.example",
        "ab      | a.example L, b.example L                 | b.example     | ''        | a.example",
        "clean   | a.example ?, b.example N                 | ''            | ''        | ''",
        "clean   | a.example*-2 L, b.example L              | ''            | ''        | ''",
        "clean   | a.example*-2 ?, b.example L              | ''            | ''        | ''",
      })
  void theAnswerOfAnExceptedZoneAddsNothing(
      String state, String answers, String listing, String kept, String excepted) {
    IpState before = Worlds.state(state);
    Verdict verdict = Worlds.verdict(1, answers).excepting(Set.of("a.example"));

    assertThat(RowValues.joined(verdict.listingZones(before))).isEqualTo(listing);
    assertThat(RowValues.joined(verdict.keptZones(before))).isEqualTo(kept);
    assertThat(RowValues.joined(verdict.exceptedZones(before.listingZones()))).isEqualTo(excepted);
  }

  @Test
  void anExceptionIsNotDelayedByRestoreAfter() {
    TransitionRules rules = new TransitionRules(0, 50, Duration.ofHours(6));
    Instant changed = Worlds.NOW.minusSeconds(60);
    Verdict both = Worlds.verdict(1, "a.example L, b.example N");

    assertThat(
            rules.restoreNotBefore(
                Worlds.state("a"),
                both.excepting(Set.of("a.example")),
                Optional.of(changed),
                Worlds.NOW))
        .isEmpty();
    assertThat(
            rules.restoreNotBefore(
                Worlds.state("ab"),
                both.excepting(Set.of("a.example")),
                Optional.of(changed),
                Worlds.NOW))
        .as("b has gone by itself")
        .isPresent();
  }

  @Test
  void aZoneThatIsExceptedIsNotHeldBack() {
    List<MassListing> reported = new java.util.ArrayList<>();
    IpCheck check =
        Worlds.check(
                Worlds.row(1, 1L, "203.0.113.4", Worlds.cleanRow()),
                Worlds.verdict(1, "a.example L"))
            .excepting(Set.of("a.example"));

    new MassListingBrake(new TransitionRules(0, 50, Duration.ZERO), 1)
        .apply(java.util.Collections.nCopies(50, check), reported::add);

    assertThat(reported).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.4/2026-12-31 | a.example L           | No longer throttled: an exception is in force until 2026-12-31",
        "203.0.113.4@a.example  | a.example ?           | No longer throttled: an exception is in force",
        "203.0.113.4@a.example  | a.example N           | IP is now clean (no longer listed)",
        "203.0.113.4@b.example  | a.example N           | IP is now clean (no longer listed)",
        "203.0.113.4@a.example/2026-02-28 | a.example N | IP is now clean (no longer listed)",
      })
  void theTicketIsToldWhyItsAddressIsNoLongerThrottled(
      String exceptions, String answers, String comment) {
    Exceptions parsed = parsed(exceptions).on(TODAY);
    IpCheck check =
        Worlds.check(
                Worlds.row(1, 1L, "203.0.113.4", Worlds.cleanRow()), Worlds.verdict(1, answers))
            .excepting(parsed.zones(IP, ZONES));
    TicketRules rules = new TicketRules(new TicketLabels("mx"), parsed);
    OpenTicket ticket =
        new OpenTicket(
            "OPS-1",
            IP,
            true,
            "IP 203.0.113.4 blacklisted by a.example",
            Optional.of(TicketRecord.of(ReportedState.Listed.by(List.of("a.example")))),
            Worlds.NOW);

    assertThat(firstLine(rules.planClean(ticket, Optional.of(check), Worlds.RUN)))
        .isEqualTo(comment);
    if (comment.startsWith("No longer")) {
      assertThat(firstLine(rules.planClean(ticket, Optional.empty(), Worlds.RUN)))
          .as("a later run, which Jira is there for, says the same")
          .isEqualTo(comment);
    }
  }

  private static String firstLine(Optional<TicketAction> action) {
    CommentOnTicket comment = (CommentOnTicket) action.orElseThrow();
    assertThat(comment.kept().reported()).isEqualTo(new ReportedState.Clean());
    return comment.comment().orElseThrow().plain().lines().findFirst().orElse("");
  }

  @Test
  void theTicketOfAnotherZoneShowsTheException() {
    ListedAddress listed =
        Worlds.listed(
            "203.0.113.4",
            Set.of("b.example"),
            Worlds.verdict(1, "a.example L, b.example L, w.example*0 L"));
    ListedAddress excepted =
        new ListedAddress(
            listed.row(),
            listed.zones(),
            listed.check().map(check -> check.excepting(Set.of("a.example", "w.example"))),
            false);

    assertThat(TicketWording.description(excepted, Worlds.RUN).plain().lines())
        .contains(
            "a.example | LISTED | 127.0.0.2; not counted: an exception is in force",
            "b.example | LISTED | 127.0.0.2",
            "w.example | LISTED | 127.0.0.2; watch only");
    assertThat(TicketWording.membershipChanged(excepted, Set.of("a.example", "b.example")).plain())
        .contains("not counted: an exception is in force for a.example");
  }

  private static Exceptions parsed(String text) {
    return Exceptions.parse(List.of(text.split("\\s*,\\s*")), ZONES);
  }
}
