package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketAction.CommentOnAlert;
import dnsblmonitor.domain.TicketAction.RaiseAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R28: one alert a UTC day, a comment at most hourly, one more when the zones are back. */
class AlertRulesTest {

  private static final AlertRules RULES = new AlertRules(new TicketLabels("mx"));
  private static final Optional<Malfunction> FAILING =
      Malfunction.of(
          List.of(
              ZoneHealthTest.health("dead.example", "??"),
              ZoneHealthTest.health("secret.zen.dq.spamhaus.net", "N??"),
              ZoneHealthTest.health("bl.example", "LN")),
          50);

  @Test
  void malfunctionRaisesOneAlert() {
    assertThat(RULES.plan(FAILING, List.of(), Worlds.RUN))
        .singleElement()
        .isInstanceOfSatisfying(
            RaiseAlert.class,
            alert -> {
              assertThat(alert.summary())
                  .isEqualTo("DNS Infrastructure Failure Detected - 67% zones unreachable");
              assertThat(alert.labels())
                  .containsExactlyInAnyOrder(
                      "dnsbl-monitor", "MAJOR-MALFUNCTION", "dnsbl-mx-alert-2026-03-01");
              assertThat(alert.reported()).contains(new ReportedAlert(true, Worlds.NOW, false));
            });
  }

  /** R14a. */
  @Test
  void aMassListingIsOneTicketADay() {
    MassListing first = new MassListing("bl.example", 35, 40);
    List<MassListing> both = List.of(first, new MassListing("other.example", 30, 40));

    assertThat(RULES.planMassListing(List.of(), List.of(), Worlds.RUN)).isEmpty();
    assertThat(RULES.planMassListing(List.of(first), List.of(), Worlds.RUN).orElseThrow())
        .isInstanceOfSatisfying(
            RaiseAlert.class,
            ticket -> {
              assertThat(ticket.summary())
                  .isEqualTo("Mass listing held back - bl.example newly lists 35 of 40 addresses");
              assertThat(ticket.labels())
                  .containsExactlyInAnyOrder("dnsbl-monitor", "dnsbl-mx-mass-2026-03-01");
              assertThat(ticket.description().plain())
                  .contains("bl.example | 35 | 40", "MASS_LISTING_LIMIT", "Job run: run-7");
            });
    assertThat(RULES.planMassListing(both, List.of(), Worlds.RUN).orElseThrow())
        .isInstanceOfSatisfying(
            RaiseAlert.class,
            ticket -> {
              assertThat(ticket.summary())
                  .isEqualTo(
                      "Mass listing held back - bl.example (+1 more) newly lists 35 of 40 addresses");
              assertThat(ticket.zones()).containsExactly("bl.example", "other.example");
            });
    assertThat(RULES.planMassListing(both, List.of(massListing("2026-03-01")), Worlds.RUN))
        .isEmpty();
    assertThat(RULES.planMassListing(both, List.of(massListing("2026-02-28")), Worlds.RUN))
        .isPresent();
  }

  private static FoundIssue massListing(String day) {
    return new FoundIssue(
        "OPS-9",
        "Mass listing held back",
        Set.of("dnsbl-monitor", "dnsbl-mx-mass-" + day),
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty());
  }

  /** R28, R29a: what was left out may be well, or not; neither is known. */
  @Test
  void aRunOverAPartLeavesTheAlertAsItIs() {
    List<ZoneHealth> dead = List.of(ZoneHealthTest.health("dead.example", "??"));
    List<ZoneHealth> well = List.of(ZoneHealthTest.health("dead.example", "NN"));
    List<Zone> configured = ZoneList.parse("dead.example,bl.example");
    List<Zone> one = List.of(configured.getFirst());
    FoundIssue failing = alert("OPS-1", "2026-03-01", new ReportedAlert(true, Worlds.NOW, false));
    RunScope whole = RunScope.all(one);
    RunScope partOfZones = new RunScope(configured, one, Optional.empty());
    RunScope partOfAddresses =
        new RunScope(one, one, Optional.of(new TreeSet<>(Set.of(Ipv4Address.of("192.0.2.1")))));

    assertThat(RULES.plan(whole, dead, 50, List.of(), Worlds.RUN)).hasSize(1);
    assertThat(RULES.plan(whole, well, 50, List.of(failing), Worlds.RUN)).hasSize(1);
    assertThat(List.of(partOfZones, partOfAddresses))
        .allSatisfy(part -> {
          assertThat(RULES.plan(part, dead, 50, List.of(), Worlds.RUN)).isEmpty();
          assertThat(RULES.plan(part, dead, 50, List.of(failing), Worlds.RUN)).isEmpty();
          assertThat(RULES.plan(part, well, 50, List.of(failing), Worlds.RUN)).isEmpty();
        });
  }

  @Test
  void descriptionNamesFailedZonesReasonsTimeAndRun() {
    RaiseAlert alert = (RaiseAlert) RULES.plan(FAILING, List.of(), Worlds.RUN).getFirst();

    assertThat(alert.description().plain())
        .contains(
            "MAJOR MALFUNCTION: 2 of 3 zones (67%)",
            "Time: 2026-03-01T10:15:00Z. Job run: run-7.",
            "dead.example | 2 of 2 | Timeout: 2",
            "zen.dq.spamhaus.net | 2 of 3 | Timeout: 2")
        .doesNotContain("bl.example")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    // now, told of the failure at, told again
    "2026-03-01T10:15:00Z, 2026-03-01T09:15:00Z, true",
    "2026-03-01T10:15:00Z, 2026-03-01T09:15:01Z, false",
    "2026-03-01T10:15:00Z, 2026-03-01T10:00:00Z, false",
    "2026-03-01T23:59:59Z, 2026-03-01T00:00:00Z, true",
  })
  void openAlertOfTheDayIsToldHourly(Instant now, Instant toldAt, boolean toldAgain) {
    FoundIssue alert = alert("OPS-1", "2026-03-01", new ReportedAlert(true, toldAt, false));

    List<TicketAction> plan = RULES.plan(FAILING, List.of(alert), new RunFacts("run-8", now));

    assertThat(plan.isEmpty()).isEqualTo(!toldAgain);
    assertThat(plan)
        .allSatisfy(action -> {
          CommentOnAlert comment = (CommentOnAlert) action;
          assertThat(comment.issueKey()).isEqualTo("OPS-1");
          assertThat(comment.reported()).isEqualTo(new ReportedAlert(true, now, true));
          assertThat(comment.comment().plain()).contains("Still failing: 67%", "run-8");
        });
  }

  @Test
  void alertWithoutPropertyWasToldWhenItWasFiled() {
    FoundIssue fresh = alert("OPS-1", "2026-03-01", Optional.empty(), Duration.ofMinutes(59));
    FoundIssue older = alert("OPS-1", "2026-03-01", Optional.empty(), Duration.ofMinutes(60));

    assertThat(RULES.plan(FAILING, List.of(fresh), Worlds.RUN)).isEmpty();
    assertThat(RULES.plan(FAILING, List.of(older), Worlds.RUN)).hasSize(1);
  }

  /** What people read last must not be "back" while the zones fail. */
  @Test
  void zonesThatFailAgainAfterTheyWereBackAreToldAtOnce() {
    Instant raised = Worlds.NOW.minus(Duration.ofMinutes(30));
    FoundIssue back = alert("OPS-1", "2026-03-01", new ReportedAlert(false, raised, false));

    CommentOnAlert again =
        (CommentOnAlert) RULES.plan(FAILING, List.of(back), Worlds.RUN).getFirst();

    assertThat(again.comment().plain()).startsWith("Failing again: 67% of the zones");
    assertThat(again.reported()).isEqualTo(new ReportedAlert(true, Worlds.NOW, true));
  }

  /** R28: at most one comment an hour, however often the zones come and go. */
  @Test
  void zonesThatComeAndGoAreToldOfAFailureOnceAnHour() {
    ReportedAlert within = new ReportedAlert(false, Worlds.NOW.minus(Duration.ofMinutes(59)), true);
    ReportedAlert after = new ReportedAlert(false, Worlds.NOW.minus(Duration.ofMinutes(60)), true);

    assertThat(RULES.plan(FAILING, List.of(alert("OPS-1", "2026-03-01", within)), Worlds.RUN))
        .isEmpty();
    assertThat(RULES.plan(FAILING, List.of(alert("OPS-1", "2026-03-01", after)), Worlds.RUN))
        .hasSize(1);
  }

  @Test
  void newUtcDayGetsAnAlertOfItsOwn() {
    FoundIssue yesterday =
        alert(
            "OPS-1",
            "2026-02-28",
            new ReportedAlert(true, Instant.parse("2026-02-28T23:59:00Z"), false));
    RunFacts justAfterMidnight = new RunFacts("run-9", Instant.parse("2026-03-01T00:00:00Z"));

    assertThat(RULES.plan(FAILING, List.of(yesterday), justAfterMidnight))
        .singleElement()
        .isInstanceOf(RaiseAlert.class);
  }

  @Test
  void alertOfAnotherDeploymentIsNotOurs() {
    FoundIssue others =
        new FoundIssue(
            "OPS-1",
            "DNS Infrastructure Failure Detected - 67% zones unreachable",
            Set.of("dnsbl-monitor", "MAJOR-MALFUNCTION", "dnsbl-other-alert-2026-03-01"),
            Worlds.NOW,
            Optional.empty(),
            Optional.empty());

    assertThat(RULES.plan(FAILING, List.of(others), Worlds.RUN))
        .singleElement()
        .isInstanceOf(RaiseAlert.class);
    assertThat(RULES.plan(Optional.empty(), List.of(others), Worlds.RUN)).isEmpty();
  }

  @Test
  void zonesThatAreBackAreToldOnceToEveryOpenAlert() {
    Instant failedAt = Worlds.NOW.minus(Duration.ofMinutes(15));
    FoundIssue today = alert("OPS-2", "2026-03-01", new ReportedAlert(true, failedAt, false));
    FoundIssue yesterday = alert("OPS-1", "2026-02-28", new ReportedAlert(true, failedAt, false));

    List<TicketAction> plan = RULES.plan(Optional.empty(), List.of(today, yesterday), Worlds.RUN);

    assertThat(plan)
        .extracting(action -> ((CommentOnAlert) action).issueKey())
        .containsExactly("OPS-2", "OPS-1");
    ReportedAlert reported = ((CommentOnAlert) plan.getFirst()).reported();
    assertThat(reported).isEqualTo(new ReportedAlert(false, failedAt, false));
    assertThat(
            RULES.plan(
                Optional.empty(), List.of(alert("OPS-2", "2026-03-01", reported)), Worlds.RUN))
        .isEmpty();
  }

  @Test
  void nothingIsSaidOfTicketsThatAreNoAlerts() {
    FoundIssue ticket =
        new FoundIssue(
            "OPS-3",
            "IP 203.0.113.4 blacklisted by a.example",
            Set.of("dnsbl-monitor", "dnsbl-mx-203.0.113.4"),
            Worlds.NOW,
            Optional.empty(),
            Optional.empty());

    assertThat(RULES.plan(Optional.empty(), List.of(ticket), Worlds.RUN)).isEmpty();
  }

  private static FoundIssue alert(String key, String day, ReportedAlert reported) {
    return alert(key, day, Optional.of(reported), Duration.ZERO);
  }

  private static FoundIssue alert(
      String key, String day, Optional<ReportedAlert> reported, Duration createdAgo) {
    return new FoundIssue(
        key,
        "DNS Infrastructure Failure Detected - 67% zones unreachable",
        Set.of("dnsbl-monitor", "MAJOR-MALFUNCTION", "dnsbl-mx-alert-" + day),
        Worlds.NOW.minus(createdAgo),
        Optional.empty(),
        reported);
  }
}
