package dnsblmonitor.web;

import dnsblmonitor.history.RecordedRun;
import dnsblmonitor.history.RunEnd.Outcome;
import dnsblmonitor.web.Words.When;
import java.time.Duration;
import java.time.Instant;
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
    String by =
        switch (run.startedBy()) {
          case COMMAND -> "scheduled (command)";
          case SCHEDULE -> "scheduled (serve)";
          case USER -> "manual";
        };
    return by + (run.dryRun() ? ", dry run" : "") + (run.partial() ? ", partial" : "");
  }
}
