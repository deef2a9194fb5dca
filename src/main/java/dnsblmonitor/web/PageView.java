package dnsblmonitor.web;

import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.RunResult;
import java.util.List;
import java.util.Optional;

/**
 * The content of the page.
 *
 * @param token the CSRF token for its forms
 * @param begun the number of the run that was just started
 * @param faults why it was not started
 * @param form for users who may start runs
 * @param schedule a description of the schedule
 * @param failed a later run than the one shown that did not succeed
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

  /** The form to start a run; {@code mayWrite} unless DRY_RUN is true. */
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

  /** A zone that can be selected. */
  record Choice(String name, boolean chosen) {}

  boolean hasFaults() {
    return !faults.isEmpty();
  }

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
            .map(result -> result.totals().listedNow() + " listed - ")
            .orElse("")
        + "Postal DNSBL Monitor";
  }
}
