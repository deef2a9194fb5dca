package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.NOW;
import static dnsblmonitor.jira.DeskAtFakeJira.PROPERTY;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Malfunction;
import dnsblmonitor.domain.ReportedState;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketRecord;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.FakeJiraIssue;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Any table, any tickets, any one fault at any request, then a run without fault: every listed
 * address has one open ticket, nothing is reported twice, and a further run writes nothing (R23,
 * R26).
 */
class RandomTicketWorldsTest {

  private static final int WORLDS = Integer.getInteger("jira.worlds", 100);
  private static final Set<String> FINISHED = Set.of("Done", "Closed", "Fertig");
  private static final List<String> ZONES = List.of("a.example", "b.example", "c.example");

  private static final List<Supplier<FakeJiraFault>> FAULTS =
      List.of(
          () -> FakeJiraFault.status(429),
          () -> FakeJiraFault.status(429).with("Retry-After", "3600"),
          () -> FakeJiraFault.status(500),
          () -> FakeJiraFault.status(500).afterProcessing(),
          () -> FakeJiraFault.status(502).afterProcessing(),
          () -> FakeJiraFault.status(503),
          () -> FakeJiraFault.status(504),
          () -> FakeJiraFault.status(504).afterProcessing(),
          () -> FakeJiraFault.status(400),
          () -> FakeJiraFault.status(401),
          () -> FakeJiraFault.status(403),
          () -> FakeJiraFault.html(200),
          () -> FakeJiraFault.html(200).afterProcessing(),
          () -> FakeJiraFault.status(302).with("Location", "https://login.example.com/"),
          FakeJiraFault::reset,
          () -> FakeJiraFault.reset().afterProcessing(),
          // dead from then on
          () -> FakeJiraFault.status(503).times(10_000),
          () -> FakeJiraFault.reset().times(10_000),
          () -> FakeJiraFault.reset().afterProcessing().times(10_000),
          () -> FakeJiraFault.status(401).times(10_000));

  /** What is wrong with the project during the first run. */
  private static final List<Consumer<FakeJira>> UNFIT =
      List.of(jira -> jira.hidesNewIssues(true), jira -> jira.dropsLabels(true), _ -> {}, _ -> {});

  @TestFactory
  List<DynamicTest> worlds() {
    long first = Long.getLong("jira.seed", System.nanoTime());
    return LongStream.range(first, first + WORLDS)
        .mapToObj(
            seed -> DynamicTest.dynamicTest("-Djira.seed=" + seed, () -> new OneWorld(seed).test()))
        .toList();
  }

  /** One world, made of its seed alone. */
  private static final class OneWorld {

    private final Random random;
    private final TicketWorld table = new TicketWorld();
    private final FakeJira jira;
    private boolean labels;
    private int shown;
    private final List<String> reported = new ArrayList<>();
    private final Map<String, Integer> openBefore = new HashMap<>();

    OneWorld(long seed) {
      random = new Random(seed);
      jira = site();
      int addresses = random.nextInt(12);
      for (int n = 0; n < addresses; n++) {
        address("203.0.113." + (n + 1));
      }
      if (random.nextInt(3) == 0) {
        table.malfunctions(new Malfunction(60, List.of(), 10));
      }
      if (random.nextInt(3) == 0) {
        jira.seed(DeskAtFakeJira.ALERT, "dnsbl-monitor", "dnsbl-postal-alert-2026-11-23");
      }
    }

    private FakeJira site() {
      Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
      boolean dataCenter = random.nextInt(3) == 0;
      FakeJira site =
          dataCenter
              ? FakeJira.dataCenter(FakeJira.USER, FakeJira.TOKEN, clock)
              : FakeJira.start(FakeJira.USER, FakeJira.TOKEN, clock);
      if (random.nextInt(4) == 0) {
        site.german();
      }
      labels = random.nextInt(4) > 0;
      return site.labelsOnScreen(labels)
          .ignoresProperties(dataCenter && random.nextBoolean())
          .longestPage(1 + random.nextInt(5))
          .endlessPages(random.nextInt(4) == 0)
          .hideNewIssuesFor(random.nextInt(3));
    }

    private void address(String address) {
      switch (random.nextInt(3)) {
        case 0 -> table.clear(address);
        case 1 -> {}
        default -> table.list(address, zones());
      }
      int tickets = random.nextInt(4) == 0 ? 2 : random.nextInt(2);
      for (int n = 0; n < tickets; n++) {
        ticket(address);
      }
    }

    private SortedSet<String> zones() {
      SortedSet<String> zones = new TreeSet<>();
      zones.add(ZONES.get(random.nextInt(ZONES.size())));
      zones.add(ZONES.get(random.nextInt(ZONES.size())));
      return zones;
    }

    private void ticket(String address) {
      String summary = "IP %s blacklisted by %s".formatted(address, String.join(",", zones()));
      String key =
          switch (random.nextInt(5)) {
            case 0 -> jira.seed(summary);
            case 1 -> jira.seed(summary, "dnsbl-monitor", "dnsbl-elsewhere-" + address);
            default -> jira.seed(summary, "dnsbl-monitor", "dnsbl-postal-" + address);
          };
      switch (random.nextInt(6)) {
        case 0 ->
            jira.setProperty(
                key, PROPERTY, Json.createObjectBuilder().add("told", "clean").build());
        case 1 ->
            jira.setProperty(
                key, PROPERTY, DeskAtFakeJira.reported(zones().toArray(String[]::new)));
        case 2 -> jira.setProperty(key, PROPERTY, property("OPS"));
        case 3 -> jira.setProperty(key, PROPERTY, property("STG"));
        default -> {}
      }
      if (random.nextInt(5) == 0) {
        jira.moveTo(key, "STG");
      }
      if (random.nextInt(4) == 0) {
        jira.close(key);
      }
      if (counts(jira.issue(key), address)) {
        openBefore.merge(address, 1, Integer::sum);
      }
    }

    private JsonObject property(String project) {
      return ReportedStateProperty.of(TicketRecord.of(new ReportedState.Listed(zones())), project);
    }

    /** Whether it is an open ticket of {@code address} (R25). */
    private static boolean counts(FakeJiraIssue issue, String address) {
      boolean filedForUs =
          issue.labels().contains("dnsbl-postal-" + address)
              && issue.properties().get(PROPERTY) instanceof JsonObject property
              && property.getString("project", "").equals("OPS");
      return issue.isVisible()
          && !FINISHED.contains(issue.status())
          && issue.summary().startsWith("IP " + address + " blacklisted by ")
          && !issue.labels().contains("dnsbl-elsewhere-" + address)
          && (issue.key().startsWith("OPS-") || filedForUs);
    }

    void test() {
      try (jira) {
        jira.hideChangesFor(random.nextInt(4))
            .spare(random.nextInt(25))
            .fail(".*", ".*", FAULTS.get(random.nextInt(FAULTS.size())).get());
        int before = jira.issues().size();
        Consumer<FakeJira> unfit = UNFIT.get(random.nextInt(UNFIT.size()));
        unfit.accept(jira);
        tryToRun();
        if (UNFIT.indexOf(unfit) < (labels ? 2 : 1)) {
          assertThat(jira.issues().size() - before)
              .as("tickets that the next run may not find: one of each type, one lost")
              .isLessThanOrEqualTo(3);
        }
        jira.hidesNewIssues(false).dropsLabels(false).noMoreFaults().indexAll();
        run();
        jira.indexAll();

        table.listed().keySet().forEach(this::hasItsTicket);
        jira.issues().forEach(OneWorld::isReportedOnce);
        int writes = jira.writes();
        assertThat(run()).as("plan of a further run").isEmpty();
        assertThat(jira.writes()).isEqualTo(writes);
      } catch (AssertionError e) {
        throw new AssertionError("the requests were:\n" + String.join("\n", reported), e);
      }
    }

    private void tryToRun() {
      try {
        run();
      } catch (TicketDeskException e) {
        reported.add(e.getMessage()); // the next run does the rest
      }
    }

    private List<?> run() {
      TestClock clock = new TestClock(NOW);
      TestSettings settings =
          TestSettings.at(jira.uri()).kind(Optional.empty()).issueTypes("10001", "10003");
      try (JiraTicketDesk desk =
          new JiraTicketDesk(
              settings.build(),
              () -> List.of("{}"),
              new NoEvents(),
              new Waits(clock::advance, clock),
              new Pace(_ -> {}, System::nanoTime),
              Runnable::run)) {
        return table.run(desk);
      } finally {
        jira.requests().stream().skip(shown).map(Object::toString).forEach(reported::add);
        table.outcomes.forEach(outcome -> reported.add(outcome.toString()));
        reported.add("-- end of run");
        shown = jira.requests().size();
      }
    }

    private void hasItsTicket(Ipv4Address address) {
      List<FakeJiraIssue> open =
          jira.issues().stream().filter(issue -> counts(issue, address.toString())).toList();
      assertThat(open)
          .as("open tickets of %s", address)
          .hasSize(Math.max(1, openBefore.getOrDefault(address.toString(), 0)));
    }

    private static void isReportedOnce(FakeJiraIssue issue) {
      assertThat(issue.comments()).as("comments of %s", issue).hasSizeLessThanOrEqualTo(1);
    }
  }
}
