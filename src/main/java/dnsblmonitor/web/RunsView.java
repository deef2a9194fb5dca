package dnsblmonitor.web;

import java.util.List;
import java.util.Optional;

/**
 * The page of all runs.
 *
 * @param next the link to earlier runs
 */
record RunsView(
    Frame frame,
    List<RowsView.Choice> outcomes,
    List<RowsView.Choice> kinds,
    List<PastRunRow> runs,
    Optional<String> next) {

  boolean hasRuns() {
    return !runs.isEmpty();
  }
}
