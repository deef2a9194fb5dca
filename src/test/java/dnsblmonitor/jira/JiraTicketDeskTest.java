package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.ALERT;
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
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.FoundIssue;
import dnsblmonitor.domain.ReportedAlert;
import dnsblmonitor.domain.ReportedState;
import dnsblmonitor.domain.TicketAction.CommentOnAlert;
import dnsblmonitor.domain.TicketAction.CommentOnTicket;
import dnsblmonitor.domain.TicketAction.Create;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.domain.TicketRecord;
import dnsblmonitor.domain.TicketText;
import dnsblmonitor.domain.TicketText.Cell;
import dnsblmonitor.domain.TicketText.Paragraph;
import dnsblmonitor.domain.TicketText.Table;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.FakeJiraIssue;
import jakarta.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JiraTicketDeskTest {

  private final DeskAtFakeJira world = new DeskAtFakeJira();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void filesATicketWithLabelsTextAndWhatItReports() {
    TicketText description =
        TicketText.of(
            new Paragraph("203.0.113.4 is listed."),
            new Table(
                List.of("Zone", "Answer"),
                List.of(
                    List.of(
                        new Cell(
                            "bl.example.org", Optional.of(URI.create("https://example.org/?q"))),
                        Cell.of("")))));

    String key =
        carryOut(
            world.opened(),
            new Create(
                DeskAtFakeJira.ADDRESS,
                SUMMARY,
                description,
                Set.of(TicketLabels.COMMON, LABEL),
                TicketRecord.of(listedBy("bl.example.org"))));

    FakeJiraIssue issue = world.jira.issue(key);
    assertThat(issue.type()).isEqualTo("Task");
    assertThat(issue.summary()).isEqualTo(SUMMARY);
    assertThat(issue.labels()).containsExactlyInAnyOrder("dnsbl-monitor", LABEL);
    assertThat(issue.description())
        .isEqualTo("203.0.113.4 is listed.\nZone | Answer\nbl.example.org | ");
    assertThat(issue.properties())
        .containsEntry(
            PROPERTY,
            ReportedStateProperty.of(
                TicketRecord.of(listedBy("bl.example.org")), FakeJira.PROJECT));
    assertThat(world.warnings).isEmpty();
  }

  @Test
  void sendsTheExtraFieldsThatTheScreenHas() {
    world.jira.demand("customfield_1");
    JiraTicketDesk desk =
        world.desk(
            TestSettings.at(world.jira.uri())
                .extraFields(Json.createObjectBuilder().add("customfield_1", "mail").build())
                .build());
    desk.open();

    String ticket = carryOut(desk, newTicket());
    String alert = carryOut(desk, alert());

    assertThat(world.jira.issue(ticket).otherFields().get("customfield_1")).hasToString("\"mail\"");
    assertThat(world.jira.issue(alert).otherFields().get("customfield_1")).hasToString("\"mail\"");
    assertThat(world.warnings).isEmpty();
  }

  @Test
  void aCreateThatIsRefusedForAFieldSaysWhichAndWhatToDo() {
    JiraTicketDesk desk = world.opened();
    world.jira.demand("customfield_1");

    assertThat(failureOf(() -> carryOut(desk, newTicket())))
        .hasMessageContainingAll("customfield_1 is required", "JIRA_EXTRA_FIELDS", "Task");
  }

  @Test
  void updatesATicketInOneRequest() {
    String key = world.jira.seed(SUMMARY, "dnsbl-monitor", LABEL);
    JiraTicketDesk desk = world.opened();

    carryOut(
        desk,
        new CommentOnTicket(
            DeskAtFakeJira.ADDRESS,
            key,
            Optional.of(
                TicketText.of(new Paragraph("Zone membership changed"), new Paragraph("Added: b"))),
            Optional.of("IP 203.0.113.4 blacklisted by a,b"),
            TicketRecord.of(listedBy("a", "b")),
            Optional.empty()));

    FakeJiraIssue issue = world.jira.issue(key);
    assertThat(issue.comments()).containsExactly("Zone membership changed\nAdded: b");
    assertThat(issue.summary()).isEqualTo("IP 203.0.113.4 blacklisted by a,b");
    assertThat(issue.properties())
        .containsEntry(
            PROPERTY,
            ReportedStateProperty.of(TicketRecord.of(listedBy("a", "b")), FakeJira.PROJECT));
    assertThat(world.jira.writes()).isOne();
  }

  /** In whatever language Jira says so. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTicketThatTakesNoMoreCommentsIsUpdatedWithout(boolean german) {
    String key = world.jira.seed(SUMMARY, "dnsbl-monitor", LABEL);
    JiraTicketDesk desk = world.opened();
    if (german) {
      world.jira.german();
    }
    world.jira.commentLimit(0);

    carryOut(desk, comment(key, listedBy("a", "b")));

    FakeJiraIssue issue = world.jira.issue(key);
    assertThat(issue.comments()).isEmpty();
    assertThat(issue.properties())
        .as("a later run tries again")
        .containsEntry(
            PROPERTY,
            ReportedStateProperty.of(
                TicketRecord.of(listedBy("a", "b")).gathered(listedBy("a", "b")),
                FakeJira.PROJECT));
    assertThat(world.warnings)
        .singleElement()
        .asString()
        .contains(
            key + " accepts no comment: comment: ",
            german ? "nimmt nichts mehr an" : "limit of comments");
  }

  @Test
  void anEditThatIsRefusedWithoutItsCommentTooIsARefusal() {
    String key = world.jira.seed(SUMMARY);
    JiraTicketDesk desk = world.opened();
    world.jira.fail(
        "PUT",
        "/issue/.*",
        FakeJiraFault.status(400)
            .body("{\"errors\":{\"comment\":\"Field 'comment' cannot be set.\"}}")
            .times(2));

    assertThat(failureOf(() -> carryOut(desk, comment(key, new ReportedState.Clean()))))
        .hasMessageContainingAll(key, "Field 'comment' cannot be set.");
    assertThat(world.jira.issue(key).properties()).isEmpty();
    assertThat(world.jira.count("PUT", "/issue/.*")).isEqualTo(2);
    assertThat(world.warnings).isEmpty();
  }

  @Test
  void aPersonsTicketKeepsItsSummary() {
    String key = world.jira.seed(SUMMARY);

    carryOut(world.opened(), comment(key, new ReportedState.Clean()));

    assertThat(world.jira.issue(key).summary()).isEqualTo(SUMMARY);
    assertThat(world.jira.issue(key).properties())
        .containsEntry(PROPERTY, commented(new ReportedState.Clean()));
  }

  @Test
  void findsWhatItFiledAndWhatThatReported() {
    JiraTicketDesk desk = world.opened();
    String ticket = carryOut(desk, newTicket());
    String alert = carryOut(desk, alert());

    List<FoundIssue> found = world.opened().openIssues();

    assertThat(found)
        .containsExactlyInAnyOrder(
            new FoundIssue(
                ticket,
                SUMMARY,
                Set.of("dnsbl-monitor", LABEL),
                NOW,
                Optional.of(TicketRecord.of(listedBy("bl.example.org"))),
                Optional.empty()),
            new FoundIssue(
                alert,
                ALERT,
                Set.of("dnsbl-monitor", "MAJOR-MALFUNCTION", "dnsbl-postal-alert-2026-11-23"),
                NOW,
                Optional.empty(),
                Optional.of(new ReportedAlert(true, NOW, false))));
  }

  @Test
  void leavesClosedTicketsOut() {
    String open = world.jira.seed(SUMMARY);
    world.jira.close(world.jira.seed(SUMMARY));

    assertThat(world.opened().openIssues()).extracting(FoundIssue::key).containsExactly(open);
  }

  @Test
  void readsAllPagesOfASearch() {
    world.jira.longestPage(3);
    List<String> keys =
        IntStream.range(0, 8)
            .mapToObj(n -> world.jira.seed("IP 192.0.2.%d blacklisted by a".formatted(n)))
            .toList();

    assertThat(world.opened().openIssues())
        .extracting(FoundIssue::key)
        .containsExactlyInAnyOrderElementsOf(keys);
    assertThat(world.jira.count("POST", "/search/jql")).isEqualTo(3);
  }

  @Test
  void aPropertyThatSaysNothingIsAsNone() {
    String key = world.jira.seed(SUMMARY);
    world.jira.setProperty(key, PROPERTY, Json.createObjectBuilder().add("told", 7).build());

    FoundIssue found = world.opened().openIssues().getFirst();

    assertThat(found.kept()).isEmpty();
    assertThat(found.alert()).isEmpty();
  }

  @Test
  void commentsOnAnAlert() {
    String key = world.jira.seed(ALERT, "dnsbl-monitor", "dnsbl-postal-alert-2026-11-23");

    carryOut(
        world.opened(),
        new CommentOnAlert(
            key,
            List.of(),
            TicketText.of(new Paragraph("The zones are back.")),
            new ReportedAlert(false, NOW, true)));

    assertThat(world.jira.issue(key).comments()).containsExactly("The zones are back.");
    assertThat(world.opened().openIssues().getFirst().alert())
        .contains(new ReportedAlert(false, NOW, true));
  }

  @Test
  void oneRefusedTicketSaysWhatJiraSaidAndOthersGoOn() {
    JiraTicketDesk desk = world.opened();
    world.jira.fail(
        "POST",
        "/issue",
        FakeJiraFault.status(400)
            .body("{\"errorMessages\":[\"No way.\"],\"errors\":{\"priority\":\"is required\"}}"));

    var refused = failureOf(() -> carryOut(desk, newTicket()));

    assertThat(refused.fault()).isEqualTo(Fault.TICKET_REFUSED);
    assertThat(refused).hasMessageContainingAll("400", "No way.", "priority: is required", SUMMARY);
    assertThat(carryOut(desk, newTicket())).isNotEmpty();
    assertThat(world.waits).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 409, 413, 422})
  void aRefusalConcernsOneTicketWhateverItsStatus(int status) {
    JiraTicketDesk desk = world.opened();
    world.jira.fail("POST", "/issue", FakeJiraFault.status(status));

    assertThat(failureOf(() -> carryOut(desk, newTicket())).fault())
        .isEqualTo(Fault.TICKET_REFUSED);
    assertThat(world.jira.count("POST", "/issue")).isOne();
  }

  @Test
  void anIssueThatIsGoneIsARefusal() {
    assertThat(
            failureOf(() -> carryOut(world.opened(), comment("OPS-99", new ReportedState.Clean()))))
        .hasMessageContainingAll("OPS-99", "404", "does not exist")
        .extracting("fault")
        .isEqualTo(Fault.TICKET_REFUSED);
  }

  @Test
  void withoutLabelsOnTheScreenTheNextRunStillKnowsItsTickets() {
    world.jira.labelsOnScreen(false);
    JiraTicketDesk desk = world.opened();
    carryOut(desk, newTicket());
    String alert = carryOut(desk, alert());

    JiraTicketDesk next = world.opened();
    List<FoundIssue> found = next.openIssues();
    carryOut(
        next,
        new CommentOnAlert(
            alert,
            List.of(),
            TicketText.of(new Paragraph("Back.")),
            new ReportedAlert(false, NOW, true)));

    assertThat(found)
        .extracting(FoundIssue::labels)
        .containsExactlyInAnyOrder(newTicket().labels(), alert().labels());
    assertThat(world.opened().openIssues())
        .filteredOn(issue -> issue.key().equals(alert))
        .singleElement()
        .extracting(FoundIssue::labels)
        .isEqualTo(alert().labels());
    assertThat(world.jira.issues()).allSatisfy(issue -> assertThat(issue.labels()).isEmpty());
  }
}
