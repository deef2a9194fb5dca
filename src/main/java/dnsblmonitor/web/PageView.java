package dnsblmonitor.web;

import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.RunResult;
import java.util.List;
import java.util.Optional;

/**
 * The content of the page that shows this server's own runs.
 *
 * @param historyFailure why the history cannot be read; empty if there is none
 * @param failed a later run than the one shown that did not succeed
 */
record PageView(
    Frame frame,
    Optional<String> historyFailure,
    Start start,
    Optional<RunRow> failed,
    Optional<LastRunView> last,
    AddressesView addresses,
    List<RunRow> runs) {

  boolean hasRuns() {
    return !runs.isEmpty();
  }

  /**
   * The last run that has ended, if it did not succeed. Ignores skipped runs, which did nothing,
   * and the run whose results are shown, which has its message there.
   *
   * @param runs newest first
   */
  static Optional<RunRow> failed(List<RunEntry> runs, Optional<RunResult> last) {
    return runs.stream()
        .filter(run -> run.end().filter(end -> !end.isSkipped()).isPresent())
        .findFirst()
        .filter(run -> run.end().filter(end -> end.exitCode() != 0).isPresent())
        .filter(run -> last.filter(shown -> shown.run().equals(run)).isEmpty())
        .map(RunRow::of);
  }

  /** The title, with the number of listed addresses if the last run was not partial. */
  static String title(Optional<RunResult> last) {
    return last.filter(result -> !result.scope().isPart())
        .map(result -> result.totals().listedNow() + " listed")
        .orElse("Overview");
  }
}
