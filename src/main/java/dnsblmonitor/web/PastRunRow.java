package dnsblmonitor.web;

import dnsblmonitor.history.RecordedRun;
import dnsblmonitor.history.RunEnd.Outcome;
import dnsblmonitor.history.RunRecord.StartedBy;
import dnsblmonitor.web.Words.When;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run of the history on a page.
 *
 * @param kind what started it, and whether it was a dry or partial run
 * @param outcome one word, which is also the name of a CSS class
 */
record PastRunRow(
    long id,
    String runId,
    When started,
    String took,
    String kind,
    String outcome,
    String found,
    String remarks) {

  /** What started a run, and whether it was dry, for people. */
  enum Kind {
    COMMAND,
    SCHEDULE,
    MANUAL,
    DRY_RUN;

    private static Kind of(StartedBy by) {
      return switch (by) {
        case COMMAND -> COMMAND;
        case SCHEDULE -> SCHEDULE;
        case USER -> MANUAL;
      };
    }

    /** Empty if anything may have started it. */
    Optional<StartedBy> startedBy() {
      return Arrays.stream(StartedBy.values()).filter(by -> of(by) == this).findFirst();
    }
  }

  static PastRunRow of(RecordedRun run, Instant now) {
    return new PastRunRow(
        run.id(),
        run.runId(),
        When.of(run.startedAt(), now),
        Words.seconds(Duration.between(run.startedAt(), run.end().at())),
        kind(run),
        Words.word(run.end().outcome()),
        RunRow.found(run.totals(), run.dryRun()),
        Stream.of(run.remark(), run.end().message())
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; ")));
  }

  /** Whether it is worth a notice. */
  static boolean hasFailed(RecordedRun run) {
    return run.end().outcome() == Outcome.FAILED || run.end().outcome() == Outcome.STOPPED;
  }

  boolean hasRemarks() {
    return !remarks.isEmpty();
  }

  static String kind(RecordedRun run) {
    return Words.word(Kind.of(run.startedBy()))
        + (run.dryRun() ? ", " + Words.word(Kind.DRY_RUN) : "")
        + (run.partial() ? ", partial" : "");
  }
}
