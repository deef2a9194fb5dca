package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.alert;
import static dnsblmonitor.jira.DeskAtFakeJira.newTicket;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.ReportedState;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketDesk;
import dnsblmonitor.domain.TicketOutcome;
import dnsblmonitor.domain.TicketOutcome.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DryRunTicketDeskTest {

  private final DeskAtFakeJira world = new DeskAtFakeJira();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void searchesAndWritesNothing() {
    String key = world.jira.seed(DeskAtFakeJira.SUMMARY);
    TicketDesk desk = DryRunTicketDesk.searching(world.desk(world.settings()));

    desk.open();

    assertThat(desk.openIssues()).hasSize(1);
    List<TicketAction> plan =
        List.of(newTicket(), alert(), DeskAtFakeJira.comment(key, new ReportedState.Clean()));
    List<TicketOutcome> outcomes = new ArrayList<>();
    desk.carryOut(plan, outcomes::add);
    assertThat(outcomes)
        .containsExactlyElementsOf(
            plan.stream().map(action -> new Done(action, Optional.empty())).toList());
    desk.settle();
    assertThat(world.jira.writes()).isZero();
    assertThat(world.jira.requests())
        .filteredOn(request -> !request.method().equals("GET"))
        .allSatisfy(request -> assertThat(request.path()).isEqualTo("/search/jql"));
  }

  @Test
  void withoutJiraItFindsNothing() {
    TicketDesk desk = DryRunTicketDesk.withoutJira();

    desk.open();

    assertThat(desk.openIssues()).isEmpty();
    desk.carryOut(
        List.of(newTicket()), outcome -> assertThat(((Done) outcome).issueKey()).isEmpty());
    desk.settle();
  }
}
