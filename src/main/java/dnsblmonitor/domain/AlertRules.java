package dnsblmonitor.domain;

import dnsblmonitor.domain.TicketAction.CommentOnAlert;
import dnsblmonitor.domain.TicketAction.RaiseAlert;
import dnsblmonitor.domain.TicketText.Cell;
import dnsblmonitor.domain.TicketText.Paragraph;
import dnsblmonitor.domain.TicketText.Table;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides on the malfunction alert (R28): one ticket per UTC day, at most one comment per hour, and
 * one comment when the zones have recovered. Also decides on the ticket of a mass listing (R14a).
 */
public record AlertRules(TicketLabels labels) {

  private static final Duration BETWEEN_COMMENTS = Duration.ofHours(1);

  /**
   * The action on the alert. Partial runs, and runs without any lookup, leave the alert as it is
   * (R28, R29a).
   *
   * @param thresholdPercent of failed zones above which the alert is raised, 1-100
   */
  public List<TicketAction> plan(
      RunScope scope,
      List<ZoneHealth> zones,
      int thresholdPercent,
      Collection<FoundIssue> found,
      RunFacts run) {
    return showNothing(scope, zones)
        ? List.of()
        : plan(Malfunction.of(zones, thresholdPercent), found, run);
  }

  private static boolean showNothing(RunScope scope, List<ZoneHealth> zones) {
    return scope.isPart() || zones.stream().allMatch(zone -> zone.lookups() == 0);
  }

  /** The malfunction in a run, if any; never in a partial run (R28). */
  public static Optional<Malfunction> malfunction(
      RunScope scope, List<ZoneHealth> zones, int thresholdPercent) {
    return showNothing(scope, zones) ? Optional.empty() : Malfunction.of(zones, thresholdPercent);
  }

  /** The plan for this run's {@code malfunction} and the open issues. Free of side effects. */
  public List<TicketAction> plan(
      Optional<Malfunction> malfunction, Collection<FoundIssue> found, RunFacts run) {
    return malfunction
        .map(what -> planFailing(what, found, run))
        .orElseGet(() -> planRecovered(found));
  }

  private List<TicketAction> planFailing(
      Malfunction malfunction, Collection<FoundIssue> found, RunFacts run) {
    LocalDate today = run.utcDay();
    Optional<FoundIssue> open =
        found.stream()
            .filter(issue -> labels.alertDateOf(issue.labels()).filter(today::equals).isPresent())
            .findFirst();
    if (open.isEmpty()) {
      return List.of(
          new RaiseAlert(
              malfunction.shownNames(),
              "DNS Infrastructure Failure Detected - %d%% zones unreachable"
                  .formatted(malfunction.percent()),
              description(malfunction, run),
              Set.of(TicketLabels.COMMON, TicketLabels.MAJOR_MALFUNCTION, labels.ofAlert(today)),
              Optional.of(new ReportedAlert(true, run.now(), false))));
    }
    FoundIssue issue = open.get();
    ReportedAlert was = reported(issue);
    // after a recovery, a failure that only the description reported does not delay a comment
    boolean tooSoon =
        (was.failing() || was.byComment())
            && was.failureReportedAt().plus(BETWEEN_COMMENTS).isAfter(run.now());
    return tooSoon
        ? List.of()
        : List.of(
            new CommentOnAlert(
                issue.key(),
                malfunction.shownNames(),
                TicketText.of(
                    new Paragraph(
                        "%s: %d%% of the zones gave no usable answer in run %s."
                            .formatted(
                                was.failing() ? "Still failing" : "Failing again",
                                malfunction.percent(),
                                run.jobRunId())),
                    zoneTable(malfunction)),
                new ReportedAlert(true, run.now(), true)));
  }

  private List<TicketAction> planRecovered(Collection<FoundIssue> found) {
    List<TicketAction> plan = new ArrayList<>();
    for (FoundIssue issue : found) {
      if (labels.alertDateOf(issue.labels()).isPresent() && reported(issue).failing()) {
        plan.add(
            new CommentOnAlert(
                issue.key(),
                List.of(),
                TicketText.of(
                    new Paragraph(
                        "The zones have recovered: the share of failed zones no longer exceeds MALFUNCTION_THRESHOLD.")),
                new ReportedAlert(
                    false, reported(issue).failureReportedAt(), reported(issue).byComment())));
      }
    }
    return plan;
  }

  /** The ticket for zones that a run held back (R14a): one per UTC day, without comments. */
  public Optional<TicketAction> planMassListing(
      List<MassListing> heldBack, Collection<FoundIssue> found, RunFacts run) {
    String label = labels.ofMassListing(run.utcDay());
    if (heldBack.isEmpty() || found.stream().anyMatch(issue -> issue.labels().contains(label))) {
      return Optional.empty();
    }
    MassListing first = heldBack.getFirst();
    String more = heldBack.size() == 1 ? "" : " (+%d more)".formatted(heldBack.size() - 1);
    return Optional.of(
        new RaiseAlert(
            heldBack.stream().map(MassListing::zone).toList(),
            "Mass listing held back - %s%s newly lists %d of %d addresses"
                .formatted(first.zone(), more, first.newlyListed(), first.rows()),
            TicketText.of(
                new Paragraph(
                    "More than MASS_LISTING_LIMIT percent of the addresses would be newly listed at once. From then on, the run throttled no more addresses because of these zones; addresses throttled earlier stay throttled. "
                        + MassListing.ADVICE
                        + "."),
                new Paragraph("Time: %s. Job run: %s.".formatted(run.now(), run.jobRunId())),
                new Table(
                    List.of("Zone", "Newly listed", "Clean addresses"),
                    heldBack.stream()
                        .map(held ->
                            List.of(
                                Cell.of(held.zone()),
                                Cell.of("" + held.newlyListed()),
                                Cell.of("" + held.rows())))
                        .toList())),
            Set.of(TicketLabels.COMMON, label),
            Optional.empty()));
  }

  private static ReportedAlert reported(FoundIssue issue) {
    return issue.alert().orElse(new ReportedAlert(true, issue.created(), false));
  }

  private static TicketText description(Malfunction malfunction, RunFacts run) {
    return TicketText.of(
        new Paragraph(
            "MAJOR MALFUNCTION: %d of %d zones (%d%%) gave no usable answer to more than half of the lookups. Until they recover, new listings cannot be detected; addresses keep their current state."
                .formatted(
                    malfunction.failed().size(), malfunction.zones(), malfunction.percent())),
        new Paragraph("Time: %s. Job run: %s.".formatted(run.now(), run.jobRunId())),
        zoneTable(malfunction));
  }

  private static Table zoneTable(Malfunction malfunction) {
    List<List<Cell>> rows = new ArrayList<>();
    for (ZoneHealth zone : malfunction.failed()) {
      List<String> reasons = new ArrayList<>();
      zone.unknown().forEach((reason, count) -> reasons.add(reason.label() + ": " + count));
      rows.add(
          List.of(
              Cell.of(zone.zone().shownName()),
              Cell.of("%d of %d".formatted(zone.unknowns(), zone.lookups())),
              Cell.of(String.join(", ", reasons))));
    }
    return new Table(List.of("Zone", "No usable answer", "Reasons"), rows);
  }
}
