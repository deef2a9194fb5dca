package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.ALERT;
import static dnsblmonitor.jira.DeskAtFakeJira.alert;
import static dnsblmonitor.jira.DeskAtFakeJira.carryOut;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.FakeJiraIssue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunLogAttachmentTest {

  private final DeskAtFakeJira world = new DeskAtFakeJira();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anAlertCarriesTheRunsLogAsAFile() {
    String key = carryOut(world.opened(), alert());

    FakeJiraIssue issue = world.jira.issue(key);
    assertThat(issue.type()).isEqualTo("Incident");
    assertThat(issue.summary()).isEqualTo(ALERT);
    assertThat(issue.attachments())
        .singleElement()
        .satisfies(file ->
            assertThat(file.content()).isEqualTo("{\"event\":\"first\"}\n{\"event\":\"last\"}\n"));
    assertThat(issue.comments()).isEmpty();
  }

  @Test
  void aRefusedAttachmentBecomesACommentWithTheLastLinesThatFit() {
    world.jira.attachmentsAllowed(false);
    world.runLog = IntStream.range(0, 2_000).mapToObj(n -> "line \"%d\" ééé".formatted(n)).toList();

    String key = carryOut(world.opened(), alert());

    FakeJiraIssue issue = world.jira.issue(key);
    assertThat(issue.attachments()).isEmpty();
    assertThat(issue.comments())
        .singleElement()
        .asString()
        .contains("\nline \"1500\" ééé\n", "line \"1999\" ééé\n(Cut")
        .doesNotContain("line \"0\"");
    assertThat(world.warnings).singleElement().asString().contains("permission");
  }

  @Test
  void anAlertStaysFiledWhenItsLogCannotBeAdded() {
    world.jira.fail("POST", "/issue/.*/attachments", FakeJiraFault.status(413));
    world.jira.fail("PUT", "/issue/.*", FakeJiraFault.status(400));

    assertThat(carryOut(world.opened(), alert())).isNotEmpty();
    assertThat(world.warnings).hasSize(2);
  }
}
