package dnsblmonitor.web;

import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.history.RunEntry;
import java.util.List;
import java.util.Optional;

/**
 * What a page says about starting runs.
 *
 * @param token the CSRF token for the form
 * @param begun the number of the run that was just started
 * @param faults why it was not started
 * @param form for users who may start runs
 * @param schedule a description of the schedule
 * @param running a run of this server is under way
 */
record Start(
    String token,
    Optional<Long> begun,
    List<String> faults,
    Optional<Form> form,
    Optional<String> schedule,
    Optional<Running> running) {

  /**
   * A run that is under way.
   *
   * @param reloads whether the page reloads itself meanwhile
   */
  record Running(String run, boolean reloads) {}

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

  /**
   * The run that is under way, in words.
   *
   * @param runs of this server
   * @param begun the number of a run that was just started: it may not be among them yet
   */
  static Optional<String> underWay(List<RunEntry> runs, Optional<Long> begun) {
    return runs.stream()
        .filter(run -> run.end().isEmpty())
        .findFirst()
        .map(Words::run)
        .or(() ->
            begun
                .filter(
                    number -> runs.stream().noneMatch(run -> run.numbers().instance() == number))
                .map("run %d"::formatted));
  }

  boolean hasFaults() {
    return !faults.isEmpty();
  }

  boolean isReloading() {
    return running.filter(Running::reloads).isPresent();
  }
}
