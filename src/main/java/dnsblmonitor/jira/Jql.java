package dnsblmonitor.jira;

import java.util.List;
import java.util.stream.Collectors;

/** The queries of this room, in Jira's query language. */
final class Jql {

  private Jql() {}

  /** {@code text} as a JQL string: quoted, {@code "} and {@code \} escaped. */
  static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ")
        + '"';
  }

  /** All issues that may be open tickets or alerts of ours; the text match is fuzzy (R25). */
  static String openTickets(String project, List<String> excludedStatuses, boolean labels) {
    String alerts =
        labels
            ? ""
            : " OR summary ~ "
                + quoted("\"DNS Infrastructure Failure Detected\"")
                + " OR summary ~ "
                + quoted("\"Mass listing held back\"");
    return open(project, excludedStatuses)
        + " AND (labels = \"dnsbl-monitor\" OR summary ~ \"blacklisted\""
        + alerts
        + ") ORDER BY created DESC";
  }

  /** The issues with exactly this label and none of these statuses. */
  static String withLabel(String project, List<String> excludedStatuses, String label) {
    return open(project, excludedStatuses)
        + " AND labels = "
        + quoted(label)
        + " ORDER BY created DESC";
  }

  private static String open(String project, List<String> excludedStatuses) {
    String names = excludedStatuses.stream().map(Jql::quoted).collect(Collectors.joining(", "));
    return "project = "
        + quoted(project)
        + (names.isEmpty() ? "" : " AND status NOT IN (" + names + ")");
  }
}
