package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketAction.CommentOnTicket;
import dnsblmonitor.domain.TicketAction.Create;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R23-R25a: which tickets are an address's, and what makes them agree with the table. */
class TicketRulesTest {

  private static final TicketRules RULES = new TicketRules(new TicketLabels("mx"), Exceptions.NONE);
  private static final Ipv4Address IP = Ipv4Address.of("203.0.113.4");
  private static final String OUR_LABEL = "dnsbl-mx-203.0.113.4";

  @Nested
  class Matching {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "IP 203.0.113.4 blacklisted by a.example",
          "IP 203.0.113.4 blacklisted by",
          "IP 203.0.113.4 blacklisted by Example List (please help)",
        })
    void ticketOfAPersonCountsByItsSummary(String summary) {
      assertThat(RULES.ticketsAmong(List.of(found("OPS-1", summary)))).containsOnlyKeys(IP);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "IP 203.0.113.45 blacklisted by a.example",
          "IP 203.0.113.40 blacklisted by a.example",
          "IP 1203.0.113.4 blacklisted by a.example",
          "IP 203.0.113.4, 203.0.113.5 blacklisted by a.example",
          "IP 203.0.113.4 blacklistedby a.example",
          "IP 203.0.113.4 was blacklisted by a.example",
          "Re: IP 203.0.113.4 blacklisted by a.example",
          "ip 203.0.113.4 blacklisted by a.example",
          "IP 203.0.113.4 whitelisted by a.example",
          "IP 203.0.113.04 blacklisted by a.example",
          "",
        })
    void likeLookingSummaryIsNotThisAddress(String summary) {
      assertThat(RULES.ticketsAmong(List.of(found("OPS-1", summary)))).doesNotContainKey(IP);
    }

    @Test
    void ourLabelCountsWhateverThePersonMadeOfTheSummary() {
      FoundIssue renamed = found("OPS-1", "Delist us, please", "dnsbl-monitor", OUR_LABEL);

      assertThat(RULES.ticketsAmong(List.of(renamed)).get(IP))
          .singleElement()
          .satisfies(ticket -> assertThat(ticket.ours()).isTrue());
    }

    @Test
    void ourLabelCountsMoreThanAnotherAddressInTheSummary() {
      FoundIssue issue = found("OPS-1", "IP 203.0.113.45 blacklisted by a.example", OUR_LABEL);

      assertThat(RULES.ticketsAmong(List.of(issue))).containsOnlyKeys(IP);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "dnsbl-other-203.0.113.4",
          "dnsbl-mx-eu-203.0.113.4",
          "dnsbl-mx2-203.0.113.4",
          "dnsbl-other-198.51.100.1",
        })
    void ticketOfAnotherDeploymentIsLeftAlone(String label) {
      FoundIssue issue =
          found("OPS-1", "IP 203.0.113.4 blacklisted by a.example", "dnsbl-monitor", label);

      assertThat(RULES.ticketsAmong(List.of(issue))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnsbl-monitor", "urgent", "dnsbl-mx", "dnsbl", "mx-203.0.113.4"})
    void otherLabelsDoNotMakeAPersonsTicketSomebodyElses(String label) {
      FoundIssue issue = found("OPS-1", "IP 203.0.113.4 blacklisted by a.example", label);

      assertThat(RULES.ticketsAmong(List.of(issue)).get(IP))
          .singleElement()
          .satisfies(ticket -> assertThat(ticket.ours()).isFalse());
    }

    @Test
    void longerAddressesLabelIsNotOurs() {
      FoundIssue issue = found("OPS-1", "x", "dnsbl-mx-203.0.113.45");

      assertThat(RULES.ticketsAmong(List.of(issue)))
          .containsOnlyKeys(Ipv4Address.of("203.0.113.45"));
    }

    @Test
    void alertIsNoTicketOfAnAddress() {
      FoundIssue alert =
          found(
              "OPS-1",
              "DNS Infrastructure Failure Detected - 60% zones unreachable",
              "dnsbl-monitor",
              "dnsbl-mx-alert-2026-03-01");

      assertThat(RULES.ticketsAmong(List.of(alert))).isEmpty();
    }

    @Test
    void severalOpenTicketsComeNewestFirst() {
      FoundIssue old = created("OPS-12", Duration.ofDays(3));
      FoundIssue newest = created("OPS-9", Duration.ofDays(1));
      FoundIssue sameInstantFiledLater = created("OPS-10", Duration.ofDays(1));

      assertThat(RULES.ticketsAmong(List.of(old, newest, sameInstantFiledLater)).get(IP))
          .extracting(OpenTicket::key)
          .containsExactly("OPS-10", "OPS-9", "OPS-12");
    }

    private FoundIssue created(String key, Duration ago) {
      return new FoundIssue(
          key,
          "IP 203.0.113.4 blacklisted by a.example",
          Set.of(),
          Worlds.NOW.minus(ago),
          Optional.empty(),
          Optional.empty());
    }
  }

  @Nested
  class ListedRow {

    @Test
    void withoutOpenTicketGetsOne() {
      Optional<TicketAction> plan =
          RULES.plan(
              Worlds.listed("203.0.113.4", "b.example", "a.example"), Optional.empty(), Worlds.RUN);

      assertThat(plan)
          .get()
          .isInstanceOfSatisfying(
              Create.class,
              create -> {
                assertThat(create.summary())
                    .isEqualTo("IP 203.0.113.4 blacklisted by a.example,b.example");
                assertThat(create.labels()).containsExactlyInAnyOrder("dnsbl-monitor", OUR_LABEL);
                assertThat(create.kept().reported())
                    .isEqualTo(ReportedState.Listed.by(Set.of("a.example", "b.example")));
              });
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        nullValues = "-",
        value = {
          // told by property | summary's zones      | row's zones         | told anew
          "a.example           | a.example           | a.example           | false",
          "-                   | a.example           | a.example           | false",
          "-                   | B.example, a.example| a.example,b.example | false",
          "-                   | a.example           | b.example           | true",
          "a.example           | a.example           | a.example,b.example | true",
          // the property counts, whatever the summary says
          "a.example           | something else      | a.example           | false",
          "b.example           | a.example           | a.example           | true",
          "clean               | a.example           | a.example           | true",
        })
    void ticketIsToldOnlyWhatItWasNotTold(
        @org.jspecify.annotations.Nullable String reported,
        String summaryZones,
        String zones,
        boolean toldAnew) {
      OpenTicket ticket =
          ticket(true, summaryZones, Optional.ofNullable(reported).map(this::reported));

      Optional<TicketAction> plan =
          RULES.plan(
              Worlds.listed("203.0.113.4", zones.split(",")), Optional.of(ticket), Worlds.RUN);

      assertThat(plan.isPresent()).isEqualTo(toldAnew);
    }

    @Test
    void otherZonesAreToldInOneCommentWithSummaryAndProperty() {
      OpenTicket ticket = ticket(true, "a.example,b.example", Optional.empty());
      ListedAddress listed =
          Worlds.listed(
              "203.0.113.4",
              Set.of("a.example", "c.example"),
              Worlds.verdict(1, "a.example ?, b.example N, c.example L, d.example ?"));

      CommentOnTicket comment = comment(RULES.plan(listed, Optional.of(ticket), Worlds.RUN));

      assertThat(comment.issueKey()).isEqualTo("OPS-1");
      assertThat(comment.newSummary())
          .contains("IP 203.0.113.4 blacklisted by a.example,c.example");
      assertThat(comment.kept().reported())
          .isEqualTo(ReportedState.Listed.by(Set.of("a.example", "c.example")));
      assertThat(comment.comment().orElseThrow().plain().lines())
          .containsExactly(
              "Zone membership changed: now listed on a.example,c.example",
              "Added: c.example",
              "Removed: b.example",
              "Unknown (no usable answer): a.example,d.example",
              "Unresponsive now, last known answer kept: a.example");
    }

    @Test
    void ticketOfAPersonNeverGetsANewSummary() {
      OpenTicket ticket = ticket(false, "some list", Optional.empty());

      CommentOnTicket comment =
          comment(
              RULES.plan(
                  Worlds.listed("203.0.113.4", "a.example"), Optional.of(ticket), Worlds.RUN));

      assertThat(comment.newSummary()).isEmpty();
    }

    @Test
    void summaryThatFitsAlreadyIsNotWrittenAgain() {
      OpenTicket ticket = ticket(true, "a.example", Optional.of(new ReportedState.Clean()));

      CommentOnTicket comment =
          comment(
              RULES.plan(
                  Worlds.listed("203.0.113.4", "a.example"), Optional.of(ticket), Worlds.RUN));

      assertThat(comment.newSummary()).isEmpty();
      assertThat(comment.comment().orElseThrow().plain()).contains("Added: a.example");
    }

    @Test
    void rowWithoutLookupsSaysFromTheTable() {
      Create create =
          (Create)
              RULES
                  .plan(Worlds.listed("203.0.113.4", "a.example"), Optional.empty(), Worlds.RUN)
                  .orElseThrow();

      assertThat(create.description().plain()).contains("a.example | LISTED | from the table");
    }

    @Test
    void descriptionHoldsEveryZonesAnswerAndTheRowsFacts() {
      ListedAddress listed =
          Worlds.listed(
              "203.0.113.4",
              Set.of("a.example", "kept.example"),
              Worlds.verdict(
                  1,
                  "a.example L, b.example N, kept.example ?, w.example*0 L, allow.example*-1 L"));

      Create create = (Create) RULES.plan(listed, Optional.empty(), Worlds.RUN).orElseThrow();

      assertThat(create.description().plain().lines())
          .contains(
              "Hostname | mta.example",
              "Pool | 7",
              "Priority before | 50",
              "Priority now | 0",
              "Time | 2026-03-01T10:15:00Z",
              "Job run | run-7",
              "a.example | LISTED | 127.0.0.2",
              "b.example | NOT_LISTED | ",
              "w.example | LISTED | 127.0.0.2; watch only",
              "allow.example | LISTED | 127.0.0.2; allowlist",
              "kept.example | UNKNOWN | Timeout (no answer within 5.0 s); its last known answer,"
                  + " LISTED, is kept",
              "Unresponsive now, last known answer kept: kept.example");
    }

    /** R14a. */
    @Test
    void descriptionShowsTheAnswerOfAZoneThatIsHeldBack() {
      ListedAddress listed =
          Worlds.listed(
              "203.0.113.4",
              Set.of("a.example"),
              Worlds.verdict(1, "a.example L, held.example L, none.example N"));
      Set<String> heldBack = Set.of("a.example", "held.example", "none.example");
      ListedAddress braked =
          new ListedAddress(
              listed.row(),
              listed.zones(),
              listed.check().map(check -> check.holdingBack(heldBack)),
              false);

      Create create = (Create) RULES.plan(braked, Optional.empty(), Worlds.RUN).orElseThrow();

      assertThat(create.summary()).isEqualTo("IP 203.0.113.4 blacklisted by a.example");
      assertThat(create.description().plain().lines())
          .contains(
              "a.example | LISTED | 127.0.0.2",
              "held.example | LISTED | 127.0.0.2; held back: the zone newly lists too many addresses at once",
              "none.example | NOT_LISTED | ");
    }

    @Test
    void exhaustedPoolIsSaid() {
      ListedAddress listed = Worlds.listed("203.0.113.4", "a.example");
      ListedAddress exhausted =
          new ListedAddress(listed.row(), listed.zones(), Optional.empty(), true);

      Create create = (Create) RULES.plan(exhausted, Optional.empty(), Worlds.RUN).orElseThrow();

      assertThat(create.description().plain()).contains("Every address of pool 7 is listed");
    }

    private ReportedState reported(String words) {
      return words.equals("clean")
          ? new ReportedState.Clean()
          : ReportedState.Listed.by(Set.of(words.split(",")));
    }
  }

  @Nested
  class LongSummary {

    private static final List<String> NAMES =
        IntStream.range(10, 40).mapToObj(i -> "list-number-" + i + ".example").toList();

    @Test
    void endsWithTheNumberOfZonesLeftOut() {
      Create create =
          (Create)
              RULES
                  .plan(Worlds.listed("203.0.113.4", NAMES), Optional.empty(), Worlds.RUN)
                  .orElseThrow();

      assertThat(create.summary())
          .hasSizeLessThanOrEqualTo(255)
          .startsWith("IP 203.0.113.4 blacklisted by list-number-10.example,")
          .endsWith("list-number-18.example +21 more");
      assertThat(create.description().plain()).contains("list-number-39.example");
    }

    @Test
    void sameZonesAreNotToldTwiceWithoutProperty() {
      OpenTicket ticket = ticket(true, shortened(), Optional.empty());

      assertThat(RULES.plan(Worlds.listed("203.0.113.4", NAMES), Optional.of(ticket), Worlds.RUN))
          .isEmpty();
    }

    @Test
    void zonesLeftOutAreNoZonesOfTheTicket() {
      OpenTicket ticket = ticket(true, shortened(), Optional.empty());

      CommentOnTicket comment =
          comment(
              RULES.plan(
                  Worlds.listed("203.0.113.4", NAMES.subList(0, 9)),
                  Optional.of(ticket),
                  Worlds.RUN));

      assertThat(comment.comment().orElseThrow().plain()).doesNotContain("more");
      assertThat(comment.newSummary()).get().asString().endsWith("list-number-18.example");
    }

    private static String shortened() {
      return TicketWording.summary(IP, new java.util.TreeSet<>(NAMES))
          .substring("IP 203.0.113.4 blacklisted by ".length());
    }
  }

  /** R17. */
  @Test
  void aZoneThatListsEverythingIsNamedAsNotCounted() {
    Verdict verdict = Worlds.verdict(1, "a.example !, b.example L, c.example N", true);
    ListedAddress listed = Worlds.listed("203.0.113.4", List.of("b.example"), verdict);

    assertThat(TicketWording.membershipChanged(listed, Set.of("a.example", "b.example")).plain())
        .contains("Removed: a.example", "not counted: a.example lists everything");
    assertThat(TicketWording.membershipChanged(listed, Set.of("b.example")).plain())
        .doesNotContain("not counted");
    assertThat(TicketWording.clean(listed.check(), Set.of("a.example"), Optional.empty()).plain())
        .contains("not counted: a.example lists everything");
  }

  @Nested
  class CleanRow {

    @Test
    void isToldOnceThatItIsClean() {
      OpenTicket ticket =
          ticket(true, "a.example", Optional.of(ReportedState.Listed.by(Set.of("a.example"))));

      CommentOnTicket comment = comment(RULES.planClean(ticket, Optional.empty(), Worlds.RUN));

      assertThat(comment.comment().orElseThrow().plain())
          .isEqualTo("IP is now clean (no longer listed)");
      assertThat(comment.newSummary()).isEmpty();
      assertThat(comment.kept().reported()).isEqualTo(new ReportedState.Clean());
      assertThat(
              RULES.planClean(
                  ticket(true, "a.example", Optional.of(comment.kept().reported())),
                  noCheck(),
                  Worlds.RUN))
          .isEmpty();
    }

    @Test
    void hasItsUnknownZonesNamed() {
      IpCheck check =
          Worlds.check(
              Worlds.row(1, 7L, "203.0.113.4", Worlds.cleanRow()),
              Worlds.verdict(1, "a.example N, b.example ?"));

      CommentOnTicket comment =
          comment(
              RULES.planClean(
                  ticket(true, "a.example", Optional.empty()), Optional.of(check), Worlds.RUN));

      assertThat(comment.comment().orElseThrow().plain())
          .endsWith("Unknown (no usable answer): b.example");
    }

    @Test
    void withATicketOfAPersonIsToldToo() {
      OpenTicket ticket = ticket(false, "a.example", Optional.empty());

      assertThat(RULES.planClean(ticket, Optional.empty(), Worlds.RUN)).isPresent();
    }

    private static Optional<IpCheck> noCheck() {
      return Optional.empty();
    }
  }

  @Nested
  class WholePlan {

    @Test
    void isInTheOrderOfTheAddressesAndUsesTheNewestTicket() {
      TreeMap<Ipv4Address, ListedAddress> listed = new TreeMap<>();
      ListedAddress high = Worlds.listed("203.0.113.4", "a.example");
      ListedAddress low = Worlds.listed("198.51.100.1", "a.example");
      listed.put(high.address(), high);
      listed.put(low.address(), low);
      TreeMap<Ipv4Address, Optional<IpCheck>> clean = new TreeMap<>();
      clean.put(Ipv4Address.of("198.51.100.2"), Optional.empty());
      clean.put(Ipv4Address.of("198.51.100.3"), Optional.empty());
      List<FoundIssue> found =
          List.of(
              found("OPS-3", "IP 203.0.113.4 blacklisted by old.example"),
              found("OPS-4", "IP 203.0.113.4 blacklisted by older.example"),
              found("OPS-5", "IP 198.51.100.2 blacklisted by a.example"),
              found("OPS-6", "IP 192.0.2.1 blacklisted by a.example"));

      List<TicketAction> plan = RULES.planAll(listed, clean, RULES.ticketsAmong(found), Worlds.RUN);

      assertThat(plan)
          .satisfiesExactly(
              first -> assertThat(first).isInstanceOf(Create.class),
              second -> assertThat(((CommentOnTicket) second).issueKey()).isEqualTo("OPS-5"),
              third -> assertThat(((CommentOnTicket) third).issueKey()).isEqualTo("OPS-4"));
    }

    /** R25e: the rest comes with the next runs. */
    @Test
    void holdsNoMoreThan200NewTickets() {
      TreeMap<Ipv4Address, ListedAddress> listed = new TreeMap<>();
      List<FoundIssue> found = new ArrayList<>();
      for (int n = 0; n < 250; n++) {
        ListedAddress one = Worlds.listed("203.0.113." + n, "a.example");
        listed.put(one.address(), one);
      }
      for (int n = 240; n < 250; n++) {
        found.add(found("OPS-" + n, "IP 203.0.113.%d blacklisted by old.example".formatted(n)));
      }
      var open = RULES.ticketsAmong(found);

      List<TicketAction> plan = RULES.planAll(listed, new TreeMap<>(), open, Worlds.RUN);

      assertThat(plan).filteredOn(Create.class::isInstance).hasSize(200);
      assertThat(plan)
          .as("open tickets are no new ones")
          .filteredOn(CommentOnTicket.class::isInstance)
          .hasSize(10);
      assertThat(RULES.waiting(listed, open))
          .hasSize(40)
          .contains(Ipv4Address.of("203.0.113.239"))
          .doesNotContain(Ipv4Address.of("203.0.113.0"));
    }

    /** Each is read before it is edited: a run must get done. */
    @Test
    void holdsNoMoreThan1000Updates() {
      TreeMap<Ipv4Address, Optional<IpCheck>> clean = new TreeMap<>();
      List<FoundIssue> found = new ArrayList<>();
      for (int n = 0; n < 1_005; n++) {
        String address = "198.18.%d.%d".formatted(n / 250, n % 250);
        clean.put(Ipv4Address.of(address), Optional.empty());
        found.add(found("OPS-" + n, "IP %s blacklisted by a.example".formatted(address)));
      }

      List<TicketAction> plan =
          RULES.planAll(new TreeMap<>(), clean, RULES.ticketsAmong(found), Worlds.RUN);

      assertThat(plan)
          .hasSize(1_000)
          .extracting(action -> ((CommentOnTicket) action).issueKey())
          .startsWith("OPS-0", "OPS-1")
          .endsWith("OPS-999");
    }

    @Test
    void ofAWorldThatAgreesIsEmpty() {
      TreeMap<Ipv4Address, ListedAddress> listed = new TreeMap<>();
      listed.put(IP, Worlds.listed("203.0.113.4", "a.example"));
      List<FoundIssue> found =
          List.of(found("OPS-3", "IP 203.0.113.4 blacklisted by a.example", OUR_LABEL));

      assertThat(RULES.planAll(listed, new TreeMap<>(), RULES.ticketsAmong(found), Worlds.RUN))
          .isEmpty();
    }
  }

  private static FoundIssue found(String key, String summary, String... labels) {
    return new FoundIssue(
        key, summary, Set.of(labels), Worlds.NOW, Optional.empty(), Optional.empty());
  }

  private static OpenTicket ticket(
      boolean ours, String summaryZones, Optional<ReportedState> reported) {
    return new OpenTicket(
        "OPS-1",
        IP,
        ours,
        "IP 203.0.113.4 blacklisted by " + summaryZones,
        reported.map(TicketRecord::of),
        Worlds.NOW);
  }

  private static CommentOnTicket comment(Optional<TicketAction> plan) {
    assertThat(plan).get().isInstanceOf(CommentOnTicket.class);
    return (CommentOnTicket) plan.orElseThrow();
  }
}
