package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketRules;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.Stalls;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A thousand listed addresses and an empty Jira, at the real pace: R23, R25e, R26. */
class ManyTicketsTest {

  private static final int ADDRESSES = 1_000;

  private static final int RUNS = ADDRESSES / TicketRules.MAX_NEW;

  /** As docs/jira.md says. */
  private static final int OPENING = 10;

  private static final int SEARCH_PAGES = ADDRESSES / 100;

  @Test
  void allAreFiledInFewRequestsAndTheNextRunOnlySearches() {
    TicketWorld world = new TicketWorld();
    for (int n = 0; n < ADDRESSES; n++) {
      world.list(
          "198.51.%d.%d".formatted(100 + n / 250, n % 250 + 1),
          new TreeSet<>(List.of("bl.example.org")));
    }
    try (Stalls stalls = Stalls.watched();
        FakeJira jira = FakeJira.start()) {
      for (int run = 1; run <= RUNS; run++) {
        world.run(desk(jira));
        assertThat(jira.issues()).hasSize(run * TicketRules.MAX_NEW);
      }

      int perRun =
          1 + (TicketRules.MAX_NEW - 1 + IssueFiling.MAX_ISSUES - 1) / IssueFiling.MAX_ISSUES;
      assertThat(jira.writeRequests()).as("the first alone").isEqualTo(RUNS * perRun);
      assertThat(jira.requests())
          .hasSizeLessThanOrEqualTo(RUNS * (OPENING + 1 + 2 * SEARCH_PAGES + perRun + 1));
      assertThat(jira.busiestSecond())
          .as("writes that arrive in a second; a stall lets some arrive together")
          .isLessThanOrEqualTo(
              (int) stalls.added(Duration.ofSeconds(1)).dividedBy(Duration.ofMillis(100)));
      assertThat(jira.mostAtOnce()).isLessThanOrEqualTo(Workers.COUNT);

      int before = jira.requests().size();
      assertThat(world.run(desk(jira))).isEmpty();
      assertThat(jira.requests().subList(before, jira.requests().size()))
          .filteredOn(request -> !request.path().equals("/search/jql"))
          .hasSizeLessThanOrEqualTo(OPENING)
          .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
      assertThat(jira.requests().subList(before, jira.requests().size()))
          .filteredOn(request -> request.path().equals("/search/jql"))
          .hasSize(SEARCH_PAGES);
    }
  }

  private static JiraTicketDesk desk(FakeJira jira) {
    return new JiraTicketDesk(
        TestSettings.at(jira.uri()).build(), List::of, new NoEvents(), Clock.systemUTC());
  }
}
