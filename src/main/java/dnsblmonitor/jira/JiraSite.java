package dnsblmonitor.jira;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the site told about itself when the desk was opened.
 *
 * @param typeIds the ids of the configured issue types, by the configured name
 * @param typesWithLabels the configured issue types whose create screen has {@code labels}
 * @param excludedStatuses those of the configured ones that exist (R25b)
 */
record JiraSite(
    Map<String, String> typeIds, Set<String> typesWithLabels, List<String> excludedStatuses) {

  JiraSite {
    typeIds = Map.copyOf(typeIds);
    typesWithLabels = Set.copyOf(typesWithLabels);
    excludedStatuses = List.copyOf(excludedStatuses);
  }

  boolean takesLabels(String issueType) {
    return typesWithLabels.contains(issueType);
  }

  boolean takesAllLabels() {
    return typesWithLabels.containsAll(typeIds.keySet());
  }
}
