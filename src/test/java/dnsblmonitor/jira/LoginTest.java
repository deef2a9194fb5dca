package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.testing.FakeJiraFault;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A refused login is distinguished from everything else (R25c, R27). */
class LoginTest {

  private final DeskAtFakeJira world = new DeskAtFakeJira();

  @AfterEach
  void close() {
    world.close();
  }

  static Stream<FakeJiraFault> refusedLogins() {
    return Stream.of(
        FakeJiraFault.status(403),
        FakeJiraFault.status(403)
            .with("X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=x"),
        FakeJiraFault.rightAnswer().with("X-Seraph-LoginReason", "AUTHENTICATED_FAILED"),
        FakeJiraFault.rightAnswer().with("X-Seraph-LoginReason", "AUTHENTICATION_DENIED"));
  }

  @Test
  void aWrongTokenIsAnAuthenticationFailure() {
    TicketDeskException failure =
        failureOf(world.desk(TestSettings.at(world.jira.uri()).token("wrong-token").build())::open);

    assertThat(failure.fault()).isEqualTo(Fault.AUTHENTICATION_FAILED);
    assertThat(failure).hasMessageContainingAll("401", "JIRA_API_TOKEN", "must be authenticated");
    assertThat(world.waits).isEmpty();
    assertThat(world.jira.requests()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("refusedLogins")
  void aRefusedLoginIsAnAuthenticationFailureHoweverJiraSaysIt(FakeJiraFault refusal) {
    world.jira.fail("GET", "/myself", refusal);

    assertThat(failureOf(world.desk(world.settings())::open).fault())
        .isEqualTo(Fault.AUTHENTICATION_FAILED);
    assertThat(world.jira.requests()).hasSize(1);
  }

  @Test
  void aSearchThatFindsNothingForRefusedCredentialsIsNoEmptySearch() {
    JiraTicketDesk desk = world.opened();
    world.jira.fail(
        "POST",
        "/search/jql",
        FakeJiraFault.rightAnswer().with("X-Seraph-LoginReason", "AUTHENTICATED_FAILED"));

    assertThat(failureOf(desk::openIssues).fault()).isEqualTo(Fault.AUTHENTICATION_FAILED);
  }

  @Test
  void anAcceptedLoginPasses() {
    world.jira.fail(
        "GET", "/myself", FakeJiraFault.rightAnswer().with("X-Seraph-LoginReason", "OK"));

    world.opened();
  }
}
