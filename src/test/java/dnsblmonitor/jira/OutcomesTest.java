package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.NOW;
import static dnsblmonitor.jira.DeskAtFakeJira.SUMMARY;
import static dnsblmonitor.jira.DeskAtFakeJira.alert;
import static dnsblmonitor.jira.DeskAtFakeJira.carryOut;
import static dnsblmonitor.jira.DeskAtFakeJira.comment;
import static dnsblmonitor.jira.DeskAtFakeJira.failureOf;
import static dnsblmonitor.jira.DeskAtFakeJira.listedBy;
import static dnsblmonitor.jira.DeskAtFakeJira.newTicket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.domain.TicketOutcome;
import dnsblmonitor.domain.TicketOutcome.Done;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeJiraFault;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was written is reported, whatever comes after it; what was not is never said to be. */
class OutcomesTest {

  private final DeskAtFakeJira world = new DeskAtFakeJira();
  private final List<TicketOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    world.close();
  }

  private static List<TicketAction> creates(int count) {
    return IntStream.range(0, count)
        .<TicketAction>mapToObj(number -> newTicket("203.0.113." + number))
        .toList();
  }

  @Test
  void whatOfABulkWasFiledAloneBeforeJiraWentDown() {
    world.jira.fail("POST", "/issue/bulk", FakeJiraFault.status(403));
    world.jira.fail("POST", "/issue", FakeJiraFault.rightAnswer().times(2));
    world.jira.fail("POST", "/issue", FakeJiraFault.status(503).times(100));

    assertThat(failureOf(() -> world.opened().carryOut(creates(5), outcomes::add)).fault())
        .isEqualTo(Fault.UNREACHABLE);

    assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(Done.class);
  }

  @Test
  void whatOfALostBulkWasFoundBeforeJiraWentDown() {
    JiraTicketDesk desk = world.opened();
    world
        .jira
        .longestPage(2)
        .fail("POST", "/issue/bulk", FakeJiraFault.status(504).afterProcessing());

    desk.carryOut(creates(5), outcomes::add);

    assertThat(outcomes).hasSize(5).hasOnlyElementsOfType(Done.class);
  }

  @Test
  @Timeout(20)
  void anAlertThatWasFiledWhenTheRunIsStopped() throws Exception {
    JiraTicketDesk desk = world.desk(world.settings(), JiraSession.OWN_THREAD, world::pass);
    desk.open();
    world.jira.fail(
        "POST",
        "/issue/.*/attachments",
        FakeJiraFault.rightAnswer().delayed(Duration.ofMinutes(1)));
    FutureTask<TicketDeskException> stopped =
        new FutureTask<>(() -> failureOf(() -> desk.carryOut(List.of(alert()), outcomes::add)));
    Thread run = Thread.ofPlatform().start(stopped);
    Await.until(
        "the attachment is under way",
        () -> world.jira.count("POST", "/issue/.*/attachments") == 1);

    run.interrupt();

    assertThat(stopped.get(10, TimeUnit.SECONDS).fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(outcomes).singleElement().isInstanceOf(Done.class);
    assertThat(world.warnings).isEmpty();
  }

  @Test
  void aPropertyThatIsRefusedLeavesTheTicketFiledAndTheOthersGoOn() {
    try (DeskAtFakeJira center =
        new DeskAtFakeJira(FakeJira.dataCenter(FakeJira.TOKEN, Clock.fixed(NOW, ZoneOffset.UTC)))) {
      center.jira.labelsOnScreen(false).ignoresProperties(true);
      center.jira.fail("PUT", "/issue/.*/properties/.*", FakeJiraFault.status(403));

      center.opened().carryOut(creates(6), outcomes::add);

      assertThat(outcomes).hasSize(6).hasOnlyElementsOfType(Done.class);
      assertThat(center.warnings)
          .anySatisfy(warning ->
              assertThat(warning).contains("was filed, but later runs may not recognize it"));
    }
  }

  @Test
  void aWebPageIsNoAnswerToAnEdit() {
    String key = world.jira.seed(SUMMARY);
    JiraTicketDesk desk = world.opened();
    world.jira.fail("PUT", "/issue/.*", FakeJiraFault.html(200));

    TicketDeskException failure =
        failureOf(() -> carryOut(desk, comment(key, listedBy("a.example"))));

    assertThat(failure.fault()).isEqualTo(Fault.OUTCOME_UNKNOWN);
    assertThat(failure).hasMessageContainingAll(key, "web page");
  }

  @Test
  void anEditIsNotRepeatedWhileAWebPageHidesWhetherItArrived() {
    String key = world.jira.seed(SUMMARY);
    JiraTicketDesk desk = world.opened();
    world.jira.fail("PUT", "/issue/.*", FakeJiraFault.reset().afterProcessing());
    world.jira.fail("GET", "/issue/.*/properties/.*", FakeJiraFault.html(200).times(3));

    assertThat(failureOf(() -> carryOut(desk, comment(key, listedBy("a.example")))).fault())
        .isEqualTo(Fault.UNREACHABLE);
    assertThat(world.jira.issue(key).comments()).hasSize(1);
  }

  @Test
  void aCommentLimitMayBeSaidInAnyPlace() {
    String key = world.jira.seed(SUMMARY);
    world.jira.fail(
        "PUT",
        "/issue/.*",
        FakeJiraFault.status(400)
            .body(
                "{\"errorMessages\":[\"This issue has reached the maximum number of comments.\"],\"errors\":{}}"));

    carryOut(world.opened(), comment(key, listedBy("a.example")));

    assertThat(world.jira.issue(key).comments()).isEmpty();
    assertThat(world.warnings).singleElement().asString().contains("accepts no comment");
  }

  @Test
  void anAnswerThatIsNestedWithoutEndIsNoJson() {
    world.jira.fail("GET", "/myself", FakeJiraFault.status(200).body("[".repeat(5_000)));

    assertThat(failureOf(world.desk(world.settings())::open).fault())
        .isEqualTo(Fault.CONFIGURATION_ERROR);
  }

  @Test
  void aTicketThatAFirewallRefusesFailsAloneAlsoBehindAProxy() {
    Replies replies =
        new Replies(
            TestSettings.at(world.jira.uri())
                .proxy(InetSocketAddress.createUnresolved("proxy.example", 3128))
                .build());
    replies.checkLogin("first", new Reply(200, Map.of(), "{}"));

    assertThatCode(() -> replies.checkLogin("create", new Reply(403, Map.of(), "<html>no</html>")))
        .doesNotThrowAnyException();
  }

  @Test
  void credentialsThatComeBackInAnyFormAreMasked() {
    JiraSettings settings = TestSettings.at(world.jira.uri()).token("canary-token").build();
    String header = settings.credentials().reveal();

    String said = new Replies(settings).quoted("canary-token Authorization: Basic " + header);

    assertThat(said).isEqualTo("*** Authorization: Basic ***");
  }
}
