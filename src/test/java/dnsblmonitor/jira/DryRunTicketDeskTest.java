package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketDesk;
import dnsblmonitor.domain.Told;
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
    assertThat(desk.carryOut(DeskAtFakeJira.newTicket())).isEmpty();
    assertThat(desk.carryOut(DeskAtFakeJira.alert())).isEmpty();
    assertThat(desk.carryOut(DeskAtFakeJira.tell(key, new Told.Clean()))).isEmpty();
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
    assertThat(desk.carryOut(DeskAtFakeJira.newTicket())).isEmpty();
    desk.settle();
  }
}
