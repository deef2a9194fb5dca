package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.testing.FakeDnsServer;
import dnsblmonitor.testing.FakeZone;
import dnsblmonitor.testing.QuestionLog.Asked;
import dnsblmonitor.testing.Stalls;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R12: what is lost, late or wrong on the way; one time-out bounds it all. */
@Timeout(20)
class LookupTriesTest {

  private static final Zone ZONE = LookupWorld.zone("bl.example");

  private final LookupWorld world = new LookupWorld();
  private final FakeDnsServer server = world.server();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void lostPacketIsAskedAgain() {
    server.zone("bl.example").answers("127.0.0.2").dropsFirst(2);

    assertThat(world.result(ZONE)).isInstanceOf(Listed.class);
    assertThat(server.questions()).containsEntry(new Asked("7.113.0.203.bl.example.", "A"), 3);
  }

  @Test
  void lateAnswerToTheFirstTryStillCounts() {
    world.ask(Duration.ofMillis(1500)); // a try every 0.5 s
    server.zone("bl.example").answers("127.0.0.2").delay(Duration.ofMillis(700));

    try (Stalls stalls = Stalls.watched()) {
      Answered answered = world.lookup(ZONE);

      assertThat(answered.result()).isInstanceOf(Listed.class);
      assertThat(answered.latency())
          .isBetween(Duration.ofMillis(700), stalls.added(Duration.ofMillis(1190)));
    }
  }

  @Test
  void wrongIdGarbageAndOtherQuestionsAreSurvived() {
    server.lists("bl.example", "203.0.113.7", "127.0.0.2", "reason");
    server.zone("bl.example").wrongIdFirst(2).garbageFirst(1).otherQuestionFirst(2);

    assertThat(world.result(ZONE))
        .isInstanceOfSatisfying(
            Listed.class, listed -> assertThat(listed.reason()).contains("reason"));
  }

  @Test
  void unreachableResolverIsANetworkErrorThatNamesTheCause() {
    world.ask(Duration.ofMillis(600), LookupWorld.closedPort());

    try (Stalls stalls = Stalls.watched()) {
      Answered answered = world.lookup(ZONE);

      assertThat(answered.result())
          .isEqualTo(new Unknown(UnknownReason.NETWORK_ERROR, "resolver's port is unreachable"));
      assertThat(answered.latency()).isLessThan(stalls.added(Duration.ofMillis(1100)));
    }
  }

  @Test
  void unreachableResolverDoesNotMatterWhereThereIsAnother() {
    world.ask(Duration.ofSeconds(3), LookupWorld.closedPort(), server.address());
    server.zone("bl.example");

    assertThat(Stream.generate(() -> world.result(ZONE)).limit(4))
        .allSatisfy(result -> assertThat(result).isEqualTo(new NotListed()));
  }

  @Test
  void serverFailureIsAskedOfTheNextResolverOnce() {
    try (FakeDnsServer other = FakeDnsServer.start()) {
      world.ask(Duration.ofSeconds(3), other.address(), server.address());
      other.zone("bl.example").rcode("SERVFAIL");
      server.zone("bl.example");
      List<String> broken = List.of("a.broken.example", "b.broken.example", "c.broken.example");
      broken.forEach(zone -> other.zone(zone).rcode("SERVFAIL"));
      broken.forEach(zone -> server.zone(zone).rcode("SERVFAIL"));

      assertThat(Stream.generate(() -> world.result(ZONE)).limit(4))
          .allSatisfy(result -> assertThat(result).isEqualTo(new NotListed()));
      assertThat(broken.stream().map(zone -> world.result(LookupWorld.zone(zone))))
          .containsOnly(new Unknown(UnknownReason.SERVFAIL, "rcode SERVFAIL"));
      assertThat(broken.stream().map(zone -> server.questions(zone) + other.questions(zone)))
          .as("more only where this machine was slow")
          .contains(2)
          .allMatch(questions -> questions >= 2);
    }
  }

  @Test
  void silentZoneTimesOutWhenItsTimeIsOver() {
    world.ask(Duration.ofMillis(1500)); // a try every 0.5 s
    server.zone("bl.example").silent();

    try (Stalls stalls = Stalls.watched()) {
      Answered answered = world.lookup(ZONE);

      assertThat(answered.result())
          .isEqualTo(new Unknown(UnknownReason.TIMEOUT, "no answer within 1.5 s"));
      assertThat(answered.latency())
          .isBetween(Duration.ofMillis(1500), stalls.added(Duration.ofMillis(2000)));
      assertThat(server.questions("bl.example")).isEqualTo(3);
    }
  }

  @Test
  void silenceAboutTheReasonCostsTheReasonOnly() {
    world.ask(Duration.ofMillis(1500));
    server.lists("bl.example", "203.0.113.7", "127.0.0.2", "reason").zone("bl.example").losesText();

    try (Stalls stalls = Stalls.watched()) {
      Answered answered = world.lookup(ZONE);

      assertThat(answered.result())
          .isInstanceOfSatisfying(Listed.class, listed -> assertThat(listed.reason()).isEmpty());
      assertThat(answered.latency()).isLessThan(stalls.added(Duration.ofMillis(400)));
    }
  }

  @Test
  void keyInTheZonesNameIsAskedButNeverToldBack() {
    Zone keyed = LookupWorld.zone("s3cr3ts3cr3ts3cr3ts3cr3t.bl.example");
    FakeZone behaviour = server.zone("s3cr3ts3cr3ts3cr3ts3cr3t.bl.example").answers("127.0.0.2");
    assertThat(world.result(keyed)).isInstanceOf(Listed.class);
    world.ask(Duration.ofMillis(300));

    List<LookupResult> results =
        List.of(
            world.result(keyed),
            after(() -> behaviour.behaves().wrongIdFirst(1_000), keyed),
            after(() -> behaviour.behaves().garbageFirst(1_000), keyed),
            after(() -> behaviour.behaves().otherQuestionFirst(1_000), keyed),
            after(() -> behaviour.behaves().rcode("SERVFAIL"), keyed),
            after(behaviour::silent, keyed));

    assertThat(results).asString().doesNotContain("s3cr3t");
    assertThat(server.questions())
        .containsKey(new Asked("7.113.0.203.s3cr3ts3cr3ts3cr3ts3cr3t.bl.example.", "A"));
  }

  private LookupResult after(Runnable change, Zone zone) {
    change.run();
    return world.result(zone);
  }
}
