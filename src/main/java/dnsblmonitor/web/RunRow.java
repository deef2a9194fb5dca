package dnsblmonitor.web;

import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.web.Words.Moment;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row in the table of recent runs. */
record RunRow(
    long number,
    long execution,
    String runId,
    Moment started,
    String took,
    String outcome,
    String found,
    String remarks) {

  static RunRow of(RunEntry run) {
    return new RunRow(
        run.numbers().instance(),
        run.numbers().execution(),
        run.runId(),
        Moment.of(run.startedAt()),
        Words.took(run),
        Words.outcome(run),
        run.totals().map(totals -> found(totals, run.dryRun())).orElse(""),
        Stream.of(
                run.dryRun() ? Optional.of("dry run") : Optional.<String>empty(),
                run.remark(),
                run.end().flatMap(RunEnd::message))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; ")));
  }

  boolean hasRemarks() {
    return !remarks.isEmpty();
  }

  /** What a run found; empty if it read no row. */
  static String found(RunTotals totals, boolean dryRun) {
    return totals.rows() == 0
        ? ""
        : "%d checked, %d listed, %d %s"
            .formatted(
                totals.rows() - totals.invalid(),
                totals.listedNow(),
                totals.changedRows(),
                dryRun ? "would change" : "changed");
  }
}
