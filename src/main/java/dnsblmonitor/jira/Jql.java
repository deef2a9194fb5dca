package dnsblmonitor.jira;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** The monitor's searches in Jira's query language, JQL. */
final class Jql {

  private static final String NEWEST_FIRST = " ORDER BY created DESC";

  private static final String ALERTS =
      " OR summary ~ \"\\\"DNS Infrastructure Failure Detected\\\"\" OR summary ~ \"\\\"Mass listing held back\\\"\"";

  private Jql() {}

  /** {@code text} as a JQL string: quoted, {@code "} and {@code \} escaped. */
  static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ")
        + '"';
  }

  /**
   * All issues that may be open tickets or alerts of ours: by our label in every project, since
   * people move tickets; by the summary in the project alone. The text match is fuzzy (R25).
   */
  static String openTickets(String project, List<String> excludedStatuses, boolean labels) {
    return "(labels = \"dnsbl-monitor\" OR project = %s AND (summary ~ \"blacklisted\"%s)) AND %s%s"
        .formatted(quoted(project), labels ? "" : ALERTS, open(excludedStatuses), NEWEST_FIRST);
  }

  static String openWithLabel(List<String> excludedStatuses, String label) {
    return labelled(label) + " AND " + open(excludedStatuses) + NEWEST_FIRST;
  }

  /** The issues with exactly this label, open or not. */
  static String withLabel(String label) {
    return labelled(label) + NEWEST_FIRST;
  }

  private static String labelled(String label) {
    return "labels = " + quoted(label);
  }

  /** By the category, whose name is the same in every language, and by the names besides (R25b). */
  private static String open(List<String> excludedStatuses) {
    String names = excludedStatuses.stream().map(Jql::quoted).collect(joining(", "));
    return "statusCategory != Done" + (names.isEmpty() ? "" : " AND status NOT IN (" + names + ")");
  }
}
