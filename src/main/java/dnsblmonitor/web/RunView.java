package dnsblmonitor.web;

import dnsblmonitor.history.RecordedHealth;
import dnsblmonitor.history.RecordedRun;
import dnsblmonitor.web.LastRunView.Figure;
import dnsblmonitor.web.Words.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The page of one run.
 *
 * @param message why it failed or was skipped
 * @param next the link to its other changes
 */
record RunView(
    Frame frame,
    PastRunRow run,
    When ended,
    List<Figure> figures,
    Optional<String> remark,
    Optional<String> message,
    boolean dryRun,
    boolean complete,
    List<ChangeRow> changes,
    Optional<String> next,
    List<Health> health) {

  /** The health of a list in the run. */
  record Health(
      String zone,
      String status,
      long listed,
      long notListed,
      long unknown,
      String reasons,
      String median,
      String percentile99,
      String probe) {

    static Health of(RecordedHealth zone) {
      return new Health(
          zone.zone(),
          Words.word(zone.status()),
          zone.listed(),
          zone.notListed(),
          zone.unknown(),
          zone.unknownReasons(),
          Words.millis(zone.median()),
          Words.millis(zone.percentile99()),
          zone.probe());
    }
  }

  static RunView of(
      Frame frame,
      RecordedRun run,
      List<ChangeRow> changes,
      Optional<String> next,
      List<RecordedHealth> health,
      Instant now) {
    PastRunRow row = PastRunRow.of(run, now);
    return new RunView(
        frame,
        row,
        When.of(run.end().at(), now),
        figures(run, row.took()),
        run.remark(),
        run.end().message(),
        run.dryRun(),
        run.complete(),
        changes,
        next,
        health.stream().map(Health::of).toList());
  }

  private static List<Figure> figures(RecordedRun run, String took) {
    List<Figure> figures = new ArrayList<>(Figure.of(took, run.totals()));
    figures.add(Figure.of("Tickets created", run.ticketsCreated()));
    figures.add(Figure.of("Tickets updated", run.ticketsUpdated()));
    figures.add(Figure.of("Exit code", run.end().exitCode()));
    return figures;
  }

  boolean hasChanges() {
    return !changes.isEmpty();
  }

  boolean hasHealth() {
    return !health.isEmpty();
  }
}
