package dnsblmonitor.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An open issue as the search returned it: ours, somebody's, or none of our business (R25).
 *
 * @param told what its property holds, where it holds something of ours
 * @param alert the same for an alert
 */
public record FoundIssue(
    String key,
    String summary,
    Set<String> labels,
    Instant created,
    Optional<Told> told,
    Optional<AlertTold> alert) {

  public FoundIssue {
    labels = Set.copyOf(labels);
  }
}
