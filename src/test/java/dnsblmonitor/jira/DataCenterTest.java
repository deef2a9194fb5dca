package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.LABEL;
import static dnsblmonitor.jira.DeskAtFakeJira.NOW;
import static dnsblmonitor.jira.DeskAtFakeJira.PROPERTY;
import static dnsblmonitor.jira.DeskAtFakeJira.SUMMARY;
import static dnsblmonitor.jira.DeskAtFakeJira.alert;
import static dnsblmonitor.jira.DeskAtFakeJira.carryOut;
import static dnsblmonitor.jira.DeskAtFakeJira.comment;
import static dnsblmonitor.jira.DeskAtFakeJira.commented;
import static dnsblmonitor.jira.DeskAtFakeJira.failureOf;
import static dnsblmonitor.jira.DeskAtFakeJira.listedBy;
import static dnsblmonitor.jira.DeskAtFakeJira.newTicket;
import static dnsblmonitor.jira.DeskAtFakeJira.reported;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.ReportedAlert;
import dnsblmonitor.domain.ReportedState;
import dnsblmonitor.domain.TicketAction.CommentOnAlert;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.domain.TicketRecord;
import dnsblmonitor.domain.TicketText;
import dnsblmonitor.domain.TicketText.Paragraph;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.FakeJiraIssue;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R29: what Data Center does otherwise. */
class DataCenterTest {

  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final DeskAtFakeJira world =
      new DeskAtFakeJira(FakeJira.dataCenter(FakeJira.TOKEN, CLOCK));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theServerSaysWhichJiraItIs() {
    JiraSettings unset =
        TestSettings.at(world.jira.uri()).kind(Optional.empty()).user(Optional.empty()).build();

    JiraTicketDesk desk = world.desk(unset);
    desk.open();

    assertThat(world.jira.requests().getFirst()).hasToString("GET /serverInfo");
    assertThat(carryOut(desk, newTicket())).isEqualTo("OPS-1");
  }

  @Test
  void cloudNeedsAUserToLogIn() {
    try (DeskAtFakeJira cloud = new DeskAtFakeJira()) {
      JiraSettings unset =
          TestSettings.at(cloud.jira.uri()).kind(Optional.empty()).user(Optional.empty()).build();

      assertThat(failureOf(cloud.desk(unset)::open))
          .hasMessageContainingAll("Jira Cloud", "JIRA_USER")
          .extracting("fault")
          .isEqualTo(Fault.CONFIGURATION_ERROR);
    }
  }

  @Test
  void aUserLogsInWithBasic() {
    try (DeskAtFakeJira world =
        new DeskAtFakeJira(FakeJira.dataCenter("monitor", FakeJira.TOKEN, CLOCK))) {
      JiraTicketDesk desk =
          world.desk(
              TestSettings.at(world.jira.uri())
                  .kind(Optional.of(JiraKind.DATA_CENTER))
                  .user(Optional.of("monitor"))
                  .build());
      desk.open();

      assertThat(world.jira.requests().getLast().header("authorization")).contains("Basic");
    }
  }

  @Test
  void filesInWikiTextAndFindsItAgain() {
    JiraTicketDesk desk = world.opened();
    String ticket = carryOut(desk, newTicket());
    String alert = carryOut(desk, alert());

    assertThat(world.jira.issue(ticket).description()).isEqualTo("203.0.113.4 is listed.");
    assertThat(world.jira.issue(alert).attachments()).hasSize(1);
    assertThat(world.opened().openIssues())
        .extracting(FoundIssue::key, FoundIssue::kept, FoundIssue::alert)
        .containsExactlyInAnyOrder(
            tuple(
                ticket, Optional.of(TicketRecord.of(listedBy("bl.example.org"))), Optional.empty()),
            tuple(alert, Optional.empty(), Optional.of(new ReportedAlert(true, NOW, false))));
  }

  @Test
  void readsAllPagesAndThePropertiesOfWhatMayBeOurs() {
    world.jira.longestPage(3);
    IntStream.range(0, 8)
        .forEach(n -> world.jira.seed("IP 192.0.2.%d blacklisted by a".formatted(n)));
    world.jira.seed("The printer was blacklisted by finance");

    assertThat(world.opened().openIssues()).hasSize(9);

    // from 0, 2, 4 and 6: an overlap, for issues that are closed meanwhile
    assertThat(world.jira.count("POST", "/search")).isEqualTo(4);
    assertThat(world.jira.count("GET", "/issue/.*/properties/.*")).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTicketKeepsWhatItReportedAlsoIfEditsTakeNoProperties(boolean ignored) {
    world.jira.ignoresProperties(ignored);
    String key = world.jira.seed(SUMMARY, "dnsbl-monitor", LABEL);

    carryOut(world.opened(), comment(key, new ReportedState.Clean()));

    FakeJiraIssue issue = world.jira.issue(key);
    assertThat(issue.comments()).containsExactly("Something changed.");
    assertThat(issue.properties()).containsEntry(PROPERTY, commented(new ReportedState.Clean()));
    assertThat(world.jira.count("PUT", "/issue/.*/properties/.*")).isEqualTo(ignored ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutLabelsOnTheScreenTheNextRunStillKnowsItsTickets(boolean ignored) {
    world.jira.labelsOnScreen(false).ignoresProperties(ignored);
    JiraTicketDesk desk = world.opened();
    carryOut(desk, newTicket());
    String alert = carryOut(desk, alert());

    JiraTicketDesk next = world.opened();
    assertThat(next.openIssues())
        .extracting(FoundIssue::labels)
        .containsExactlyInAnyOrder(newTicket().labels(), alert().labels());
    carryOut(
        next,
        new CommentOnAlert(
            alert,
            List.of(),
            TicketText.of(new Paragraph("Back.")),
            new ReportedAlert(false, NOW, true)));
    assertThat(world.opened().openIssues())
        .filteredOn(issue -> issue.key().equals(alert))
        .singleElement()
        .satisfies(issue -> {
          assertThat(issue.labels()).isEqualTo(alert().labels());
          assertThat(issue.alert()).contains(new ReportedAlert(false, NOW, true));
        });
  }

  @Test
  void anUnknownProjectIsNamedBesideThoseThatExist() {
    JiraSettings settings =
        TestSettings.at(world.jira.uri())
            .kind(Optional.of(JiraKind.DATA_CENTER))
            .user(Optional.empty())
            .project("NOPE")
            .build();

    assertThat(failureOf(world.desk(settings)::open))
        .hasMessageContainingAll("JIRA_PROJECT NOPE", "'OPS'");
  }

  @Test
  void aRefusedTokenIsNoEmptyJira() {
    JiraSettings settings =
        TestSettings.at(world.jira.uri())
            .kind(Optional.of(JiraKind.DATA_CENTER))
            .user(Optional.empty())
            .token("expired")
            .build();

    assertThat(failureOf(world.desk(settings)::open).fault())
        .isEqualTo(Fault.AUTHENTICATION_FAILED);
  }

  @Test
  void ticketsKeepTheZonesThatTheyReported() {
    String key = world.jira.seed(SUMMARY, "dnsbl-monitor", LABEL);
    world.jira.setProperty(key, PROPERTY, reported("a.example", "b.example"));

    assertThat(world.opened().openIssues())
        .singleElement()
        .extracting(FoundIssue::kept)
        .isEqualTo(Optional.of(TicketRecord.of(listedBy("a.example", "b.example"))));
  }

  /** R25: also of a Jira that takes no properties with a create. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNewTicketThatPeopleMoveIsFound(boolean ignored) {
    world.jira.ignoresProperties(ignored);
    String key = carryOut(world.opened(), newTicket());

    String moved = world.jira.moveTo(key, "DELIV");

    assertThat(world.opened().openIssues()).extracting(FoundIssue::key).containsExactly(moved);
  }

  /** R23a: also of a Jira that takes no properties with an edit. */
  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void anEditWhoseAnswerWasLostCommentsOnce(boolean ignored, boolean arrived) {
    String key = carryOut(world.opened(), newTicket());
    JiraTicketDesk desk = world.opened();
    world.jira.ignoresProperties(ignored);
    FakeJiraFault loss = FakeJiraFault.status(504);
    world.jira.fail("PUT", "/issue/[^/]+", arrived ? loss.afterProcessing() : loss);

    carryOut(desk, comment(key, listedBy("b.example")));

    assertThat(world.jira.issue(key).comments()).containsExactly("Something changed.");
    assertThat(world.jira.issue(key).properties())
        .containsEntry(PROPERTY, commented(listedBy("b.example")));
    assertThat(world.jira.count("PUT", "/issue/[^/]+")).isEqualTo(arrived ? 1 : 2);
  }

  static Stream<Supplier<FakeJiraFault>> unreadable() {
    return Stream.of(
        () -> FakeJiraFault.status(503), () -> FakeJiraFault.html(200), FakeJiraFault::reset);
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void anEditIsNotRepeatedWhileItsCommentsCannotBeRead(Supplier<FakeJiraFault> fault) {
    String key = carryOut(world.opened(), newTicket());
    JiraTicketDesk desk = world.opened();
    world.jira.ignoresProperties(true);
    world.jira.fail("PUT", "/issue/[^/]+", FakeJiraFault.reset().afterProcessing());
    world.jira.fail("GET", "/issue/[^/]+", FakeJiraFault.rightAnswer());
    world.jira.fail("GET", "/issue/[^/]+", fault.get().times(30));

    assertThat(failureOf(() -> carryOut(desk, comment(key, listedBy("b.example")))).fault())
        .isEqualTo(Fault.UNREACHABLE);
    assertThat(world.jira.issue(key).comments()).hasSize(1);
  }
}
