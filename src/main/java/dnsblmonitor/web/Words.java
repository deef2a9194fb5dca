package dnsblmonitor.web;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.batch.RunSchedule;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Formats times and outcomes for the page. */
final class Words {

  private static final DateTimeFormatter PEOPLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final long HOURS_OF_TWO_DAYS = 48;

  private Words() {}

  /** A time in machine-readable (ISO 8601) and readable form. */
  record Moment(String machine, String text) {

    static Moment of(Instant instant) {
      Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
      return new Moment(second.toString(), PEOPLE.format(second));
    }
  }

  /** A time with how long ago it was. */
  record When(String machine, String text, String ago) {

    static When of(Instant instant, Instant now) {
      Moment moment = Moment.of(instant);
      return new When(moment.machine(), moment.text(), Words.ago(Duration.between(instant, now)));
    }
  }

  /** In the largest unit: "3 hours ago". Times of a clock that is ahead are now. */
  static String ago(Duration past) {
    if (past.toMinutes() < 1) {
      return "just now";
    }
    if (past.toHours() < 1) {
      return count(past.toMinutes(), "minute") + " ago";
    }
    return past.toHours() < HOURS_OF_TWO_DAYS
        ? count(past.toHours(), "hour") + " ago"
        : count(past.toDays(), "day") + " ago";
  }

  /** How long something lasted, in its largest unit: "3 hours". */
  static String lasted(Duration time) {
    String ago = ago(time);
    return ago.equals("just now") ? "less than a minute" : ago.replaceFirst(" ago$", "");
  }

  /** A constant in words; one word is also the name of a CSS class. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The share of some in all, such as "2.5 %"; "-" of nothing. */
  static String percent(long some, long all) {
    if (all == 0) {
      return "-";
    }
    double share = 100.0 * some / all;
    if (some == all || some == 0) {
      return "%d %%".formatted(Math.round(share));
    }
    // neither all nor nothing may look like it
    return String.format(Locale.ROOT, "%.1f %%", Math.clamp(share, 0.1, 99.9));
  }

  /** In seconds with one decimal. */
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  /** The role of a list, unless it is a plain blocklist (R15). */
  static Optional<String> role(Zone zone) {
    if (zone.blocks()) {
      return Optional.empty();
    }
    return Optional.of(zone.protects() ? "allowlist" : "watch only");
  }

  /** Describes the schedule. */
  static String schedule(RunSchedule.Plan plan, Instant now) {
    String next =
        plan.untilNext().isPositive()
            ? "the next one at " + MINUTE.format(now.plus(plan.untilNext()))
            : "the next one when the current run has ended";
    return "A run starts every %s, %s.".formatted(words(plan.every()), next);
  }

  /** Up to a day, without parts that are zero: "1 hour 30 minutes". */
  private static String words(Duration period) {
    return Stream.of(
            count(period.toHours(), "hour"),
            count(period.toMinutesPart(), "minute"),
            count(period.toSecondsPart(), "second"))
        .filter(part -> !part.isEmpty())
        .collect(joining(" "));
  }

  private static String count(long number, String unit) {
    return switch ((int) number) {
      case 0 -> "";
      case 1 -> "1 " + unit;
      default -> number + " " + unit + "s";
    };
  }

  static String millis(Duration time) {
    return time.toMillis() + " ms";
  }

  /** A run's number and start time. */
  static String run(RunEntry run) {
    return "run %d at %s".formatted(run.numbers().instance(), Moment.of(run.startedAt()).text());
  }

  static String took(RunEntry run) {
    return run.end().map(end -> seconds(Duration.between(run.startedAt(), end.at()))).orElse("");
  }

  /** One word, which is also the name of a CSS class. */
  static String outcome(RunEntry run) {
    return run.end().map(Words::outcome).orElse("running");
  }

  private static String outcome(RunEnd end) {
    return word(end.outcome());
  }
}
