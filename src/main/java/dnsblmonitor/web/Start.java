package dnsblmonitor.web;

import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.Zone;
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

  boolean hasFaults() {
    return !faults.isEmpty();
  }

  boolean isReloading() {
    return running.filter(Running::reloads).isPresent();
  }
}
