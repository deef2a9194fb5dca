package dnsblmonitor.web;

import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.web.Words.Moment;
import java.util.List;
import java.util.Optional;

/**
 * What a page says about starting runs.
 *
 * @param token the CSRF token for the form
 * @param started whether the user has just started a run
 * @param faults why it was not started
 * @param form for users who may start runs
 * @param schedule a description of the schedule
 * @param running a run of this server is under way
 */
record Start(
    String token,
    boolean started,
    List<String> faults,
    Optional<Form> form,
    Optional<String> schedule,
    Optional<Running> running) {

  /**
   * A run that is under way.
   *
   * @param since empty if it has just been started
   * @param reloads whether the page reloads itself meanwhile
   */
  record Running(Optional<Moment> since, boolean reloads) {

    /**
     * Empty if no run is under way.
     *
     * @param runs of this server
     * @param started the batch API's number of a run that was just started: it may not be among
     *     them yet
     */
    static Optional<Running> of(List<RunEntry> runs, Optional<Long> started, boolean reloads) {
      return runs.stream()
          .filter(run -> run.end().isEmpty())
          .findFirst()
          .map(run -> new Running(Optional.of(Moment.of(run.startedAt())), reloads))
          .or(() ->
              started
                  .filter(
                      number -> runs.stream().noneMatch(run -> run.numbers().instance() == number))
                  .map(_ -> new Running(Optional.empty(), reloads)));
    }
  }

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
