package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.carryOut;
import static dnsblmonitor.jira.DeskAtFakeJira.failureOf;
import static dnsblmonitor.jira.DeskAtFakeJira.newTicket;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.testing.FakeJiraFault;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

  private final DeskAtFakeJira world = new DeskAtFakeJira();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void aSearchIsRepeatedAfterTwoFourAndEightSeconds(int status) {
    JiraTicketDesk desk = world.opened();
    world.jira.fail("POST", "/search/jql", FakeJiraFault.status(status).times(3));

    assertThat(desk.openIssues()).isEmpty();

    assertThat(world.waitedSeconds()).containsExactly(2L, 4L, 8L);
    assertThat(world.retries)
        .containsExactly(
            "1 after 2 s: search for open tickets: HTTP " + status,
            "2 after 4 s: search for open tickets: HTTP " + status,
            "3 after 8 s: search for open tickets: HTTP " + status);
  }

  @Test
  void afterThreeRetriesItGivesUp() {
    JiraTicketDesk desk = world.opened();
    world.jira.fail("POST", "/search/jql", FakeJiraFault.status(503).times(4));

    TicketDeskException failure = failureOf(desk::openIssues);

    assertThat(failure.fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(failure).hasMessageContainingAll("search for open tickets", "3 retries", "503");
    assertThat(world.jira.count("POST", "/search/jql")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 410, 422})
  void otherRefusalsAreNotRepeated(int status) {
    JiraTicketDesk desk = world.opened();
    world.jira.fail("POST", "/search/jql", FakeJiraFault.status(status));

    assertThat(failureOf(desk::openIssues).fault()).isEqualTo(Fault.CONFIGURATION_ERROR);
    assertThat(world.waits).isEmpty();
  }

  @Test
  void aCreateThatJiraDidNotTakeIsRepeated() {
    JiraTicketDesk desk = world.opened();
    world.jira.fail("POST", "/issue", FakeJiraFault.status(429));
    world.jira.fail("POST", "/issue", FakeJiraFault.status(503));

    assertThat(carryOut(desk, newTicket())).isNotEmpty();

    assertThat(world.waitedSeconds()).containsExactly(2L, 4L);
    assertThat(world.jira.issues()).hasSize(1);
  }

  @Test
  void aCreateThatJiraNeverTakesIsUnreachable() {
    JiraTicketDesk desk = world.opened();
    world.jira.fail("POST", "/issue", FakeJiraFault.status(503).times(4));

    assertThat(failureOf(() -> carryOut(desk, newTicket())).fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(world.waitedSeconds()).containsExactly(2L, 4L, 8L);
  }

  @Test
  void retryAfterIsObeyedWhenLonger() {
    JiraTicketDesk desk = world.opened();
    world.jira.fail(
        "POST", "/search/jql", FakeJiraFault.status(429).with("Retry-After", "7").times(3));

    desk.openIssues();

    assertThat(world.waitedSeconds()).containsExactly(7L, 7L, 8L);
  }

  @Test
  void retryAfterMayBeADate() {
    JiraTicketDesk desk = world.opened();
    String inSevenSeconds = "Mon, 23 Nov 2026 08:00:07 GMT";
    world.jira.fail(
        "POST",
        "/search/jql",
        FakeJiraFault.status(429).with("Retry-After", inSevenSeconds).times(2));

    desk.openIssues();

    assertThat(world.waitedSeconds()).containsExactly(7L, 4L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "soon", "-5", "Sun, 22 Nov 2026 08:00:00 GMT"})
  void aShorterOrUnreadableRetryAfterChangesNothing(String header) {
    JiraTicketDesk desk = world.opened();
    world.jira.fail("POST", "/search/jql", FakeJiraFault.status(503).with("Retry-After", header));

    desk.openIssues();

    assertThat(world.waitedSeconds()).containsExactly(2L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"61", "99999999999999999999", "Mon, 23 Nov 2026 08:01:01 GMT"})
  void moreThanAMinuteIsNotWaitedFor(String header) {
    JiraTicketDesk desk = world.opened();
    world.jira.fail("POST", "/search/jql", FakeJiraFault.status(429).with("Retry-After", header));

    assertThat(failureOf(desk::openIssues).fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(world.waits).isEmpty();
    assertThat(world.retries).isEmpty();
  }

  @Test
  void allWaitsOfARunTogetherAreBounded() {
    JiraTicketDesk desk = world.opened();
    world.jira.fail(
        "POST", "/search/jql", FakeJiraFault.status(429).with("Retry-After", "50").times(9));

    TicketDeskException failure = failureOf(desk::openIssues);

    assertThat(failure.fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(failure).hasMessageContaining("120 s");
    assertThat(world.waitedSeconds()).containsExactly(50L, 50L);
    assertThat(world.retries).as("none that the budget refuses").hasSize(2);
    assertThat(failureOf(desk::openIssues).fault()).isEqualTo(Fault.UNREACHABLE);
  }

  @Test
  @Timeout(10)
  void anInterruptEndsAWaitAndAllThatWouldFollow() {
    JiraTicketDesk desk =
        world.desk(
            world.settings(),
            Runnable::run,
            _ -> {
              throw new InterruptedException();
            });
    world.jira.fail("GET", "/myself", FakeJiraFault.status(503));

    assertThat(failureOf(desk::open).fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(failureOf(desk::open).fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(world.jira.requests()).hasSize(1);
  }

  @Test
  @Timeout(10)
  void anInterruptEndsARequestThatHasAnotherThread() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    world.jira.fail("GET", "/myself", FakeJiraFault.status(503).delayed(Duration.ofMinutes(1)));
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      JiraTicketDesk desk =
          world.desk(
              world.settings(),
              request -> {
                threads.execute(request);
                asked.countDown();
              },
              world::pass);
      FutureTask<TicketDeskException> opening = new FutureTask<>(() -> failureOf(desk::open));
      Thread run = Thread.ofPlatform().start(opening);
      asked.await();

      run.interrupt();

      assertThat(opening.get(5, TimeUnit.SECONDS).fault()).isEqualTo(Fault.UNREACHABLE);
      world.close();
    }
  }
}
