package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.carryOut;
import static dnsblmonitor.jira.DeskAtFakeJira.newTicket;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run waits until the search finds what it filed (R26). */
class SettleTest {

  private final DeskAtFakeJira world = new DeskAtFakeJira();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void settleWaitsUntilTheSearchFindsWhatWasFiled() {
    world.jira.hideNewIssuesFor(3);
    JiraTicketDesk desk = world.opened();
    carryOut(desk, newTicket());

    desk.settle();

    assertThat(world.waitedSeconds()).containsExactly(1L, 2L, 4L);
  }

  @Test
  void settleReturnsAfterAMinuteAnyway() {
    world.jira.hideNewIssuesFor(1_000);
    JiraTicketDesk desk = world.opened();
    carryOut(desk, newTicket());

    desk.settle();

    assertThat(world.waitedSeconds()).containsExactly(1L, 2L, 4L, 8L, 16L, 29L);
  }

  @Test
  void settleAsksNothingWhenNothingWasFiled() {
    world.opened().settle();

    assertThat(world.jira.count("POST", "/search/jql")).isZero();
  }
}
