package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.SUMMARY;
import static dnsblmonitor.jira.DeskAtFakeJira.alert;
import static dnsblmonitor.jira.DeskAtFakeJira.carryOut;
import static dnsblmonitor.jira.DeskAtFakeJira.comment;
import static dnsblmonitor.jira.DeskAtFakeJira.failureOf;
import static dnsblmonitor.jira.DeskAtFakeJira.listedBy;
import static dnsblmonitor.jira.DeskAtFakeJira.newTicket;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.testing.FakeJiraFault;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may have reached Jira is never just sent again (R26). */
class LostAnswerTest {

  private final DeskAtFakeJira world = new DeskAtFakeJira();

  @AfterEach
  void close() {
    world.close();
  }

  static Stream<Supplier<FakeJiraFault>> losses() {
    return Stream.of(
        FakeJiraFault::reset,
        () -> FakeJiraFault.status(500),
        () -> FakeJiraFault.status(502),
        () -> FakeJiraFault.status(504),
        () -> FakeJiraFault.html(502),
        () -> FakeJiraFault.html(200));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aCreateWhoseAnswerWasLostIsFoundAndNotRepeated(Supplier<FakeJiraFault> loss) {
    world.jira.hideNewIssuesFor(1).fail("POST", "/issue", loss.get().afterProcessing());

    String key = carryOut(world.opened(), newTicket());

    assertThat(key).isEqualTo(world.jira.issues().getFirst().key());
    assertThat(world.jira.count("POST", "/issue")).isOne();
    assertThat(world.waitedSeconds()).containsExactly(2L, 4L);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aCreateThatIsNotFoundIsNotRepeatedEither(Supplier<FakeJiraFault> loss) {
    world.jira.fail("POST", "/issue", loss.get());
    JiraTicketDesk desk = world.opened();

    TicketDeskException failure = failureOf(() -> carryOut(desk, newTicket()));

    assertThat(failure.fault()).isEqualTo(Fault.OUTCOME_UNKNOWN);
    assertThat(failure).hasMessageContainingAll(SUMMARY, "this run does not file it again");
    assertThat(world.jira.count("POST", "/issue")).isOne();
    assertThat(world.waitedSeconds()).containsExactly(2L, 4L, 8L);
  }

  @Test
  void anAlertWhoseAnswerWasLostIsFoundAndGetsItsLog() {
    world.jira.fail("POST", "/issue", FakeJiraFault.reset().afterProcessing());

    String key = carryOut(world.opened(), alert());

    assertThat(world.jira.issue(key).attachments()).hasSize(1);
    assertThat(world.jira.issues()).hasSize(1);
  }

  @Test
  void aTicketThatIsClosedIsNotTakenForTheLostOne() {
    world.jira.close(world.jira.seed(SUMMARY, "dnsbl-monitor", DeskAtFakeJira.LABEL));
    world.jira.fail("POST", "/issue", FakeJiraFault.reset());
    JiraTicketDesk desk = world.opened();

    assertThat(failureOf(() -> carryOut(desk, newTicket())).fault())
        .isEqualTo(Fault.OUTCOME_UNKNOWN);
  }

  @Test
  void withoutLabelsALostCreateIsFoundByItsSummary() {
    world.jira.labelsOnScreen(false);
    world.jira.seed(SUMMARY);
    world.jira.fail("POST", "/issue", FakeJiraFault.reset().afterProcessing());

    assertThat(carryOut(world.opened(), newTicket())).isEqualTo("OPS-2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEditWhoseAnswerWasLostCommentsOnce(boolean arrived) {
    String key = world.jira.seed(SUMMARY);
    FakeJiraFault loss = FakeJiraFault.reset();
    world.jira.fail("PUT", "/issue/.*", arrived ? loss.afterProcessing() : loss);

    carryOut(world.opened(), comment(key, listedBy("a")));

    assertThat(world.jira.issue(key).comments()).containsExactly("Something changed.");
    assertThat(world.jira.count("PUT", "/issue/.*")).isEqualTo(arrived ? 1 : 2);
    assertThat(world.waitedSeconds()).containsExactly(2L);
  }

  @Test
  void anEditIsNotRepeatedWhileItIsUnknownWhetherItArrived() {
    String key = world.jira.seed(SUMMARY);
    JiraTicketDesk desk = world.opened();
    world.jira.fail("PUT", "/issue/.*", FakeJiraFault.status(504).afterProcessing());
    world.jira.fail("GET", "/issue/.*", FakeJiraFault.status(503).times(3));

    assertThat(failureOf(() -> carryOut(desk, comment(key, listedBy("a")))).fault())
        .isEqualTo(Fault.UNREACHABLE);
    assertThat(world.jira.issue(key).comments()).hasSize(1);
    assertThat(world.jira.count("PUT", "/issue/.*")).isOne();
  }

  @Test
  void anAttachmentThatMayHaveArrivedIsNotSentAgain() {
    world.jira.fail("POST", "/issue/.*/attachments", FakeJiraFault.status(504).afterProcessing());

    String key = carryOut(world.opened(), alert());

    assertThat(world.jira.issue(key).attachments()).hasSize(1);
    assertThat(world.warnings).singleElement().asString().contains("may be missing");
  }
}
