package dnsblmonitor.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state kept in an address's ticket, so that no change is reported twice (R23) and we add at
 * most {@link #MAX_COMMENTS} comments in 24 hours (R23a).
 *
 * @param reported the state that the ticket shows
 * @param commented the state that its last comment, or its description, reported
 * @param gathered number of changes since then without a comment
 * @param comments times of our last comments, oldest first; at most {@link #MAX_COMMENTS}
 */
public record TicketRecord(
    ReportedState reported, ReportedState commented, int gathered, List<Instant> comments) {

  public static final int MAX_COMMENTS = 4;

  private static final Duration PERIOD = Duration.ofHours(24);

  /** A time further in the future comes from a wrong clock and is ignored. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

  public TicketRecord {
    comments = comments.stream().sorted().toList();
    comments = comments.subList(Math.max(0, comments.size() - MAX_COMMENTS), comments.size());
  }

  /** For a ticket whose description or last comment reported {@code told}. */
  public static TicketRecord of(ReportedState reported) {
    return new TicketRecord(reported, reported, 0, List.of());
  }

  /** Whether a comment may be written now. */
  public boolean takesComment(Instant now) {
    return comments.stream().filter(at -> isRecent(at, now)).count() < MAX_COMMENTS;
  }

  /** The time until which no comment may be written; empty if one may be written now. */
  public Optional<Instant> gathersUntil(Instant now) {
    return takesComment(now)
        ? Optional.empty()
        : Optional.of(comments.getFirst().plus(PERIOD)); // all of them are recent
  }

  private static boolean isRecent(Instant at, Instant now) {
    return at.isAfter(now.minus(PERIOD)) && at.isBefore(now.plus(CLOCK_SKEW));
  }

  /** After a comment that reports {@code state}. */
  public TicketRecord commented(ReportedState state, Instant now) {
    List<Instant> recent = new ArrayList<>();
    comments.stream().filter(at -> isRecent(at, now)).forEach(recent::add);
    recent.add(now.truncatedTo(ChronoUnit.SECONDS));
    return new TicketRecord(state, state, 0, recent);
  }

  /** After a change to {@code state} without a comment. */
  public TicketRecord gathered(ReportedState state) {
    return new TicketRecord(state, commented, gathered + 1, comments);
  }
}
