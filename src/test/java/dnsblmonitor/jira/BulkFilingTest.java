package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.domain.TicketOutcome;
import dnsblmonitor.domain.TicketOutcome.Done;
import dnsblmonitor.domain.TicketOutcome.Failed;
import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.FakeJiraIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many tickets in few requests, and still each once (R26). */
class BulkFilingTest {

  private final DeskAtFakeJira world = new DeskAtFakeJira();
  private final List<TicketOutcome> outcomes = new ArrayList<>();

  @AfterEach
  void close() {
    world.close();
  }

  private static List<TicketAction> creates(int count) {
    return IntStream.range(0, count)
        .<TicketAction>mapToObj(number -> DeskAtFakeJira.newTicket("203.0.113." + number))
        .toList();
  }

  @Test
  void manyTicketsAreFiledInBulkAndEachUnderItsKey() {
    List<TicketAction> plan = creates(61);

    world.opened().carryOut(plan, outcomes::add);

    assertThat(world.jira.count("POST", "/issue/bulk")).isEqualTo(3);
    assertThat(world.jira.count("POST", "/issue")).as("the first goes alone").isOne();
    assertThat(outcomes).extracting(TicketOutcome::action).containsExactlyElementsOf(plan);
    assertThat(outcomes)
        .allSatisfy(outcome -> {
          FakeJiraIssue issue = world.jira.issue(((Done) outcome).issueKey().orElseThrow());
          TicketAction.Create create = (TicketAction.Create) outcome.action();
          assertThat(issue.summary()).isEqualTo(create.summary());
          assertThat(issue.labels()).isEqualTo(create.labels());
          assertThat(issue.properties()).containsKey(DeskAtFakeJira.PROPERTY);
        });
  }

  @Test
  void fewTicketsAreFiledAlone() {
    world.opened().carryOut(creates(5), outcomes::add);

    assertThat(world.jira.count("POST", "/issue")).isEqualTo(5);
    assertThat(outcomes).hasOnlyElementsOfType(Done.class).hasSize(5);
  }

  @Test
  void oneRefusedTicketOfABulkSaysWhyAndTheOthersAreFiled() {
    List<TicketAction> plan = new ArrayList<>(creates(6));
    TicketAction.Create refused = DeskAtFakeJira.newTicket("203.0.113.99", "x\ny");
    plan.add(2, refused);

    world.opened().carryOut(plan, outcomes::add);

    assertThat(world.jira.issues()).hasSize(6);
    assertThat(outcomes)
        .filteredOn(outcome -> outcome instanceof Failed)
        .singleElement()
        .satisfies(outcome -> {
          assertThat(outcome.action()).isEqualTo(refused);
          assertThat(((Failed) outcome).failure().fault()).isEqualTo(Fault.TICKET_REFUSED);
          assertThat(((Failed) outcome).failure()).hasMessageContaining("newline");
        });
    assertThat(outcomes)
        .filteredOn(outcome -> outcome instanceof Done)
        .allSatisfy(outcome ->
            assertThat(world.jira.issue(((Done) outcome).issueKey().orElseThrow()).summary())
                .isEqualTo(((TicketAction.Create) outcome.action()).summary()));
  }

  @Test
  void aBulkThatIsAllRefusedFailsEachTicketWithItsReason() {
    List<TicketAction> plan = new ArrayList<>(creates(1));
    IntStream.range(10, 15)
        .forEach(n -> plan.add(DeskAtFakeJira.newTicket("203.0.113." + n, n + "\nx")));

    world.opened().carryOut(plan, outcomes::add);

    assertThat(outcomes)
        .filteredOn(Failed.class::isInstance)
        .hasSize(5)
        .allSatisfy(
            outcome -> assertThat(((Failed) outcome).failure()).hasMessageContaining("newline"));
    assertThat(world.jira.count("POST", "/issue/bulk")).isOne();
    assertThat(world.jira.count("POST", "/issue")).isOne();
  }

  @Test
  void ticketsThatAreAllRefusedFailWithTheirReasonAndWhatToDo() {
    world.jira.demand("customfield_1");

    world.opened().carryOut(creates(6), outcomes::add);

    assertThat(outcomes)
        .hasSize(6)
        .allSatisfy(outcome ->
            assertThat(((Failed) outcome).failure())
                .hasMessageContainingAll("customfield_1", "JIRA_EXTRA_FIELDS"));
    assertThat(world.jira.count("POST", "/issue/bulk"))
        .as("not before one of the type was seen")
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 405, 413})
  void aRefusedBulkRequestIsFiledOneByOne(int status) {
    world.jira.fail("POST", "/issue/bulk", FakeJiraFault.status(status));

    world.opened().carryOut(creates(6), outcomes::add);

    assertThat(world.jira.count("POST", "/issue")).isEqualTo(6);
    assertThat(outcomes).hasOnlyElementsOfType(Done.class).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504})
  void aBulkWhoseAnswerWasLostIsFoundAndNotRepeated(int status) {
    world
        .jira
        .hideNewIssuesFor(1)
        .fail("POST", "/issue/bulk", FakeJiraFault.status(status).afterProcessing());

    world.opened().carryOut(creates(6), outcomes::add);

    assertThat(outcomes).hasOnlyElementsOfType(Done.class).hasSize(6);
    assertThat(world.jira.issues()).hasSize(6);
    assertThat(world.waitedSeconds()).containsExactly(2L, 4L);
  }

  @Test
  void aBulkThatIsNotFoundIsNotRepeatedEither() {
    world.jira.fail("POST", "/issue/bulk", FakeJiraFault.reset());

    world.opened().carryOut(creates(6), outcomes::add);

    assertThat(outcomes.getFirst()).isInstanceOf(Done.class);
    assertThat(outcomes.subList(1, 6))
        .allSatisfy(outcome ->
            assertThat(((Failed) outcome).failure().fault()).isEqualTo(Fault.OUTCOME_UNKNOWN));
    assertThat(world.jira.count("POST", "/issue.*")).isEqualTo(2);
    assertThat(world.waitedSeconds()).containsExactly(2L, 4L, 8L);
  }

  @Test
  void anAnswerThatDoesNotAddUpIsNotBelieved() {
    world.jira.fail(
        "POST",
        "/issue/bulk",
        FakeJiraFault.status(201)
            .body("{\"issues\":[{\"key\":\"OPS-1\"}],\"errors\":[]}")
            .afterProcessing());

    world.opened().carryOut(creates(6), outcomes::add);

    assertThat(outcomes)
        .hasSize(6)
        .allSatisfy(outcome ->
            assertThat(world.jira.issue(((Done) outcome).issueKey().orElseThrow()).summary())
                .isEqualTo(((TicketAction.Create) outcome.action()).summary()));
  }

  @Test
  void whatWasWrittenBeforeJiraWentDownIsReported() {
    JiraTicketDesk desk = world.opened();
    world.jira.fail("POST", "/issue/bulk", FakeJiraFault.rightAnswer().times(2));
    world.jira.fail("POST", "/issue/bulk", FakeJiraFault.status(503).times(1_000));

    assertThat(failureOf(() -> desk.carryOut(creates(200), outcomes::add)).fault())
        .isEqualTo(Fault.UNREACHABLE);

    assertThat(outcomes).hasOnlyElementsOfType(Done.class).hasSize(51);
    assertThat(world.jira.issues()).hasSize(51);
    assertThat(world.jira.count("POST", "/issue/bulk")).isLessThanOrEqualTo(2 + 4 * 4);
  }
}
