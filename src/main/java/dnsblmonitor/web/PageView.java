package dnsblmonitor.web;

import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.RunResult;
import java.util.List;
import java.util.Optional;

/**
 * All that the page shows.
 *
 * @param token for its forms
 * @param begun the number of the run that was just asked for
 * @param faults why none was
 * @param form for those who may start runs
 * @param schedule when the server itself starts runs, in words
 * @param failed a run after the one that is shown that did not end well
 */
record PageView(
    String title,
    String user,
    String token,
    Optional<Long> begun,
    List<String> faults,
    Optional<Form> form,
    Optional<String> schedule,
    Optional<RunRow> failed,
    Optional<LastRunView> last,
    AddressesView addresses,
    List<RunRow> runs) {

  /** How a run is started; {@code mayWrite} where DRY_RUN is not true for all. */
  record Form(String ips, List<Choice> zones, boolean mayWrite) {

    static Form of(Settings settings, StartForm filled) {
      return new Form(
          filled.ips(),
          settings.zones().stream()
              .map(Zone::shownName)
              .map(name -> new Choice(name, filled.zones().contains(name)))
              .toList(),
          !settings.dryRun());
    }
  }

  /** A zone that can be chosen. */
  record Choice(String name, boolean chosen) {}

  boolean hasFaults() {
    return !faults.isEmpty();
  }

  boolean hasRuns() {
    return !runs.isEmpty();
  }

  /**
   * The last run that has ended, if it did not end well. A skipped run has done nothing, so it is
   * passed over; what the results are from has its message there.
   *
   * @param runs the newest first
   */
  static Optional<RunRow> failed(List<RunEntry> runs, Optional<RunResult> last) {
    return runs.stream()
        .filter(run -> run.end().filter(end -> !end.isSkipped()).isPresent())
        .findFirst()
        .filter(run -> run.end().filter(end -> end.exitCode() != 0).isPresent())
        .filter(run -> last.filter(shown -> shown.run().equals(run)).isEmpty())
        .map(RunRow::of);
  }

  /** What a tab is named by: how many are listed, where the last run looked at all. */
  static String title(Optional<RunResult> last) {
    return last.filter(result -> !result.scope().isPart())
            .map(result -> result.totals().listedNow() + " listed - ")
            .orElse("")
        + "Postal DNSBL Monitor";
  }
}
