package dnsblmonitor.jira;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the site says about itself when the desk is opened: the create screens of the configured
 * issue types, and which excluded statuses exist (R25b).
 */
record JiraSite(Map<String, CreateScreen> screens, List<String> excludedStatuses) {

  /** The fields that a create of an issue type may set. */
  record CreateScreen(String typeId, Set<String> fields) {
    CreateScreen {
      fields = Set.copyOf(fields);
    }

    boolean takesLabels() {
      return fields.contains("labels");
    }
  }

  JiraSite {
    screens = Map.copyOf(screens);
    excludedStatuses = List.copyOf(excludedStatuses);
  }

  CreateScreen screen(String issueType) {
    return Objects.requireNonNull(screens.get(issueType), issueType);
  }

  /** Sorted. */
  List<String> typesWithoutLabels() {
    return screens.keySet().stream().filter(type -> !screen(type).takesLabels()).sorted().toList();
  }

  boolean takesAllLabels() {
    return typesWithoutLabels().isEmpty();
  }
}
