package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.TicketAction.CommentOnTicket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R23a: a ticket takes at most four comments of ours in 24 hours, and no state is lost. */
class CommentLimitTest {

  private static final TicketRules RULES = new TicketRules(new TicketLabels("mx"), Exceptions.NONE);
  private static final Ipv4Address IP = Ipv4Address.of("203.0.113.4");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final ReportedState CLEAN = new ReportedState.Clean();

  private Instant now = NOON;
  private OpenTicket ticket =
      ticket(TicketRecord.of(ReportedState.Listed.by(List.of("a.example"))));
  private final List<String> comments = new ArrayList<>();
  private final List<Instant> commentTimes = new ArrayList<>();

  private static OpenTicket ticket(TicketRecord kept) {
    return new OpenTicket(
        "OPS-1",
        IP,
        true,
        "IP 203.0.113.4 blacklisted by a.example",
        Optional.of(kept),
        Worlds.NOW);
  }

  /** A run in which these zones list the address, none for clean; what it does to the ticket. */
  private Optional<CommentOnTicket> run(String... zones) {
    SortedMap<Ipv4Address, ListedAddress> listed = new TreeMap<>();
    SortedMap<Ipv4Address, Optional<IpCheck>> clean = new TreeMap<>();
    if (zones.length == 0) {
      clean.put(IP, Optional.empty());
    } else {
      listed.put(IP, Worlds.listed("203.0.113.4", zones));
    }
    SortedMap<Ipv4Address, List<OpenTicket>> open = new TreeMap<>();
    open.put(IP, List.of(ticket));
    Optional<CommentOnTicket> comment =
        RULES.planAll(listed, clean, open, new RunFacts("run-7", now)).stream()
            .map(CommentOnTicket.class::cast)
            .findFirst();
    comment.ifPresent(it -> {
      it.comment()
          .ifPresent(text -> {
            comments.add(text.plain());
            commentTimes.add(now);
          });
      ticket =
          new OpenTicket(
              ticket.key(),
              IP,
              true,
              it.newSummary().orElse(ticket.summary()),
              Optional.of(it.kept()),
              ticket.created());
    });
    return comment;
  }

  private void after(Duration time) {
    now = now.plus(time);
  }

  /** A list that lists and delists by turns: each quarter of an hour the other way. */
  private void flap(int runs) {
    for (int n = 0; n < runs; n++) {
      after(Duration.ofMinutes(15));
      if (n % 2 == 0) {
        run();
      } else {
        run("a.example");
      }
    }
  }

  @Test
  void tenChangesInTwoHoursAreFourComments() {
    flap(10);

    assertThat(comments).hasSize(4);
    assertThat(comments.get(2)).doesNotContain("collected");
    assertThat(comments.get(3))
        .startsWith("Zone membership changed: now listed on a.example")
        .contains(
            "This is the last of 4 comments in 24 hours.", "changes until 2026-03-02T12:15:00Z");
  }

  @Test
  void aChangeWithoutACommentUpdatesSummaryAndRecord() {
    flap(4);
    after(Duration.ofMinutes(15));

    CommentOnTicket comment = run("a.example", "b.example").orElseThrow();

    assertThat(comment.comment()).isEmpty();
    assertThat(comment.newSummary()).contains("IP 203.0.113.4 blacklisted by a.example,b.example");
    assertThat(comment.kept().reported())
        .isEqualTo(ReportedState.Listed.by(List.of("a.example", "b.example")));
    assertThat(comment.kept().commented()).isEqualTo(ReportedState.Listed.by(List.of("a.example")));
    assertThat(comment.kept().gathered()).isOne();
  }

  @Test
  void theFirstRunThatMayCommentAgainReportsTheStateAndHowManyChangesWereGathered() {
    flap(4);
    after(Duration.ofMinutes(15));
    run("b.example");
    after(Duration.ofMinutes(15));
    run("b.example", "c.example");
    after(Duration.ofHours(24).minusMinutes(76));
    assertThat(run("b.example", "c.example"))
        .as("the oldest comment is a minute too young")
        .isEmpty();
    after(Duration.ofMinutes(1));

    CommentOnTicket comment = run("b.example", "c.example").orElseThrow();

    assertThat(comment.comment().orElseThrow().plain().lines())
        .containsExactly(
            "Zone membership changed: now listed on b.example,c.example",
            "Added: b.example,c.example",
            "Removed: a.example",
            "Changes since the last comment, collected without a comment: 2",
            "This is the last of 4 comments in 24 hours. Further changes until"
                + " 2026-03-02T12:30:00Z are collected and then reported in one comment.");
    assertThat(comment.kept().gathered()).isZero();
    assertThat(run("b.example", "c.example")).isEmpty();
  }

  @Test
  void aStateThatIsAgainWhatTheLastCommentSaidNeedsNoComment() {
    flap(4);
    after(Duration.ofMinutes(15));
    run();
    after(Duration.ofMinutes(15));
    assertThat(run("a.example").orElseThrow().comment()).isEmpty();
    after(Duration.ofDays(2));

    assertThat(run("a.example")).isEmpty();
  }

  @Test
  void aTicketThatWasNotToldOfTheEndIsToldLater() {
    flap(4);
    after(Duration.ofMinutes(15));
    assertThat(run().orElseThrow().comment()).isEmpty();
    after(Duration.ofDays(1));

    assertThat(run().orElseThrow().comment().orElseThrow().plain())
        .startsWith("IP is now clean (no longer listed)")
        .contains("without a comment: 1");
  }

  /** An issue that is full, or an account that may not comment: no comment is lost for good. */
  @Test
  void aCommentThatJiraRefusesIsPlannedAgain() {
    after(Duration.ofMinutes(15));
    CommentOnTicket refused = run().orElseThrow();
    CommentOnTicket written = refused.withoutComment().orElseThrow();
    ticket = ticket(written.kept());
    after(Duration.ofMinutes(15));

    CommentOnTicket again = run().orElseThrow();

    assertThat(written.comment()).isEmpty();
    assertThat(written.kept().comments()).as("none was written").isEmpty();
    assertThat(again.comment()).isPresent();
    assertThat(again.withoutComment()).as("the ticket shows the state already").isEmpty();
  }

  /** A node's clock was wrong once. */
  @Test
  void commentsOfAFutureTimeDoNotSilenceATicket() {
    ReportedState listed = ReportedState.Listed.by(List.of("a.example"));
    TicketRecord ahead = TicketRecord.of(listed);
    for (int n = 0; n < 4; n++) {
      ahead = ahead.commented(listed, NOON.plus(Duration.ofDays(30)));
    }
    ticket = ticket(new TicketRecord(listed, listed, 0, List.of(Instant.MAX, Instant.MIN)));

    assertThat(ahead.takesComment(NOON)).isTrue();
    assertThat(ahead.takesComment(NOON.plus(Duration.ofDays(30)))).isFalse();
    assertThat(run().orElseThrow().kept().comments()).containsExactly(NOON);
  }

  /** Comments that are over are dropped by a comment, not by a write of their own. */
  @Test
  void timesThatAreOverCauseNoWrite() {
    flap(4);
    after(Duration.ofDays(30));

    assertThat(run("a.example")).isEmpty();
    run();
    assertThat(ticket.kept().orElseThrow().comments()).hasSize(1);
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, 200).boxed();
  }

  /** Any states at any times: the limit holds, and in the end people read of the last state. */
  @ParameterizedTest
  @MethodSource("seeds")
  void noSequenceOfStatesBreaksTheLimitOrLosesTheLastOne(long seed) {
    Random random = new Random(seed);
    String[][] states = {{}, {"a.example"}, {"b.example"}, {"a.example", "b.example"}};
    String[] state = states[1];
    for (int n = 0; n < 300; n++) {
      after(Duration.ofMinutes(random.nextInt(4) == 0 ? random.nextInt(900) : 15));
      state = states[random.nextInt(states.length)];
      run(state);
      ReportedState shown = state.length == 0 ? CLEAN : ReportedState.Listed.by(List.of(state));
      assertThat(ticket.kept().orElseThrow().reported()).isEqualTo(shown);
      assertThat(run(state)).as("a second run in the same state").isEmpty();
    }
    after(Duration.ofHours(24));
    run(state);

    TicketRecord kept = ticket.kept().orElseThrow();
    assertThat(kept.commented()).isEqualTo(kept.reported());
    for (Instant from : commentTimes) {
      assertThat(commentTimes)
          .filteredOn(at -> !at.isBefore(from) && at.isBefore(from.plus(Duration.ofHours(24))))
          .as("comments in 24 hours from %s", from)
          .hasSizeLessThanOrEqualTo(4);
    }
  }
}
