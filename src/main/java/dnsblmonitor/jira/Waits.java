package dnsblmonitor.jira;

import dnsblmonitor.domain.TicketDeskException;
import dnsblmonitor.domain.TicketDeskException.Fault;
import dnsblmonitor.jira.Attempt.Answered;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The time that a run may spend on a failing Jira; an interrupt ends a wait (R4, R26). Thread-safe.
 */
final class Waits {

  /** A longer {@code Retry-After} ends the step. */
  static final Duration MAX_WAIT = Duration.ofSeconds(60);

  /** All waits of a run and all time-outs between them, however many requests fail at once. */
  static final Duration BUDGET = Duration.ofMinutes(2);

  /** Sleeps in production; tests note how long. */
  @FunctionalInterface
  interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }

  private final Pause pause;
  private final Clock clock;
  private final List<Lost> lost = new ArrayList<>();

  private record Lost(Instant from, Instant until) {}

  Waits(Pause pause, Clock clock) {
    this.pause = pause;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** Counts what a failed request took that began at {@code from}. */
  synchronized void lostSince(Instant from) {
    lost.add(new Lost(from, now()));
  }

  /** Time in which several requests failed is lost once. */
  private Duration lostInAll() {
    Duration all = Duration.ZERO;
    Instant until = Instant.MIN;
    for (Lost next : lost.stream().sorted(Comparator.comparing(Lost::from)).toList()) {
      Instant from = next.from().isAfter(until) ? next.from() : until;
      if (next.until().isAfter(from)) {
        all = all.plus(Duration.between(from, next.until()));
        until = next.until();
      }
    }
    return all;
  }

  /** Takes {@code wait} out of the budget; throws if it is too long. */
  synchronized void reserve(Duration wait, String cause) {
    if (wait.compareTo(MAX_WAIT) > 0) {
      throw new TicketDeskException(
          Fault.UNREACHABLE,
          "%s; Jira requires a wait of %d s, which is too long".formatted(cause, wait.toSeconds()));
    }
    Instant now = now();
    lost.add(new Lost(now, now.plus(wait)));
    if (lostInAll().compareTo(BUDGET) > 0) {
      throw new TicketDeskException(
          Fault.UNREACHABLE,
          "%s; this run has used up its time for waiting for Jira (%d s)"
              .formatted(cause, BUDGET.toSeconds()));
    }
  }

  /** Waits; an interrupt ends it and the run. */
  void plain(Duration wait) {
    stopIfInterrupted();
    try {
      pause.pause(wait);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  /** The run is stopped; the thread stays marked so, and the next call ends at once as well. */
  static TicketDeskException interrupted() {
    Thread.currentThread().interrupt();
    return new TicketDeskException(
        Fault.UNREACHABLE, "the run was stopped during a request to Jira");
  }

  /** {@code Retry-After}: seconds or an HTTP date (RFC 9110 10.2.3); zero if there is none. */
  Duration retryAfter(Attempt attempt) {
    String value =
        attempt instanceof Answered(Reply reply)
            ? reply.header("Retry-After").orElse("").strip()
            : "";
    if (value.matches("\\d+")) {
      return Duration.ofSeconds(value.length() < 10 ? Long.parseLong(value) : Integer.MAX_VALUE);
    }
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(now(), until);
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}
