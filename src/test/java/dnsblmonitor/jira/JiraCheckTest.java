package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeJiraFault;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R5b: what a check finds at a stand-in of Jira. */
class JiraCheckTest {

  private final FakeJira jira = FakeJira.start();
  private final FakeJira dataCenter = FakeJira.dataCenter();
  private final List<String> progress = new ArrayList<>();

  @AfterEach
  void nothingWasWritten() {
    try (jira;
        dataCenter) {
      assertThat(List.of(jira, dataCenter))
          .allSatisfy(each -> {
            assertThat(each.writeRequests()).isZero();
            assertThat(each.requests())
                .allMatch(request ->
                    request.method().equals("GET") || request.path().startsWith("/search"));
          });
    }
  }

  private TestSettings settings() {
    return TestSettings.at(jira.uri()).kind(Optional.empty());
  }

  private List<Finding> check(TestSettings settings) {
    TestClock clock = new TestClock(DeskAtFakeJira.NOW);
    return new JiraCheck(settings.build(), progress::add, new Waits(clock::advance, clock))
        .findings();
  }

  private static Finding only(String tried, List<Finding> findings) {
    List<Finding> found = findings.stream().filter(f -> f.tried().equals(tried)).toList();
    assertThat(found).as("%s in %s", tried, findings).hasSize(1);
    return found.getFirst();
  }

  /** The details of the one finding of that kind about {@code tried}. */
  private static AbstractStringAssert<?> assertDetails(
      Class<? extends Finding> kind, String tried, List<Finding> findings) {
    Finding finding = only(tried, findings);
    assertThat(finding).isInstanceOf(kind);
    return assertThat(finding.details());
  }

  @Test
  void ifEverythingHoldsEachFindingSaysWhatIsThere() {
    jira.seed(DeskAtFakeJira.SUMMARY, "dnsbl-monitor", DeskAtFakeJira.LABEL);
    jira.seed(DeskAtFakeJira.SUMMARY, "dnsbl-monitor", "dnsbl-other-203.0.113.4");

    List<Finding> findings = check(settings());

    assertThat(findings).hasOnlyElementsOfType(Holds.class);
    assertThat(findings)
        .extracting(Finding::tried)
        .containsExactly(
            "Jira server",
            "Jira login",
            "Jira project OPS",
            "Jira permissions",
            "Jira issue type Incident",
            "Jira issue type Task",
            "Jira statuses",
            "Jira search");
    assertDetails(Holds.class, "Jira server", findings).startsWith("Jira Cloud, version 1001");
    assertDetails(Holds.class, "Jira search", findings).contains("'postal': 1", "tickets: 1");
    assertThat(progress).isEmpty();
  }

  @Test
  void dataCenterIsRecognizedAndChecked() {
    List<Finding> findings =
        check(TestSettings.at(dataCenter.uri()).kind(Optional.empty()).user(Optional.empty()));

    assertThat(findings).hasSize(8).hasOnlyElementsOfType(Holds.class);
    assertDetails(Holds.class, "Jira server", findings)
        .isEqualTo("Jira Data Center, version 10.3.2");
  }

  @Test
  void theNameOfTheAccountIsAllThatIsShownOfIt() {
    jira.fail(
        "GET",
        "/myself",
        FakeJiraFault.status(200)
            .body("{\"displayName\":\"DNSBL Bot\",\"emailAddress\":\"bot@example.com\"}"));

    assertDetails(Holds.class, "Jira login", check(settings())).isEqualTo("as DNSBL Bot");
  }

  @Test
  void refusedCredentialsEndTheCheck() {
    List<Finding> findings = check(settings().token("canary-wrong-token"));

    assertThat(findings).hasSize(2);
    assertDetails(Fails.class, "Jira login", findings)
        .contains("rejected the credentials", "JIRA_API_TOKEN")
        .doesNotContain("canary");
  }

  @Test
  void aCloudWithoutAUserEndsTheCheck() {
    assertThat(check(settings().user(Optional.empty())))
        .singleElement()
        .isInstanceOf(Fails.class)
        .asString()
        .contains("JIRA_USER");
  }

  @Test
  void anUnknownProjectIsNamedBesideThoseThatExist() {
    List<Finding> findings = check(settings().project("NOPE"));

    assertDetails(Fails.class, "Jira project NOPE", findings).contains("JIRA_PROJECT", "'OPS'");
    assertThat(findings).hasSize(3);
  }

  @Test
  void eachUnknownIssueTypeIsNamedBesideThoseThatExist() {
    List<Finding> findings = check(settings().issueTypes("Outage", "Alarm"));

    assertDetails(Fails.class, "Jira issue type Outage", findings)
        .contains("'Bug' (10002), 'Incident'");
    assertDetails(Fails.class, "Jira issue type Alarm", findings).contains("'Alarm'", "'Task'");
    assertDetails(Holds.class, "Jira search", findings).contains("'postal': 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "ADD_COMMENTS"})
  void aMissingPermissionIsNamedBesideThoseThatThereAre(String key) {
    jira.withoutPermission(key);
    dataCenter.withoutPermission(key);

    assertDetails(Fails.class, "Jira permissions", check(settings()))
        .contains("lacks '" + key + "'", "it has", "'CREATE_ATTACHMENTS'");
    assertDetails(
            Fails.class,
            "Jira permissions",
            check(
                TestSettings.at(dataCenter.uri())
                    .kind(Optional.of(JiraKind.DATA_CENTER))
                    .user(Optional.empty())))
        .contains("lacks '" + key + "'");
  }

  @Test
  void withoutTheRightToAttachARunGoesOn() {
    jira.withoutPermission("CREATE_ATTACHMENTS");

    assertDetails(Warns.class, "Jira permissions", check(settings())).contains("comment");
  }

  @Test
  void labelsThatAreNotOnTheScreenAreAWarningForEachType() {
    jira.labelsOnScreen(false);

    List<Finding> findings = check(settings());

    assertDetails(Warns.class, "Jira issue type Task", findings).contains("labels");
    assertDetails(Warns.class, "Jira issue type Incident", findings).contains("labels");
  }

  @Test
  void aDemandedFieldThatIsNotSetIsAWarning() {
    jira.demand("customfield_10");

    assertDetails(Warns.class, "Jira issue type Task", check(settings()))
        .contains("'customfield_10'", "JIRA_EXTRA_FIELDS");
    assertDetails(
            Holds.class,
            "Jira issue type Task",
            check(
                settings()
                    .extraFields(Json.createObjectBuilder().add("customfield_10", 1).build())))
        .doesNotContain("customfield_10");
  }

  @Test
  void anExtraFieldThatIsNotOnTheScreenFails() {
    List<Finding> findings =
        check(settings().extraFields(Json.createObjectBuilder().add("customfield_9", 1).build()));

    assertDetails(Fails.class, "Jira issue type Task", findings)
        .contains("JIRA_EXTRA_FIELDS", "'customfield_9'");
    assertDetails(Holds.class, "Jira issue type Incident", findings).isNotEmpty();
  }

  @Test
  void anUnknownStatusIsAWarning() {
    List<Finding> findings = check(settings().excludedStatuses("Done", "Erledigt"));

    assertDetails(Warns.class, "Jira statuses", findings)
        .contains("not open: 'Done'; but", "'Erledigt'");
    assertDetails(Holds.class, "Jira search", findings).isNotEmpty();
  }

  @Test
  void aConfiguredKindThatTheServerIsNotIsAWarning() {
    jira.fail(
        "GET",
        "/serverInfo",
        FakeJiraFault.status(200).body("{\"deploymentType\":\"Server\",\"version\":\"10.3.2\"}"));

    assertDetails(Warns.class, "Jira server", check(settings().kind(Optional.of(JiraKind.CLOUD))))
        .contains("Data Center", "JIRA_DEPLOYMENT");
  }

  @Test
  void aFailingJiraIsRetriedAndThenNoMore() {
    jira.fail("GET", "/status", FakeJiraFault.status(503).times(9));

    List<Finding> findings = check(settings());

    assertDetails(Fails.class, "Jira statuses", findings).contains("HTTP 503");
    assertThat(findings).extracting(Finding::tried).doesNotContain("Jira search");
    assertThat(progress)
        .containsExactly(
            "statuses: HTTP 503; retrying in 2 s",
            "statuses: HTTP 503; retrying in 4 s",
            "statuses: HTTP 503; retrying in 8 s");
  }
}
