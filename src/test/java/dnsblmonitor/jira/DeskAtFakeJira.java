package dnsblmonitor.jira;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.ReportedAlert;
import dnsblmonitor.domain.ReportedState;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketAction.CommentOnTicket;
import dnsblmonitor.domain.TicketAction.Create;
import dnsblmonitor.domain.TicketAction.RaiseAlert;
import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.domain.TicketOutcome;
import dnsblmonitor.domain.TicketRecord;
import dnsblmonitor.domain.TicketText;
import dnsblmonitor.domain.TicketText.Paragraph;
import dnsblmonitor.testing.FakeJira;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A desk at a stand-in of Jira, whose waits pass in no time and are noted. */
final class DeskAtFakeJira implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  static final Ipv4Address ADDRESS = Ipv4Address.of("203.0.113.4");
  static final String SUMMARY = "IP 203.0.113.4 blacklisted by bl.example.org";
  static final String LABEL = "dnsbl-postal-203.0.113.4";
  static final String PROPERTY = "dnsbl-monitor.postal";
  static final String ALERT = "DNS Infrastructure Failure Detected - 60% zones unreachable";

  final FakeJira jira;
  final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  final List<String> retries = Collections.synchronizedList(new ArrayList<>());
  final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  final TestClock clock = new TestClock(NOW);
  List<String> runLog = List.of("{\"event\":\"first\"}", "{\"event\":\"last\"}");

  private final List<JiraTicketDesk> desks = new ArrayList<>();
  private final JiraEvents events =
      new JiraEvents() {
        @Override
        public void retrying(int attempt, Duration wait, String cause) {
          retries.add("%d after %d s: %s".formatted(attempt, wait.toSeconds(), cause));
        }

        @Override
        public void warning(String message) {
          warnings.add(message);
        }
      };

  private final TestSettings settings;

  /** At a Jira Cloud. */
  DeskAtFakeJira() {
    jira = FakeJira.start(FakeJira.USER, FakeJira.TOKEN, Clock.fixed(NOW, ZoneOffset.UTC));
    settings = TestSettings.at(jira.uri());
  }

  /** At a Data Center that takes the token alone. */
  DeskAtFakeJira(FakeJira dataCenter) {
    jira = dataCenter;
    settings =
        TestSettings.at(jira.uri()).kind(Optional.of(JiraKind.DATA_CENTER)).user(Optional.empty());
  }

  /** The settings that fit the stand-in. */
  JiraSettings settings() {
    return settings.build();
  }

  JiraTicketDesk desk(JiraSettings settings, Executor executor, Waits.Pause pause) {
    Waits noted = new Waits(pause, clock);
    Pace free = new Pace(_ -> {}, System::nanoTime);
    JiraTicketDesk desk = new JiraTicketDesk(settings, () -> runLog, events, noted, free, executor);
    desks.add(desk);
    return desk;
  }

  JiraTicketDesk desk(JiraSettings settings) {
    return desk(settings, Runnable::run, this::pass);
  }

  /** Lets {@code wait} pass in no time, and notes it. */
  void pass(Duration wait) {
    waits.add(wait);
    clock.advance(wait);
  }

  JiraTicketDesk opened() {
    JiraTicketDesk desk = desk(settings());
    desk.open();
    return desk;
  }

  /** The waits so far, in seconds. */
  List<Long> waitedSeconds() {
    return waits.stream().map(Duration::toSeconds).toList();
  }

  static Create newTicket() {
    return newTicket("203.0.113.4", SUMMARY);
  }

  static Create newTicket(String address) {
    return newTicket(address, "IP %s blacklisted by bl.example.org".formatted(address));
  }

  static Create newTicket(String address, String summary) {
    return new Create(
        Ipv4Address.of(address),
        summary,
        TicketText.of(new Paragraph(address + " is listed.")),
        Set.of(TicketLabels.COMMON, "dnsbl-postal-" + address),
        TicketRecord.of(listedBy("bl.example.org")));
  }

  static CommentOnTicket comment(String key, ReportedState reported) {
    return new CommentOnTicket(
        ADDRESS,
        key,
        Optional.of(TicketText.of(new Paragraph("Something changed."))),
        Optional.empty(),
        TicketRecord.of(reported).commented(reported, NOW),
        Optional.of(TicketRecord.of(reported).gathered(reported)));
  }

  static RaiseAlert alert() {
    return new RaiseAlert(
        List.of("zen.example"),
        ALERT,
        TicketText.of(new Paragraph("MAJOR MALFUNCTION")),
        Set.of(
            TicketLabels.COMMON, TicketLabels.MAJOR_MALFUNCTION, "dnsbl-postal-alert-2026-11-23"),
        Optional.of(new ReportedAlert(true, NOW, false)));
  }

  static ReportedState listedBy(String... zones) {
    return ReportedState.Listed.by(List.of(zones));
  }

  /** The property of a ticket that a comment reported so at {@link #NOW}. */
  static JsonObject commented(ReportedState reported) {
    return ReportedStateProperty.of(
        TicketRecord.of(reported).commented(reported, NOW), FakeJira.PROJECT);
  }

  /** The property of a ticket that was reported so by the first release. */
  static JsonObject reported(String... zones) {
    return Json.createObjectBuilder().add("told", Json.createArrayBuilder(List.of(zones))).build();
  }

  /** The key of the issue that {@code desk} wrote; throws what the action failed with. */
  static String carryOut(JiraTicketDesk desk, TicketAction action) {
    List<TicketOutcome> outcomes = new ArrayList<>();
    desk.carryOut(List.of(action), outcomes::add);
    return switch (outcomes.getFirst()) {
      case TicketOutcome.Done(_, var key) -> key.orElseThrow();
      case TicketOutcome.Failed(_, var failure) -> throw failure;
    };
  }

  /** With what {@code call} fails. */
  static TicketDeskException failureOf(ThrowingCallable call) {
    return Assertions.catchThrowableOfType(TicketDeskException.class, call);
  }

  @Override
  public void close() {
    desks.forEach(JiraTicketDesk::close);
    jira.close();
  }
}
