package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.alert;
import static dnsblmonitor.jira.DeskAtFakeJira.carryOut;
import static dnsblmonitor.jira.DeskAtFakeJira.failureOf;
import static dnsblmonitor.jira.DeskAtFakeJira.newTicket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeJiraFault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The token is in the Authorization header and nowhere else (R32). */
class JiraSecretsTest {

  private final DeskAtFakeJira world = new DeskAtFakeJira();
  private final List<String> said = new ArrayList<>();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theTokenIsInNoRequestMessageOrTrace() {
    String echo = "{\"errorMessages\":[\"bad token %s\"]}".formatted(FakeJira.TOKEN);
    JiraTicketDesk desk = world.opened();
    carryOut(desk, alert());
    world.jira.fail("POST", "/issue", FakeJiraFault.status(400).body(echo));
    note(failureOf(() -> carryOut(desk, newTicket())));
    world.jira.fail("POST", "/issue", FakeJiraFault.status(401).body(echo));
    note(failureOf(() -> carryOut(desk, newTicket())));
    world.jira.fail("POST", "/search/jql", FakeJiraFault.reset().times(20));
    note(failureOf(desk::openIssues));

    said.addAll(world.jira.received());
    said.addAll(world.retries);
    said.addAll(world.warnings);
    said.add(world.settings().toString());

    assertThat(said).hasSizeGreaterThan(15);
    assertThat(said).noneMatch(text -> text.contains(FakeJira.TOKEN));
    assertThat(said).anyMatch(text -> text.contains("bad token ***"));
  }

  private void note(TicketDeskException failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    said.add(trace.toString());
  }

  @Test
  void aPasswordInTheUrlIsRefusedUnseen() {
    URI server = URI.create("https://me:hush@jira.example.com");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestSettings.at(server).build())
        .withMessageNotContaining("hush");
  }
}
