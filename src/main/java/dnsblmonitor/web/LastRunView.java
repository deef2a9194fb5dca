package dnsblmonitor.web;

import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.ZoneHealth;
import dnsblmonitor.history.RowChange;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunResult;
import dnsblmonitor.web.Words.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of the last full run or, if there was none yet, of the last run of any kind.
 *
 * @param outcome succeeded, failed or stopped
 * @param moreChanges the number of changes that are not shown
 * @param suggested {@code DNSBL_ZONES} without the broken ones (R33)
 */
record LastRunView(
    Moment started,
    String outcome,
    List<Figure> figures,
    List<String> remarks,
    Optional<String> message,
    List<Change> changes,
    Optional<Long> moreChanges,
    List<Health> health,
    Optional<String> suggested) {

  /** A labelled number. */
  record Figure(String label, String value) {

    static Figure of(String label, long value) {
      return new Figure(label, String.valueOf(value));
    }

    /** The figures of a run; of what is rare, only those that are not zero. */
    static List<Figure> of(String took, RunTotals totals) {
      List<Figure> figures =
          new ArrayList<>(
              List.of(
                  new Figure("Duration", took),
                  of("Addresses", totals.rows()),
                  of("Listed now", totals.listedNow()),
                  of("Newly listed", totals.newlyListed()),
                  of("Blocklists changed", totals.changed()),
                  of("Restored", totals.restored()),
                  of("Lookups", totals.lookups()),
                  of("Unknown", totals.unknownLookups())));
      Stream.of(
              of("Rows left for the next run", totals.conflicts()),
              of("Rows without a valid address", totals.invalid()),
              of("Rows set by hand", totals.drifted()))
          .filter(figure -> !figure.value().equals("0"))
          .forEach(figures::add);
      return figures;
    }
  }

  /** A row that was changed, or in a dry run would have been. */
  record Change(String address, String what, String priority, Optional<TicketLink> ticket) {}

  /** A zone's health (R33). */
  record Health(
      String zone,
      Optional<String> note,
      String status,
      long listed,
      long notListed,
      long unknown,
      String reasons,
      String median,
      String percentile99,
      String probe) {}

  static LastRunView of(RunResult result) {
    return new LastRunView(
        Moment.of(result.run().startedAt()),
        Words.outcome(result.run()),
        Figure.of(Words.took(result.run()), result.totals()),
        remarks(result),
        result.run().end().flatMap(RunEnd::message),
        result.changed().stream().map(change -> change(change, result)).toList(),
        unshown(result),
        result.health().stream().map(LastRunView::health).toList(),
        ZoneHealth.suggestedZones(result.health(), result.scope().configured()));
  }

  boolean hasChanges() {
    return !changes.isEmpty();
  }

  private static List<String> remarks(RunResult result) {
    List<String> remarks = new ArrayList<>();
    String run = Words.run(result.run());
    remarks.add(
        result.full()
            ? "From %s: all addresses and lists.".formatted(run)
            : "From %s. The first full run (all addresses and lists, not a dry run) replaces this."
                .formatted(run));
    result
        .updatedBy()
        .ifPresent(later ->
            remarks.add(
                "Some of the addresses below have been checked again since, most recently by %s%s."
                    .formatted(
                        Words.run(later), later.remark().map(" (%s)"::formatted).orElse(""))));
    if (result.run().dryRun()) {
      remarks.add("Dry run: these changes were not written, neither to the table nor to Jira.");
    }
    result.run().remark().ifPresent(remarks::add);
    return remarks;
  }

  private static Optional<Long> unshown(RunResult result) {
    RunTotals totals = result.totals();
    long all = totals.changedRows();
    return Optional.of(all - result.changed().size()).filter(more -> more > 0);
  }

  private static Change change(RowChange change, RunResult result) {
    return new Change(
        change.address().toString(),
        change.event(),
        ChangeRow.priority(change.before().priority(), change.after().priority()),
        result.ticketOf(change.address()).map(TicketLink::of));
  }

  private static Health health(ZoneHealth zone) {
    return new Health(
        zone.zone().shownName(),
        Words.role(zone.zone()),
        Words.word(zone.status()),
        zone.listed(),
        zone.notListed(),
        zone.unknowns(),
        zone.unknownReasons(),
        Words.millis(zone.median()),
        Words.millis(zone.percentile99()),
        zone.probe().label());
  }
}
