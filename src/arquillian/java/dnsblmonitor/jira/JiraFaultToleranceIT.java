package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.arquillian.MonitorArchive;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeJiraFault;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MicroProfile Fault Tolerance acts only in a container: here its time-out and bulkhead do. */
@Tag("arquillian")
@ExtendWith(ArquillianExtension.class)
class JiraFaultToleranceIT {

  private static final String TIMEOUT = "Timeout/value";
  private static final int BULKHEAD = 4;

  private final FakeJira jira = FakeJira.start();

  @Deployment
  static WebArchive monitor() {
    return MonitorArchive.withTests(JiraFaultToleranceIT.class, TestSettings.class);
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
        new JiraTicketDesk(settings(), List::of, new Silence(), Clock.systemUTC(), Runnable::run)) {
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
        ".*/myself",
        FakeJiraFault.rightAnswer().delayed(Duration.ofSeconds(1)).times(BULKHEAD + 1));
    JiraApi api = JiraConnector.connect(settings(), JiraKind.CLOUD.dialect().apiPath());

    try (ExecutorService threads = Executors.newFixedThreadPool(BULKHEAD + 1)) {
      List<CompletableFuture<Object>> calls =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> outcome(api), threads))
              .limit(BULKHEAD + 1)
              .toList();

      assertThat(calls.stream().map(CompletableFuture::join))
          .containsOnlyOnce(BulkheadException.class)
          .contains(200);
    }
    JiraConnector.close(api);
  }

  /** The status, or the class of what was thrown. */
  private static Object outcome(JiraApi api) {
    try (Response response = api.myself()) {
      return response.getStatus();
    } catch (BulkheadException e) {
      return BulkheadException.class;
    }
  }

  private JiraSettings settings() {
    return TestSettings.at(jira.uri()).build();
  }

  private record Silence() implements JiraEvents {
    @Override
    public void retrying(int attempt, Duration wait, String cause) {}

    @Override
    public void warning(String message) {}
  }
}
