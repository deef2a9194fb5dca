package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.carryOut;
import static dnsblmonitor.jira.DeskAtFakeJira.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.testing.FakeJiraFault;
import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeskOpeningTest {

  private final DeskAtFakeJira world = new DeskAtFakeJira();

  @AfterEach
  void close() {
    world.close();
  }

  private JiraSettings settings(String project, String type, String alertType) {
    return TestSettings.at(world.jira.uri()).project(project).issueTypes(type, alertType).build();
  }

  @Test
  void anUnknownProjectIsNamedBesideThoseThatExist() {
    assertThat(failureOf(world.desk(settings("NOPE", "Task", "Incident"))::open))
        .hasMessageContainingAll("JIRA_PROJECT NOPE", "No project could be found", "'OPS'")
        .hasMessageNotContaining("..")
        .extracting("fault")
        .isEqualTo(Fault.CONFIGURATION_ERROR);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUnknownIssueTypeIsNamedBesideThoseThatExist(boolean alert) {
    JiraSettings settings =
        alert ? settings("OPS", "Task", "Outage") : settings("OPS", "Outage", "Task");

    assertThat(failureOf(world.desk(settings)::open))
        .hasMessageContainingAll("'Outage'", "'Bug' (10002), 'Incident' (10003), 'Task' (10001)")
        .extracting("fault")
        .isEqualTo(Fault.CONFIGURATION_ERROR);
  }

  /** R25b: the value that never warns is the default. */
  @Test
  void theDefaultOfTheExcludedStatusesIsTheDefault() throws IOException {
    Properties defaults = new Properties();
    try (InputStream in =
        DeskOpening.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
      defaults.load(in);
    }

    assertThat(defaults.getProperty("JIRA_EXCLUDED_STATUSES"))
        .isEqualTo(String.join(",", DeskOpening.DEFAULT_EXCLUDED));
  }

  @Test
  void issueTypesMayBeWrittenInAnyCase() {
    JiraTicketDesk desk = world.desk(settings("OPS", "task", "INCIDENT"));
    desk.open();

    String key = carryOut(desk, DeskAtFakeJira.newTicket());

    assertThat(world.jira.issue(key).type()).isEqualTo("Task");
  }

  @Test
  void anUnknownStatusIsLeftOutWithAWarning() {
    world.jira.seed(DeskAtFakeJira.SUMMARY);
    JiraTicketDesk desk =
        world.desk(
            TestSettings.at(world.jira.uri())
                .excludedStatuses("done", "Resolved", "Erledigt \"ja\"")
                .build());

    desk.open();

    assertThat(desk.openIssues()).hasSize(1);
    assertThat(world.warnings)
        .singleElement()
        .asString()
        .contains("'Resolved'", "'Erledigt \"ja\"'")
        .doesNotContain("'done'");
  }

  @Test
  void withoutAnyKnownStatusTheSearchStillWorks() {
    world.jira.seed(DeskAtFakeJira.SUMMARY);
    JiraTicketDesk desk = world.desk(TestSettings.at(world.jira.uri()).excludedStatuses().build());

    desk.open();

    assertThat(desk.openIssues()).hasSize(1);
    assertThat(world.warnings).isEmpty();
  }

  @Test
  void aStatusNameWithQuotesIsEscaped() {
    world.jira.status("Won\"t \\ do");
    String key = world.jira.seed(DeskAtFakeJira.SUMMARY);
    world.jira.move(key, "Won\"t \\ do");
    JiraTicketDesk desk =
        world.desk(TestSettings.at(world.jira.uri()).excludedStatuses("Won\"t \\ do").build());

    desk.open();

    assertThat(desk.openIssues()).isEmpty();
    assertThat(world.warnings).isEmpty();
  }

  @Test
  void labelsThatAreNotOnTheScreenAreSaidOnce() {
    world.jira.labelsOnScreen(false);

    JiraTicketDesk desk = world.opened();
    carryOut(desk, DeskAtFakeJira.newTicket());
    carryOut(desk, DeskAtFakeJira.alert());

    assertThat(world.warnings)
        .singleElement()
        .asString()
        .contains("labels are not on the create screen", "'Incident', 'Task'");
  }

  @Test
  void anExtraFieldThatIsNotOnTheScreenIsAConfigurationError() {
    JiraSettings settings =
        TestSettings.at(world.jira.uri())
            .extraFields(Json.createObjectBuilder().add("customfield_9", 1).build())
            .build();

    assertThat(failureOf(world.desk(settings)::open))
        .hasMessageContainingAll("JIRA_EXTRA_FIELDS", "'customfield_9'", "'summary'")
        .extracting("fault")
        .isEqualTo(Fault.CONFIGURATION_ERROR);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404})
  void aWebPageInPlaceOfJsonIsAConfigurationError(int status) {
    world.jira.fail("GET", "/myself", FakeJiraFault.html(status));

    assertThat(failureOf(world.desk(world.settings())::open))
        .hasMessageContainingAll("" + status, "text/html", "JIRA_SERVER")
        .extracting("fault")
        .isEqualTo(Fault.CONFIGURATION_ERROR);
  }

  @Test
  void aRedirectIsNotFollowedButNamed() {
    world.jira.fail(
        "GET",
        "/myself",
        FakeJiraFault.status(302).with("Location", "https://login.example.com/sso?state=hidden"));

    assertThat(failureOf(world.desk(world.settings())::open))
        .hasMessageContainingAll("302", "https://login.example.com/sso", "JIRA_SERVER")
        .hasMessageNotContaining("hidden")
        .extracting("fault")
        .isEqualTo(Fault.CONFIGURATION_ERROR);
  }

  @Test
  void aProxyGetsTheRequestsInPlaceOfTheServer() {
    URI proxy = world.jira.uri();
    JiraSettings behindProxy =
        TestSettings.at(URI.create("http://jira.example.com/tracker"))
            .proxy(new InetSocketAddress(proxy.getHost(), proxy.getPort()))
            .build();

    world.desk(behindProxy).open();

    assertThat(world.jira.received()).allMatch(request -> request.contains("jira.example.com"));
  }

  @Test
  void anAddressWithoutAServerIsUnreachableAfterTheRetries() {
    URI nobody = world.jira.uri();
    world.jira.close();

    TicketDeskException failure = failureOf(world.desk(TestSettings.at(nobody).build())::open);

    assertThat(failure.fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(world.waitedSeconds()).containsExactly(2L, 4L, 8L);
  }
}
