package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.ADDRESS;
import static dnsblmonitor.jira.DeskAtFakeJira.LABEL;
import static dnsblmonitor.jira.DeskAtFakeJira.PROPERTY;
import static dnsblmonitor.jira.DeskAtFakeJira.SUMMARY;
import static dnsblmonitor.jira.DeskAtFakeJira.alert;
import static dnsblmonitor.jira.DeskAtFakeJira.carryOut;
import static dnsblmonitor.jira.DeskAtFakeJira.comment;
import static dnsblmonitor.jira.DeskAtFakeJira.failureOf;
import static dnsblmonitor.jira.DeskAtFakeJira.listedBy;
import static dnsblmonitor.jira.DeskAtFakeJira.newTicket;
import static dnsblmonitor.jira.DeskAtFakeJira.reported;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.domain.TicketOutcome;
import dnsblmonitor.domain.TicketRecord;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeJiraFault;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people, automations and languages make of a Jira. */
class JiraInTheFieldTest {

  private static final JsonObject FILED_FOR_OPS =
      ReportedStateProperty.of(TicketRecord.of(listedBy("bl.example.org")), FakeJira.PROJECT);
  private static final JsonObject FILED_FOR_STAGING =
      ReportedStateProperty.of(TicketRecord.of(listedBy("bl.example.org")), "STG");

  private final DeskAtFakeJira world = new DeskAtFakeJira();

  @AfterEach
  void close() {
    world.close();
  }

  private List<String> found() {
    return world.opened().openIssues().stream().map(FoundIssue::key).toList();
  }

  /** R25. */
  @Nested
  class MovedToAnotherProject {

    @Test
    void ourTicketIsFoundAndUpdated() {
      String key = carryOut(world.opened(), newTicket());

      String moved = world.jira.moveTo(key, "DELIV");

      assertThat(found()).containsExactly(moved);
      carryOut(world.opened(), comment(moved, listedBy("b.example")));
      assertThat(world.jira.issue(moved).comments()).hasSize(1);
      assertThat(world.jira.issue(moved).properties().get(PROPERTY))
          .asString()
          .contains("\"project\":\"OPS\"");
    }

    @Test
    void ticketOfAnotherDeploymentOfTheSameNameIsLeftAlone() {
      String staging = world.jira.seed(SUMMARY, "dnsbl-monitor", LABEL);
      world.jira.setProperty(staging, PROPERTY, FILED_FOR_STAGING).moveTo(staging, "STG");

      assertThat(found()).isEmpty();
    }

    @Test
    void ticketOfTheFirstReleaseDoesNotSayWhereItWasFiled() {
      String other = world.jira.seed(SUMMARY, "dnsbl-monitor", LABEL);
      world.jira.setProperty(other, PROPERTY, reported("bl.example.org")).moveTo(other, "STG");

      assertThat(found()).isEmpty();
    }

    @Test
    void ticketsOfPeopleCountInOurProjectOnly() {
      String here = world.jira.seed(SUMMARY);
      String there = world.jira.seed(SUMMARY);
      world.jira.moveTo(there, "DELIV");

      assertThat(found()).containsExactly(here);
    }

    @Test
    void ticketWithoutOurLabelDoesNotCount() {
      String key = world.jira.seed(SUMMARY, "dnsbl-monitor", "dnsbl-elsewhere-203.0.113.4");
      world.jira.setProperty(key, PROPERTY, FILED_FOR_OPS).moveTo(key, "DELIV");

      assertThat(found()).isEmpty();
    }

    /** It counts as reported: another ticket would be the worse answer. */
    @Test
    void ticketThatMayNotBeEditedThereIsAWarning() {
      String key = carryOut(world.opened(), newTicket());
      String moved = world.jira.editsElsewhere(false).moveTo(key, "DELIV");
      List<TicketOutcome> outcomes = new ArrayList<>();

      world.opened().carryOut(List.of(comment(moved, listedBy("b.example"))), outcomes::add);

      assertThat(outcomes).isEmpty();
      assertThat(world.warnings)
          .singleElement()
          .asString()
          .contains(
              moved + " was moved to a project in which the account may not edit it",
              "HTTP 403",
              "permission");
    }

    @Test
    void massListingsTicketIsFoundByItsLabel() {
      String label = "dnsbl-postal-mass-2026-11-23";
      String key = world.jira.seed("Mass listing held back", "dnsbl-monitor", label);
      world.jira.setProperty(key, PROPERTY, ReportedStateProperty.ofMassListing("OPS")).close(key);
      world.jira.moveTo(key, "DELIV");

      assertThat(world.opened().isFiled(label)).isTrue();
      world.jira.setProperty(key, PROPERTY, ReportedStateProperty.ofMassListing("STG"));
      assertThat(world.opened().isFiled(label)).isFalse();
    }

    @Test
    void whileTheRunPlansIsFoundUnderItsNewKey() {
      String key = carryOut(world.opened(), newTicket());
      JiraTicketDesk desk = world.opened();
      assertThat(desk.openIssues()).hasSize(1);

      String moved = world.jira.moveTo(key, "DELIV");

      assertThat(desk.readAgain(List.of(key)))
          .hasEntrySatisfying(key, issue -> assertThat(issue.key()).isEqualTo(moved));
    }
  }

  /** R23: by issue, not by search. */
  @Nested
  class ReadAgain {

    @Test
    void showsWhatTheSearchDoesNotShowYet() {
      String key = carryOut(world.opened(), newTicket());
      world.jira.hideChangesFor(1_000);
      carryOut(world.opened(), comment(key, listedBy("b.example")));
      JiraTicketDesk desk = world.opened();

      assertThat(desk.openIssues().getFirst().kept())
          .contains(TicketRecord.of(listedBy("bl.example.org")));
      assertThat(desk.readAgain(List.of(key)))
          .hasEntrySatisfying(
              key,
              issue ->
                  assertThat(issue.kept())
                      .contains(
                          TicketRecord.of(listedBy("b.example"))
                              .commented(listedBy("b.example"), DeskAtFakeJira.NOW)));
    }

    @Test
    void leavesOutWhatPeopleClosedOrDeleted() {
      String closed = world.jira.seed(SUMMARY);
      String open = world.jira.seed(SUMMARY);
      world.jira.hideChangesFor(1_000).close(closed);
      JiraTicketDesk desk = world.opened();
      assertThat(desk.openIssues()).hasSize(2);

      assertThat(desk.readAgain(List.of(closed, open, "OPS-99"))).containsOnlyKeys(open);
    }

    /** Else a second ticket would be filed for one that a gateway did not let us see. */
    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aRefusalThatIsNotJirasEndsTheRun(int status) {
      String open = world.jira.seed(SUMMARY);
      JiraTicketDesk desk = world.opened();
      world.jira.fail("GET", "/issue/" + open, FakeJiraFault.html(status));

      assertThat(failureOf(() -> desk.readAgain(List.of(open))).fault())
          .isEqualTo(Fault.CONFIGURATION_ERROR);
    }

    @Test
    void happensOfADryRunToo() {
      String key = world.jira.seed(SUMMARY);
      JiraTicketDesk real = world.desk(world.settings());
      try (var desk = DryRunTicketDesk.searching(real)) {
        desk.open();

        assertThat(desk.readAgain(List.of(key))).containsOnlyKeys(key);
      }
    }
  }

  /** R25b. */
  @Nested
  class InGerman {

    @Test
    void finishedTicketsAreNotOpen() {
      world.jira.german();
      String open = world.jira.seed(SUMMARY);
      world.jira.close(world.jira.seed(SUMMARY));
      JiraTicketDesk desk = world.desk(german("Aufgabe", "Vorfall"));
      desk.open();

      assertThat(desk.openIssues()).extracting(FoundIssue::key).containsExactly(open);
      assertThat(world.warnings).as("Done, Closed and Resolved are the default").isEmpty();
    }

    @Test
    void statusThatPeopleNamedIsNotOpenEither() {
      world.jira.german();
      String key = world.jira.seed(SUMMARY);
      world.jira.move(key, "In Arbeit");
      JiraTicketDesk desk =
          world.desk(
              TestSettings.at(world.jira.uri())
                  .issueTypes("Aufgabe", "Vorfall")
                  .excludedStatuses("in arbeit", "Done")
                  .build());
      desk.open();

      assertThat(desk.openIssues()).isEmpty();
      assertThat(desk.readAgain(List.of(key))).isEmpty();
      assertThat(world.warnings).singleElement().asString().contains("'Done'");
    }

    @Test
    void issueTypesAreKnownByTheirIds() {
      world.jira.german();
      JiraTicketDesk desk = world.desk(german("10001", "10003"));
      desk.open();

      assertThat(world.jira.issue(carryOut(desk, newTicket())).type()).isEqualTo("Aufgabe");
      assertThat(world.jira.issue(carryOut(desk, alert())).type()).isEqualTo("Vorfall");
    }

    @Test
    void aNameInAnotherLanguageIsNamedBesideTheNamesAndIdsThatExist() {
      world.jira.german();

      assertThat(failureOf(world.desk(german("Task", "Vorfall"))::open))
          .hasMessageContainingAll("'Task'", "'Aufgabe' (10001)", "ids do not");
    }

    private JiraSettings german(String ticket, String alert) {
      return TestSettings.at(world.jira.uri())
          .issueTypes(ticket, alert)
          .excludedStatuses("Done", "Closed", "Resolved")
          .build();
    }
  }

  /** R25d. */
  @Nested
  class FirstTicket {

    private final List<TicketOutcome> outcomes = new ArrayList<>();

    private static List<TicketAction> manyAnd(TicketAction... more) {
      return Stream.concat(
              IntStream.range(0, 12).mapToObj(n -> newTicket("198.51.100." + n)), Stream.of(more))
          .toList();
    }

    static Stream<Arguments> unfit() {
      return Stream.of(
          Arguments.of(
              "the account cannot see it",
              (Consumer<FakeJira>) jira -> jira.hidesNewIssues(true),
              "is not visible to the account"),
          Arguments.of(
              "an automation takes the labels",
              (Consumer<FakeJira>) jira -> jira.dropsLabels(true),
              "lacks the label 'dnsbl-monitor', 'dnsbl-postal-198.51.100.0'"),
          Arguments.of(
              "an automation closes it",
              (Consumer<FakeJira>) jira -> jira.statusOfNewIssues("Done"),
              "has the status 'Done'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void thatTheNextRunWouldNotFindEndsTheFilingAndEditsGoOn(
        String name, Consumer<FakeJira> project, String cause) {
      String old = world.jira.seed(SUMMARY, "dnsbl-monitor", LABEL);
      JiraTicketDesk desk = world.opened();
      project.accept(world.jira);

      TicketDeskException failure =
          failureOf(() ->
              desk.carryOut(manyAnd(comment(old, listedBy("b.example")), alert()), outcomes::add));

      assertThat(failure.fault()).isEqualTo(Fault.CONFIGURATION_ERROR);
      assertThat(failure).hasMessageContainingAll("OPS-2 was filed", cause);
      assertThat(world.jira.issues()).as("besides the old one").hasSize(2);
      assertThat(world.jira.issue(old).comments()).hasSize(1);
      assertThat(outcomes)
          .extracting(outcome -> outcome.action().getClass().getSimpleName())
          .containsExactly("Create", "CommentOnTicket");
      long searches = world.jira.count("POST", "/search/jql");
      desk.settle();
      assertThat(world.jira.count("POST", "/search/jql"))
          .as("what cannot be found is not waited for")
          .isEqualTo(searches);
    }

    @Test
    void thatIsSeenLaterIsWaitedFor() {
      world.jira.fail(
          "GET", "/issue/[^/]+", FakeJiraFault.status(404).body("{\"errorMessages\":[]}").times(2));

      world.opened().carryOut(manyAnd(), outcomes::add);

      assertThat(world.waitedSeconds()).containsExactly(2L, 4L);
      assertThat(world.jira.issues()).hasSize(12);
    }

    @Test
    void ofEachIssueTypeGoesAloneBeforeTheOthers() {
      world.opened().carryOut(manyAnd(alert()), outcomes::add);

      assertThat(world.jira.requests())
          .extracting(Object::toString)
          .containsSubsequence(
              "POST /issue",
              "GET /issue/OPS-1",
              "POST /issue",
              "GET /issue/OPS-2",
              "POST /issue/OPS-2/attachments",
              "POST /issue/bulk");
      assertThat(world.jira.count("GET", "/issue/[^/]+")).isEqualTo(2);
    }

    @Test
    void thatWasRefusedIsFollowedByTheNextAlone() {
      world.jira.fail("POST", "/issue", FakeJiraFault.status(400));

      world.opened().carryOut(manyAnd(), outcomes::add);

      assertThat(outcomes.getFirst()).isInstanceOf(TicketOutcome.Failed.class);
      assertThat(world.jira.requests())
          .extracting(Object::toString)
          .containsSubsequence(
              "POST /issue", "POST /issue", "GET /issue/OPS-1", "POST /issue/bulk");
      assertThat(world.jira.issues()).hasSize(11);
    }

    @Test
    void isSeenWithoutLabelsIfTheScreenTakesNone() {
      world.jira.labelsOnScreen(false);

      world.opened().carryOut(manyAnd(), outcomes::add);

      assertThat(world.jira.issues()).hasSize(12);
    }
  }

  /** R25. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void pagesThatNeverEndEndTheSearchAfterTwoThatBringNothingNew(int issues) {
    world.jira.longestPage(3).endlessPages(true);
    Set<String> keys = new TreeSet<>();
    IntStream.range(0, issues)
        .forEach(n -> keys.add(world.jira.seed("IP 192.0.2.%d blacklisted by a".formatted(n))));

    assertThat(found()).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(world.jira.count("POST", "/search/jql")).isEqualTo(Math.ceilDiv(issues, 3) + 2L);
  }

  /** R23: the property of version 0.1.0 holds no more than what was reported. */
  @Test
  void ticketOfTheFirstReleaseIsUpdated() {
    String key = world.jira.seed(SUMMARY, "dnsbl-monitor", LABEL);
    world.jira.setProperty(key, PROPERTY, reported("bl.example.org"));
    JiraTicketDesk desk = world.opened();

    FoundIssue issue = desk.openIssues().getFirst();
    assertThat(issue.kept()).contains(TicketRecord.of(listedBy("bl.example.org")));
    carryOut(
        desk,
        new TicketAction.CommentOnTicket(
            ADDRESS,
            key,
            Optional.empty(),
            Optional.empty(),
            issue.kept().orElseThrow().gathered(listedBy("b.example")),
            Optional.empty()));

    assertThat(world.jira.issue(key).properties().get(PROPERTY))
        .hasToString(
            """
            {"project":"OPS","told":["b.example"],"commented":["bl.example.org"],"gathered":1}\
            """);
  }
}
