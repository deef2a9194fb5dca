package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.arquillian.MonitorArchive;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.jira.JiraConnector.FailingJira;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeJiraFault;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * MicroProfile Fault Tolerance acts only in a container: here its time-out, bulkhead and circuit
 * breaker do. Their state is the application's, one for each method: each test has its own method.
 */
@Tag("arquillian")
@ExtendWith(ArquillianExtension.class)
class JiraFaultToleranceIT {

  private static final String TIMEOUT = "Timeout/value";
  private static final int BULKHEAD = 4;

  private final FakeJira jira = FakeJira.start();

  @Deployment
  static WebArchive monitor() {
    return MonitorArchive.withTests(JiraFaultToleranceIT.class, TestSettings.class, NoEvents.class);
  }

  @BeforeEach
  void shortenTheTimeOut() {
    System.setProperty(TIMEOUT, "2");
  }

  @AfterEach
  void close() {
    System.clearProperty(TIMEOUT);
    jira.close();
  }

  @Test
  void aCallThatTakesTooLongIsGivenUp() {
    jira.fail(
        "GET", ".*/myself", FakeJiraFault.rightAnswer().delayed(Duration.ofSeconds(5)).times(4));

    try (JiraTicketDesk desk =
        new JiraTicketDesk(settings(), List::of, new NoEvents(), Clock.systemUTC())) {
      assertThatThrownBy(desk::open)
          .isInstanceOfSatisfying(
              TicketDeskException.class,
              e -> assertThat(e.fault()).isEqualTo(TicketDeskException.Fault.UNREACHABLE))
          .hasMessageContaining("Timeout");
    }
    assertThat(jira.count("GET", ".*/myself")).as("the first call and three retries").isEqualTo(4);
  }

  @Test
  void moreCallsAtOnceThanTheBulkheadHoldsAreRefused() {
    jira.fail(
        "GET",
        "/serverInfo",
        FakeJiraFault.rightAnswer().delayed(Duration.ofSeconds(1)).times(BULKHEAD + 1));
    JiraApi api = JiraConnector.connect(settings(), JiraKind.CLOUD.apiPath());

    try (ExecutorService threads = Executors.newFixedThreadPool(BULKHEAD + 1)) {
      List<CompletableFuture<Object>> calls =
          Stream.generate(
                  () -> CompletableFuture.supplyAsync(() -> outcome(api::serverInfo), threads))
              .limit(BULKHEAD + 1)
              .toList();

      assertThat(calls.stream().map(CompletableFuture::join))
          .containsOnlyOnce(BulkheadException.class)
          .contains(200);
    }
    api.close();
  }

  @Test
  void aJiraThatFailsIsSparedUntilTheBreakerLetsOneCallTry() {
    jira.fail("GET", "/status", FakeJiraFault.status(503).times(BULKHEAD));
    JiraApi api = JiraConnector.connect(settings(), JiraKind.CLOUD.apiPath());

    Stream.generate(() -> outcome(api::statuses))
        .limit(BULKHEAD)
        .forEach(outcome -> assertThat(outcome).isEqualTo(FailingJira.class));
    assertThat(outcome(api::statuses)).isEqualTo(CircuitBreakerOpenException.class);
    assertThat(jira.count("GET", "/status")).as("no request beyond these").isEqualTo(BULKHEAD);

    Await.until("the breaker closes", () -> Integer.valueOf(200).equals(outcome(api::statuses)));
    assertThat(jira.count("GET", "/status")).as("one to try").isEqualTo(BULKHEAD + 1);
    api.close();
  }

  /** The status, or the class of what was thrown. */
  private static Object outcome(Supplier<Response> call) {
    try (Response response = call.get()) {
      return response.getStatus();
    } catch (FailingJira | FaultToleranceException e) {
      return e.getClass();
    }
  }

  private JiraSettings settings() {
    return TestSettings.at(jira.uri()).build();
  }
}
